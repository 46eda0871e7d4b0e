package creditbank.http;

import creditbank.account.AchievementForm;
import creditbank.account.StudiesForms;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.DiplomaLevel;
import creditbank.api.account.DocumentKind;
import creditbank.api.account.Identity;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.account.SkillLevel;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.programme.Plan;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Names;
import creditbank.api.recognition.Value;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Reason;
import creditbank.api.value.Sector;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.DateSchema;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What the fields of forms may hold. Forms arrive as text, so that every fault can be refused in
 * the bank's words; what the text has to be is told here from where it is decided.
 */
final class FormSchemas {

    private static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";
    private static final String AMOUNT = "[0-9]{1,7}(\\.[0-9]{1,2})?";

    private final Map<String, Schema<?>> fields;

    @SuppressWarnings({"unchecked", "rawtypes"}) // swagger's own maps are raw
    private FormSchemas(Schema<?> form) {
        this.fields = (Map) Objects.requireNonNull(form.getProperties());
    }

    /** Adds it to the schemas of all forms. */
    @SuppressWarnings("rawtypes")
    static void describe(Map<String, Schema> schemas) {
        of(schemas, "AchievementForm", "recordKey", "title", "happenedOn").achievement();
        of(schemas, "CreditsForm", "amount", "unit").credits();
        of(schemas, "IdentityForm", "documentKind", "documentNumber").identity();
        of(schemas, "InstitutionForm", "id", "name", "sector", "kind").institution();
        of(schemas, "Correction", "achievement", "reason").reason();
        of(schemas, "IdentityCorrection", "identity", "reason").reason();
        of(schemas, "ReasonForm", "reason").reason();
        programmes(schemas);
        studies(schemas);
        redemptions(schemas);
        transfers(schemas);
        of(schemas, "AgreementForm", "id", "title", "parties", "rulebooks", "directions",
                "inForce").agreement();
        of(schemas, "DirectionForm", "from", "to");
        of(schemas, "DaysForm", "from").days();
        of(schemas, "Ending", "reason").ending();
        FormSchemas revocation = of(schemas, "Revocation", "reason");
        revocation.reason();
        revocation.id("issuer").description("an institution may leave itself out");
        revocation.day("effectiveOn");
    }

    @SuppressWarnings("rawtypes")
    private static FormSchemas of(Map<String, Schema> schemas, String form, String... required) {
        Schema<?> schema = Objects.requireNonNull(schemas.get(form), form);
        schema.setRequired(List.of(required));
        return new FormSchemas(schema);
    }

    private void achievement() {
        words("kind", AchievementKind.class).description(
                "for outcomes and corrections; the addresses of diplomas and certificates say it");
        id("issuer").description("an institution may leave itself out");
        id("coIssuer").description("the employer, only with the kind "
                + AchievementKind.APPRENTICESHIP);
        text("recordKey", AchievementForm.LONGEST_RECORD_KEY)
                .description("the issuer's own key of the record");
        text("title", Achievement.LONGEST_TITLE);
        text("subject", Achievement.LONGEST_WORD).description("a code")
                .pattern("[A-Za-z0-9._/:-]+");
        text("level", Achievement.LONGEST_WORD).description("of a diploma, where its number does"
                + " not say it, one of " + list(DiplomaLevel.class) + "; of a skill certificate,"
                + " required, one of " + list(SkillLevel.class) + "; else the issuer's own word");
        field("hours").pattern(AMOUNT).example("36.00");
        text("grade", Achievement.LONGEST_WORD);
        day("happenedOn");
        day("validUntil").description("the last day it holds");
        field("evidence").pattern("[0-9a-f]{64}").description("SHA-256 of a document");
        text("number", AchievementForm.LONGEST_NUMBER).description(
                "required of diplomas and skill certificates, absent with any other kind");
        attributes("attributes", Achievement.MOST_ATTRIBUTES,
                "what else rulebooks may ask for, such as contest, prize, score, months");
    }

