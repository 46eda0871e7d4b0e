package creditbank.api.value;

import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a value has to be. The code of a rule is the code of the refusal that names it, and is
 * stable; the words for it stand in the message bundle {@code refusals}.
 */
public enum Rule {
    REQUIRED,
    FIELD_UNKNOWN,
    TEXT_TOO_LONG,
    TEXT_HAS_CONTROL_CHARACTERS,
    CODE_MALFORMED,
    NUMBER_MALFORMED,
    WHOLE_NUMBER_MALFORMED,
    AMOUNT_NEGATIVE,
    AMOUNT_TOO_LARGE,
    AMOUNT_TOO_MANY_DECIMALS,
    CREDIT_UNIT_UNKNOWN,
    CHOICE_UNKNOWN,
    DATE_MALFORMED,
    DATE_IN_FUTURE,
    DATE_TOO_EARLY,
    VALID_UNTIL_BEFORE_HAPPENED,
    EFFECTIVE_BEFORE_HAPPENED,
    ID_MALFORMED,
    INSTITUTION_ID_MALFORMED,
    RESIDENT_ID_MALFORMED,
    RESIDENT_ID_CHECK_CHARACTER,
    ORGANISATION_CODE_MALFORMED,
    ORGANISATION_CODE_CHECK_CHARACTER,
    REGION_UNKNOWN,
    COUNTRY_UNKNOWN,
    REGION_OF_ANOTHER_COUNTRY,
    DIPLOMA_NUMBER_MALFORMED,
    DIPLOMA_STUDY_FORM_UNKNOWN,
    DIPLOMA_LEVEL_UNKNOWN,
    DIPLOMA_LEVEL_MISMATCH,
    DIPLOMA_YEAR_LENGTH,
    DIGEST_MALFORMED,
    CO_ISSUER_NEEDS_APPRENTICESHIP,
    CO_ISSUER_IS_ISSUER,
    NUMBER_NOT_FOR_KIND,
    DOCUMENT_ISSUER_REQUIRED,
    LIMIT_OUT_OF_RANGE,
    BODY_MALFORMED,
    JURISDICTION_MALFORMED,
    TEXT_NOT_UNICODE,
    BODY_TOO_LARGE,
    PERIOD_REVERSED,
    GIVEN_TWICE,
    BIRTHDAY_MISMATCH,
    DATE_PASSED,
    LIST_TOO_LONG,
    LISTED_TWICE,
    PROGRAMME_ID_MALFORMED,
    GROUP_ID_MALFORMED,
    GROUP_UNKNOWN,
    ATTRIBUTE_NAME_MALFORMED,
    ATTRIBUTE_NAME_RESERVED,
    ATTRIBUTE_MALFORMED,
    EMPLOYER_IS_SCHOOL,
    DATE_BEFORE_BASIS,
    AGREEMENT_ID_MALFORMED,
    PARTY_MALFORMED,
    COUNT_OUT_OF_RANGE,
    REPEATED,
    DIRECTION_TO_ITSELF,
    DIRECTION_NOT_BETWEEN_PARTIES,
    MONTH_MALFORMED,
    PERIOD_TOO_LONG,
    INSTITUTION_STANDS_ALONE,
    DAY_OR_INSTANT_MALFORMED,
    TILE_PATH_MALFORMED,
    INSTANT_MALFORMED,
    ONE_MOMENT,
    MOMENTS_REVERSED,

    // Files of rows; the field is empty, or names the column.
    FILE_NOT_FOUND,
    FILE_IS_FOLDER,
    FILE_NOT_READABLE,
    FILE_EMPTY,
    FILE_TOO_LARGE,
    FILE_NOT_TEXT,
    FILE_ENCODING_BROKEN,
    FILE_QUOTE_WITHOUT_END,
    COLUMN_MISSING,
    COLUMN_TWICE,
    ROW_COLUMN_COUNT,
    ROW_TOO_LONG,
    ROW_NOT_JSON,
    FILE_NOT_ELMO,
    ELMO_TOO_DEEP,
    ELMO_TEXT_TOO_LONG,
    ELMO_TOO_MANY_VALUES,
    ELMO_TOO_COMPLEX,
    ELMO_WITHOUT_RESULTS,
    LOOKUP_UNKNOWN,
    DIVISION_NOT_EXACT,
    COLUMNS_TOO_MANY,
    ONE_FILE_AT_A_TIME;

    private static final int FOUND_SHOWN = 40;

    private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');

    public String code() {
        return code;
    }

    /** The refusal of a value that may be shown back, cut to a few characters. */
    public Refused brokenBy(Object found) {
        return brokenIn("", found);
    }

    /** The refusal of a field that may be shown back, where several are looked at together. */
    public Refused brokenIn(String field, Object found) {
        return new Refused(new ValueInvalid(field, this, shown(String.valueOf(found))));
    }

    /** The refusal of a word that is none of those there are. */
    public Refused brokenBy(Object found, Object... known) {
        return new Refused(new ValueInvalid("", this, shown(String.valueOf(found)),
                Arrays.stream(known).map(String::valueOf).collect(Collectors.joining(", "))));
    }

    /** Only what can be printed, and no half of a character. */
    private static String shown(String found) {
        String printable = found.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "?");
        return printable.codePointCount(0, printable.length()) <= FOUND_SHOWN ? printable
                : printable.substring(0, printable.offsetByCodePoints(0, FOUND_SHOWN)) + "…";
    }

    /** What is shown instead of a personal value. */
    public static String lengthOf(String personal) {
        return "(" + personal.length() + " characters)";
    }

    /** The refusal of a personal value, which is never shown back, logged or stored. */
    public Refused brokenByPersonalValue(String found) {
        return new Refused(new ValueInvalid("", this, lengthOf(found)));
    }
}
