package creditbank.http;

import creditbank.account.AchievementForm;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.DiplomaLevel;
import creditbank.api.account.DocumentKind;
import creditbank.api.account.Identity;
import creditbank.api.account.SkillLevel;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Reason;
import creditbank.api.value.Sector;
import io.swagger.v3.oas.models.media.Schema;
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
        field("organisationCode").pattern("[0-9A-Z]{18}").description("GB 32100");
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