    @SuppressWarnings("rawtypes")
    private static void studies(Map<String, Schema> schemas) {
        FormSchemas version = of(schemas, "VersionForm", "id", "version");
        version.field("id").pattern(NAME).maxLength(Names.LONGEST)
                .description("of a programme or a rulebook");
        version.field("version").minimum(BigDecimal.ONE);
        of(schemas, "EnrolmentForm", "programme").enrolment();
        of(schemas, "MoveForm", "programme", "reason").ofSchool("school").reason();
        FormSchemas withdrawal = of(schemas, "WithdrawalForm", "reason").ofSchool("school");
        withdrawal.reason();
        withdrawal.day("on").description(
                "the first day on which they are not enrolled; today if left out");
        FormSchemas graduation = of(schemas, "GraduationForm").ofSchool("school");
        graduation.day("on").description("today if left out");
        graduation.said();
        FormSchemas recognition = of(schemas, "RecognitionForm", "enrolment", "rulebook");
        recognition.ofSchool("school").application();
        recognition.numbered("enrolment", "e");
        of(schemas, "AskingForm", "rulebook").asking();
        FormSchemas endorsement = of(schemas, "EndorsementForm");
        endorsement.day("on").description("the business day; today if left out");
        FormSchemas notPassed = of(schemas, "NotPassedForm", "reason");
        notPassed.reason();
        notPassed.day("on").description("the business day; today if left out");
        FormSchemas whatIf = of(schemas, "WhatIfForm", "rulebook");
        whatIf.application();
        whatIf.numbered("enrolment", "e").description("left out where another programme is tried");
        whatIf.day("on").description("may be a day to come; today if left out");
        FormSchemas wish = of(schemas, "WishForm", "evidence", "targets");
        wish.numbered("evidence", "").description("an achievement of the learner");
        wish.field("targets").minItems(1).maxItems(StudiesForms.MOST_ASKED).description(
                "programme, group/ID or course/CODE; all of them or none");
        FormSchemas withdrawn = of(schemas, "WithdrawnForm", "achievement", "reason");
        withdrawn.ofSchool("school").reason();
        withdrawn.numbered("achievement", "")
                .description("the piece of evidence, all of whose lines go");
    }

    @SuppressWarnings("rawtypes")
    private static void transfers(Map<String, Schema> schemas) {
        FormSchemas transfer = of(schemas, "TransferForm", "to", "rulebook");
        transfer.ofSchool("from").application();
        transfer.id("to").description("the school the credits go to");
        transfer.field("programme").description(
                "one of that school, on whose courses and groups the credits are mapped");
        transfer.day("answerBy").description("the last day for an answer; a usual one if left out");
        of(schemas, "AnswerForm").ofSchool("school");
        of(schemas, "DeclinedForm", "reason").ofSchool("school").reason();
    }

    @SuppressWarnings("rawtypes")
    private static void redemptions(Map<String, Schema> schemas) {
        FormSchemas redemption = of(schemas, "RedemptionForm", "purpose", "credits");
        redemption.ofSchool("by").day("on").description("today if left out");
        redemption.field("from").maxItems(StudiesForms.MOST_ASKED).description(
                "the achievements whose credits are used, in this order; those that expire first"
                        + " if left out");
        redemption.field("purpose").description("one of these and no other");
        FormSchemas purpose = of(schemas, "PurposeForm");
        purpose.text("certificate", RedemptionPurpose.LONGEST_TITLE).description("its title");
        purpose.field("entitlement").pattern(NAME).maxLength(Names.LONGEST)
                .description("a door, by a rulebook's name for it");
        FormSchemas reversal = of(schemas, "ReversalForm", "reason").ofSchool("by");
        reversal.reason();
        reversal.day("on").description("today if left out");
    }

    private void enrolment() {
        ofSchool("school");
        id("employer").description("of an apprentice, enrolled at both at once");
        day("on").description("from which day on; today if left out");
        numbered("admission", "").description("the achievement that opened the door");
    }

