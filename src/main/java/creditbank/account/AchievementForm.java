package creditbank.account;

import static creditbank.api.Refused.inField;

import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.DiplomaLevel;
import creditbank.api.account.DiplomaNumber;
import creditbank.api.account.PersonalField;
import creditbank.api.account.SkillLevel;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.AttributesForm;
import creditbank.api.value.Claim;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Digest;
import creditbank.api.value.Forms;
import creditbank.api.value.Hours;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import creditbank.api.value.Texts;
import creditbank.privacy.Claims;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An achievement as it arrives in a request or a row: text that may be wrong. A refusal names the
 * component that is.
 */
public record AchievementForm(
        @Nullable String kind,
        @Nullable String issuer,
        @Nullable String coIssuer,
        @Nullable String recordKey,
        @Nullable String title,
        @Nullable String subject,
        @Nullable String level,
        @Nullable String hours,
        @Nullable String grade,
        @Nullable CreditsForm credits,
        @Nullable String happenedOn,
        @Nullable String validUntil,
        @Nullable String evidence,
        @Nullable String number,
        @Nullable Map<String, @Nullable Object> attributes) {

    public static final int LONGEST_RECORD_KEY = 80;
    /** Of a certificate, or of a diploma whose layout is not published. */
    public static final int LONGEST_NUMBER = 60;

    private static final Sealed LEFT_OUT = new Sealed("");

    /** An amount such as "4.50" and its unit; without it an achievement carries no credits. */
    public record CreditsForm(@Nullable String amount, @Nullable String unit) {
    }

    /** A form that was read: its personal fields sealed, its business keys claimed. */
    public record Read(Achievement achievement, List<Claim> claims) {
    }

    public AchievementForm ofKind(AchievementKind now) {
        return new AchievementForm(now.name(), issuer, coIssuer, recordKey, title, subject, level,
                hours, grade, credits, happenedOn, validUntil, evidence, number, attributes);
    }

    public AchievementForm ofIssuer(InstitutionId now) {
        return new AchievementForm(kind, now.text(), coIssuer, recordKey, title, subject, level,
                hours, grade, credits, happenedOn, validUntil, evidence, number, attributes);
    }

    public InstitutionId readIssuer() {
        return inField("issuer", () -> new InstitutionId(Forms.required(issuer)));
    }

    /** Reads the form before anybody's key is at hand: what is personal is left out. */
    public Read check(Claims claims) {
        return read(claims, (_, _) -> LEFT_OUT);
    }

    /** @param seal seals a personal field with the learner's key */
    Read read(Claims claims, BiFunction<PersonalField, String, Sealed> seal) {
        AchievementKind what = inField("kind",
                () -> Texts.choice(AchievementKind.class, Forms.required(kind)));
        InstitutionId by = readIssuer();
        String key = inField("recordKey", () -> personal(
                Forms.required(recordKey), LONGEST_RECORD_KEY));
        Numbered numbered = inField("number", () -> number(what));
        List<Claim> made = new ArrayList<>();
        made.add(claims.ofRecord(by, key));
        if (numbered != null) {
            made.add(numbered.claim(claims, by));
        }
        LocalDate on = inField("happenedOn", () -> Forms.date(Forms.required(happenedOn)));
        LocalDate until = inField("validUntil", () -> Forms.dateIfAny(validUntil));
        String checkedTitle = inField("title", () -> Texts.line(
                Forms.required(title), Achievement.LONGEST_TITLE));
        String checkedLevel = inField("level", () -> level(what, numbered));
        InstitutionId with = inField("coIssuer",
                () -> Forms.optional(coIssuer, InstitutionId::new));
        Achievement achievement = new Achievement(what, by, with,
                seal.apply(PersonalField.RECORD_KEY, key), checkedTitle,
                inField("subject", () -> Forms.optional(
                        subject, s -> Texts.code(s, Achievement.LONGEST_WORD))),
                checkedLevel,
                inField("hours", () -> Forms.optional(hours, Hours::of)),
                inField("grade", () -> Forms.optional(
                        grade, g -> Texts.line(g, Achievement.LONGEST_WORD))),
                readCredits(), on, until,
                inField("evidence", () -> Forms.optional(evidence, Digest::new)),
                numbered == null ? null : seal.apply(PersonalField.NUMBER, numbered.number()),
                numbered == null || numbered.diploma() == null
                        ? null : numbered.diploma().form(),
                AttributesForm.read("attributes", attributes));
        return new Read(achievement, List.copyOf(made));
    }

    /** A number as it is claimed and sealed; taken apart where its layout is published. */
    private record Numbered(AchievementKind kind, String number, @Nullable DiplomaLevel level,
            @Nullable DiplomaNumber diploma) {

        Claim claim(Claims claims, InstitutionId issuer) {
            return kind == AchievementKind.DIPLOMA
                    ? claims.ofDiploma(issuer, Objects.requireNonNull(level), number)
                    : claims.ofCertificate(issuer, number);
        }
    }

    private @Nullable Numbered number(AchievementKind what) {
        if (!what.isNumbered()) {
            if (number != null && !number.isBlank()) {
                throw Rule.NUMBER_NOT_FOR_KIND.brokenBy(what);
            }
            return null;
        }
        String text = Forms.required(number);
        if (what == AchievementKind.SKILL_CERTIFICATE) {
            return new Numbered(what, personal(text, LONGEST_NUMBER), null, null);
        }
        DiplomaLevel stated = inField("level",
                () -> Forms.optional(level, l -> Texts.choice(DiplomaLevel.class, l)));
        if (stated != null && !stated.isHigherEducation()) {
            return new Numbered(what, personal(text, LONGEST_NUMBER), stated, null);
        }
        DiplomaNumber parsed = DiplomaNumber.parse(text);
        if (stated != null && stated != parsed.level()) {
            throw Rule.DIPLOMA_LEVEL_MISMATCH.brokenBy(stated);
        }
        return new Numbered(what, text, parsed.level(), parsed);
    }

    private @Nullable String level(AchievementKind what, @Nullable Numbered numbered) {
        return switch (what) {
            case DIPLOMA -> Objects.requireNonNull(Objects.requireNonNull(numbered).level())
                    .name();
            case SKILL_CERTIFICATE ->
                    Texts.choice(SkillLevel.class, Forms.required(level)).name();
            default -> Forms.optional(
                    level, l -> Texts.line(l, Achievement.LONGEST_WORD));
        };
    }

    private Credits readCredits() {
        if (credits == null) {
            return new Credits(0, CreditUnit.CN);
        }
        CreditUnit unit = inField("credits.unit",
                () -> CreditUnit.of(Forms.required(credits.unit())));
        return inField("credits.amount",
                () -> Credits.of(Forms.required(credits.amount()), unit));
    }

    /** Text that may say who somebody is: checked, but never shown back. */
    private static String personal(String text, int most) {
        return Texts.personal(text, t -> Texts.line(t, most));
    }

    @Override
    public String toString() {
        return "AchievementForm[…]";
    }
}
