package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refusal.AchievementAlreadyRecorded;
import creditbank.api.Refusal.InstitutionSuspended;
import creditbank.api.Refusal.InstitutionUnknown;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.value.Rule;
import creditbank.words.Words;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Why a row does not go in. Holds no personal value.
 *
 * @param row     the line of the file it begins in, from 1
 * @param column  the file's own name of the column, or columns joined by {@code +}; empty where
 *                the row as a whole is meant, or a constant of the profile
 * @param refusal what was expected, what was found, and by its words what to do
 */
public record RowProblem(long row, String column, Refusal refusal) {

    private static final Pattern MANY_DIGITS = Pattern.compile("\\d{6}");

    /** Where, what was expected and found, and what to do. */
    public String said(Locale locale) {
        Words.Said said = Words.of(refusal, locale);
        boolean named = column.isEmpty() || refusal instanceof ValueInvalid;
        return "[" + row + "] " + (named ? "" : column + ": ") + said.what() + " " + said.remedy();
    }

    /** For a file that many read: Chinese, then English. */
    public String inBothLanguages() {
        Words.Said zh = Words.of(refusal, Locale.CHINESE);
        Words.Said en = Words.of(refusal, Locale.ROOT);
        return zh.what() + zh.remedy() + " / " + en.what() + " " + en.remedy();
    }

    /** In the file's words: a refused field becomes the column it was read from. */
    static RowProblem of(Profile profile, Row row, Refusal refusal) {
        if (refusal == row.broken()) {
            return new RowProblem(row.line(),
                    refusal instanceof ValueInvalid v ? v.field() : "", refusal);
        }
        String field = field(refusal, profile, row);
        String column = profile.columnOf(field);
        if (refusal instanceof ValueInvalid v) {
            return new RowProblem(row.line(), column, v.in(
                    column.isEmpty() ? field : column).found(discreet(v.found())));
        }
        return new RowProblem(row.line(), column, refusal);
    }

    /**
     * Columns slip, and then a person stands where a word was expected: what may be a name or a
     * number of somebody is told by its length alone.
     */
    static String discreet(String found) {
        boolean person = found.codePoints().anyMatch(Character::isIdeographic)
                || MANY_DIGITS.matcher(found).find();
        return person ? Rule.lengthOf(found) : found;
    }

    private static String field(Refusal refusal, Profile profile, Row row) {
        return switch (refusal) {
            case ValueInvalid v -> v.field().isEmpty() ? field(v.rule()) : v.field();
            case AchievementAlreadyRecorded a ->
                    a.key().equals("number") ? "number" : "recordKey";
            case Refusal.RecordRepeatedInFile _ -> "recordKey";
            case Refusal.NotYourInstitution _ -> "issuer";
            case InstitutionUnknown i -> issuer(i.institution(), profile, row);
            case InstitutionSuspended i -> issuer(i.institution().text(), profile, row);
            case Refusal.LearnerUnknown _ -> "account";
            case Refusal.AccountErased _, Refusal.AccountRestricted _,
                    Refusal.PersonAlreadyHasAccount _ -> learner(profile, row);
            default -> "";
        };
    }

    /** Rules over more than one field name none of them. */
    private static String field(Rule rule) {
        return switch (rule) {
            case DATE_TOO_EARLY -> "happenedOn";
            case VALID_UNTIL_BEFORE_HAPPENED -> "validUntil";
            case CO_ISSUER_NEEDS_APPRENTICESHIP, CO_ISSUER_IS_ISSUER -> "coIssuer";
            default -> "";
        };
    }

    private static String issuer(String institution, Profile profile, Row row) {
        Source coIssuer = profile.fields().get("coIssuer");
        return coIssuer != null && coIssuer.text(row, 1).equals(institution)
                ? "coIssuer" : "issuer";
    }

    private static String learner(Profile profile, Row row) {
        Source account = profile.fields().get("account");
        return account != null && !account.text(row, 1).isEmpty() ? "account" : "documentNumber";
    }
}