    private void application() {
        day("on").description("the day it is decided for; today if left out");
        asking();
    }

    private void asking() {
        field("asked").maxItems(StudiesForms.MOST_ASKED).description(
                "the lines to decide on; whatever counts most if left out");
        said();
        field("agreement").pattern(NAME).maxLength(Names.LONGEST)
                .description("the mutual recognition agreement it rests on, if it does");
    }

    /** What is said beside the evidence. */
    private void said() {
        attributes("request", Attributes.MOST, "what rulebooks may ask about the application, such"
                + " as degree-by; awarding-institution is the school");
        attributes("learner", Attributes.MOST, "what rulebooks may ask about the learner, such as"
                + " learner-group or stage: kept sealed; enrolled-on is the enrolment's");
    }

    /** Who acts. */
    private FormSchemas ofSchool(String name) {
        id(name).description("an institution may leave itself out");
        return this;
    }

    /** What has a number in an account. */
    private Schema<?> numbered(String name, String mark) {
        return field(name).pattern("[0-9A-HJKMNP-TV-Z]{16}-" + mark + "[1-9][0-9]{0,8}")
                .example("7K3M9Q2HX4T8W1ZC-" + mark + "3");
    }

    private void credits() {
        field("amount").pattern(AMOUNT).example("4.50").description("at most 1000000.00");
        words("unit", CreditUnit.class);
    }

    private void identity() {
        text("name", Identity.LONGEST_NAME);
        words("documentKind", DocumentKind.class);
        id("documentIssuer").description("required with " + DocumentKind.STUDENT_NUMBER);
        text("documentNumber", Identity.LONGEST_NUMBER);
        day("birthday");
    }

    private void institution() {
        id("id").description("chosen here, and kept for ever: 2 to 40 lower-case letters and"
                + " digits, with single dashes between them");
        text("name", RegisterInstitution.LONGEST_NAME);
        words("sector", Sector.class);
        words("kind", InstitutionKind.class);
        field("region").pattern("[0-9]{6}").description("GB/T 2260; absent for bodies abroad");
        field("country").pattern("[A-Z]{2}").description("ISO 3166; with a region, CN or absent");
        field("organisationCode").pattern("[0-9A-Z]{18}").description("GB 32100");
    }

    @SuppressWarnings("rawtypes")
    private static void programmes(Map<String, Schema> schemas) {
        FormSchemas definition = of(schemas, "Definition", "id", "plan");
        definition.field("id").pattern(NAME).maxLength(Names.LONGEST)
                .description("chosen here, and kept for ever");
        of(schemas, "Revision", "replaces", "plan", "reason").reason();
        FormSchemas closure = of(schemas, "ClosureForm", "reason");
        closure.reason();
        closure.id("institution").description("an institution may leave itself out");
        closure.day("until").description(
                "the last day on which somebody may enrol; today if left out");
        FormSchemas title = of(schemas, "TitleForm", "zh", "en");
        title.text("zh", Plan.LONGEST_TITLE);
        title.text("en", Plan.LONGEST_TITLE);
        of(schemas, "PlanForm", "title", "sector", "unit").plan();
        of(schemas, "GroupForm", "id", "title").group();
        of(schemas, "CourseForm", "code", "title").course();
    }

    private void plan() {
        id("institution").description("who awards what it leads to; stays the same in all"
                + " versions; an institution may leave itself out");
        words("sector", Sector.class);
        words("level", DiplomaLevel.class).description(
                "of the diploma it leads to; absent where it leads to none");
        field("region").pattern("[0-9]{6}").description("GB/T 2260: where it is taught");
        words("unit", CreditUnit.class).description("of all amounts in the plan");
        amount("credits", "how many it takes in all; not less than its groups, and the courses"
                + " outside of them that are not elective, take together");
        attributes("attributes", Plan.MOST_ATTRIBUTES,
                "what else rulebooks may select by, such as major-kind");
        field("groups").maxItems(Plan.MOST_GROUPS);
        field("courses").maxItems(Plan.MOST_COURSES);
    }

