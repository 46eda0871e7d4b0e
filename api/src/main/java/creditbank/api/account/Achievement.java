package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.account.DiplomaNumber.StudyForm;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Names;
import creditbank.api.value.Credits;
import creditbank.api.value.Digest;
import creditbank.api.value.Hours;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import creditbank.api.value.Texts;
import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A learning outcome as its issuer states it.
 *
 * @param kind       what sort of outcome
 * @param issuer     who states it, and deposits the credits
 * @param coIssuer   the employer of an {@link AchievementKind#APPRENTICESHIP}, else absent
 * @param recordKey  the issuer's own key of the record, sealed: such keys often hold a student
 *                   number
 * @param title      as people read it, at most 200 characters
 * @param subject    a course, subject or occupation code, at most 40 characters
 * @param level      a {@link DiplomaLevel} or {@link SkillLevel} for those kinds, else the
 *                   issuer's own word, at most 40 characters
 * @param hours      of study or practice
 * @param grade      as the issuer writes it, at most 40 characters
 * @param credits    the issuer's credits in the issuer's unit; may be zero
 * @param happenedOn the business date: when it was achieved
 * @param validUntil the last day it holds
 * @param evidence   digest of a document that supports it
 * @param number     a diploma's or certificate's number, sealed; absent for other kinds
 * @param studyForm  how a diploma of higher education was studied for, from its number
 * @param attributes what else the issuer states and rulebooks may ask for: contest, prize, score,
 *                   months, ...; none of the names the fields above answer to
 * @param origin     where it came from by a transfer; absent of what its issuer states itself
 */
public record Achievement(
        AchievementKind kind,
        InstitutionId issuer,
        @Nullable InstitutionId coIssuer,
        Sealed recordKey,
        String title,
        @Nullable String subject,
        @Nullable String level,
        @Nullable Hours hours,
        @Nullable String grade,
        Credits credits,
        LocalDate happenedOn,
        @Nullable LocalDate validUntil,
        @Nullable Digest evidence,
        @Nullable Sealed number,
        @Nullable StudyForm studyForm,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Attributes attributes,
        @Nullable Origin origin) {

    public static final LocalDate EARLIEST = LocalDate.of(1900, 1, 1);
    /** Views order dates as text, which holds for years of four digits. */
    public static final LocalDate LATEST = LocalDate.of(9999, 12, 31);

    public static final int LONGEST_TITLE = 200;
    /** Of a subject, a level and a grade. */
    public static final int LONGEST_WORD = 40;

    /** Beside them a rulebook sees the fields. */
    public static final int MOST_ATTRIBUTES = 40;

    /** What rulebooks know the fields by; stated attributes have other names. */
    private static final Set<String> ANSWERED_BY_FIELDS = Set.of("id", "kind", "issuer",
            "co-issuer", "issuer-sector", "issuer-kind", "region", "sector", "title", "subject",
            "level", "hours", "grade", "credits", "unit", "happened-on", "known-on",
            "valid-until", "study-form");

    public Achievement {
        attributes = attributes == null ? Attributes.NONE : attributes;
        title = Texts.line(title, LONGEST_TITLE);
        subject = subject == null ? null : Texts.code(subject, LONGEST_WORD);
        level = level == null ? null : levelFor(kind, level);
        grade = grade == null ? null : Texts.line(grade, LONGEST_WORD);
        if (happenedOn.isBefore(EARLIEST)) {
            throw Rule.DATE_TOO_EARLY.brokenIn("happenedOn", happenedOn);
        }
        if (validUntil != null && validUntil.isBefore(happenedOn)) {
            throw Rule.VALID_UNTIL_BEFORE_HAPPENED.brokenIn("validUntil", validUntil);
        }
        if (validUntil != null && validUntil.isAfter(LATEST)) {
            throw Rule.DATE_MALFORMED.brokenIn("validUntil", validUntil);
        }
        if (coIssuer != null && kind != AchievementKind.APPRENTICESHIP) {
            throw Rule.CO_ISSUER_NEEDS_APPRENTICESHIP.brokenIn("coIssuer", kind);
        }
        if (issuer.equals(coIssuer)) {
            throw Rule.CO_ISSUER_IS_ISSUER.brokenIn("coIssuer", issuer);
        }
        if (kind.isNumbered() && number == null) {
            throw Rule.REQUIRED.brokenIn("number", "");
        }
        if (!kind.isNumbered() && number != null) {
            throw Rule.NUMBER_NOT_FOR_KIND.brokenIn("number", kind);
        }
        if (attributes.values().size() > MOST_ATTRIBUTES) {
            throw Rule.LIST_TOO_LONG.brokenIn("attributes", attributes.values().size());
        }
        for (String name : attributes.values().keySet()) {
            if (!mayHaveAttribute(name)) {
                throw Rule.ATTRIBUTE_NAME_RESERVED.brokenIn("attributes", name);
            }
        }
    }

    /** What its issuer states itself. */
    public Achievement(AchievementKind kind, InstitutionId issuer,
            @Nullable InstitutionId coIssuer, Sealed recordKey, String title,
            @Nullable String subject, @Nullable String level, @Nullable Hours hours,
            @Nullable String grade, Credits credits, LocalDate happenedOn,
            @Nullable LocalDate validUntil, @Nullable Digest evidence, @Nullable Sealed number,
            @Nullable StudyForm studyForm, Attributes attributes) {
        this(kind, issuer, coIssuer, recordKey, title, subject, level, hours, grade, credits,
                happenedOn, validUntil, evidence, number, studyForm, attributes, null);
    }

    /** The same, come from elsewhere. */
    public Achievement from(@Nullable Origin now) {
        return new Achievement(kind, issuer, coIssuer, recordKey, title, subject, level, hours,
                grade, credits, happenedOn, validUntil, evidence, number, studyForm, attributes,
                now);
    }

    /** Whether an achievement may have an attribute of this name. */
    public static boolean mayHaveAttribute(String name) {
        return Names.isName(name) && !ANSWERED_BY_FIELDS.contains(name);
    }

    private static String levelFor(AchievementKind kind, String level) {
        return switch (kind) {
            case DIPLOMA -> Texts.choice(DiplomaLevel.class, level).name();
            case SKILL_CERTIFICATE -> Texts.choice(SkillLevel.class, level).name();
            default -> Texts.line(level, LONGEST_WORD);
        };
    }
}