    private void group() {
        field("id").pattern(NAME).maxLength(Names.LONGEST)
                .description("as rulebooks name it");
        text("title", Plan.LONGEST_TITLE);
        amount("credits", "how many it takes; not less than those of its courses that are not"
                + " elective");
        amount("most", "how many of them may be recognised at all");
        natures();
        attributes("attributes", Plan.MOST_ATTRIBUTES,
                "what else rulebooks may select by, such as major-kind");
    }

    private void course() {
        text("code", Plan.LONGEST_WORD).pattern("[A-Za-z0-9._/:-]+")
                .description("a shared course has the same in every institution");
        text("title", Plan.LONGEST_TITLE);
        field("group").description("the id of a group of the plan");
        amount("credits", "how many it has");
        field("hours").pattern(AMOUNT).example("36.00");
        natures();
        attributes("attributes", Plan.MOST_ATTRIBUTES,
                "what else rulebooks may select by, such as major-kind");
    }

    private void amount(String name, String description) {
        field(name).pattern(AMOUNT).example("4.50").description(description);
    }

    private void natures() {
        field("natures").maxItems(Plan.MOST_NATURES).description("codes such as core, basic,"
                + " public, professional, elective, politics, PE, practice");
    }

    /** See {@link creditbank.api.recognition.AttributesForm}. */
    private void attributes(String name, int most, String description) {
        field(name).maxProperties(most)
                .description(description + "; under names of lower-case letters, digits and"
                        + " single dashes")
                .additionalProperties(new Schema<>().oneOf(List.of(
                        new StringSchema().maxLength(Value.LONGEST_TEXT),
                        new NumberSchema().description("with at most two decimals"),
                        new BooleanSchema(),
                        new ArraySchema().items(new StringSchema()
                                .maxLength(Value.LONGEST_TEXT)).maxItems(Value.MOST_WORDS),
                        new ObjectSchema().description("what the bank answers can be sent back")
                                .addProperty("day", new DateSchema())
                                .minProperties(1).maxProperties(1))));
    }

    private void agreement() {
        field("id").pattern(NAME).maxLength(Names.LONGEST)
                .description("chosen here, and kept for ever");
        text("title", AgreementTerms.LONGEST_TITLE);
        field("parties").minItems(2).maxItems(AgreementTerms.MOST_PARTIES).description(
                "institution/ID, region/GB/T 2260, country/ISO 3166 or bank/NAME, each once");
        field("rulebooks").minItems(1).maxItems(AgreementTerms.MOST_RULEBOOKS).description(
                "ids; the version in force on the day of a recognition decides");
        field("directions").minItems(1).description("each once, between parties");
        field("party").description(
                "the party that proposes; an institution may leave itself out");
    }

    private void days() {
        day("from");
        day("until").description("the last day; left out where there is none");
    }

    private void ending() {
        reason();
        field("party").description("the party that ends it; an institution may leave itself out");
        day("until").description(
                "the last day in force; left out to take a proposal back or decline it");
    }

    private void reason() {
        text("reason", Reason.LONGEST).description("one line");
    }

    // ------------------------------------------------------------------ kinds of fields

    private Schema<?> field(String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    private Schema<?> text(String name, int most) {
        return field(name).maxLength(most);
    }

    private Schema<?> day(String name) {
        return field(name).format("date");
    }

    private Schema<?> id(String name) {
        return field(name).pattern(InstitutionId.FORM);
    }

    private <E extends Enum<E>> Schema<?> words(String name, Class<E> type) {
        @SuppressWarnings("unchecked")
        Schema<Object> field = (Schema<Object>) field(name);
        field.setEnum(Arrays.stream(type.getEnumConstants()).<Object>map(Enum::name).toList());
        return field;
    }

    private static <E extends Enum<E>> String list(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Enum::name)
                .collect(Collectors.joining(", "));
    }
}
