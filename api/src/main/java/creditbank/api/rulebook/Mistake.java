package creditbank.api.rulebook;

import java.util.Locale;

/**
 * Something a rulebook's text cannot be read with.
 *
 * @param line     from 1
 * @param column   from 1
 * @param path     the field, such as {@code clauses.2.limits.0.at-most}; empty for the whole text
 * @param kind     what is wrong
 * @param found    what stands there
 * @param expected what should: choices, a form, or the name that is at odds with it
 */
public record Mistake(int line, int column, String path, Kind kind, String found,
        String expected) {

    /** The words for each, with its remedy, stand in the message bundle {@code rulebook}. */
    public enum Kind {
        NOT_YAML,
        SECOND_TEXT,
        TOO_DEEP,
        FIELD_MISSING,
        FIELD_UNKNOWN,
        FIELD_TWICE,
        NOT_FIELDS,
        NOT_LIST,
        NOT_VALUE,
        EMPTY,
        NOT_A_CHOICE,
        NOT_A_NAME,
        NOT_AN_AMOUNT,
        NOT_A_COUNT,
        NOT_A_DATE,
        NOT_A_DAY_OF_YEAR,
        NOT_A_COUNTRY,
        NOT_A_PERIOD,
        NOT_A_FRACTION,
        NOT_AN_ATTRIBUTE,
        NOT_A_RANGE,
        TEXT_TOO_LONG,
        TEXT_HAS_UNSEEN,
        SOURCE_UNVERIFIED,
        UNTIL_BEFORE_FROM,
        ID_TWICE,
        GROUP_UNKNOWN,
        EXACTLY_ONE_OF,
        NOTHING_DONE,
        SHARE_OVER_ONE,
        LEAST_ABOVE_MOST,
        CAP_BELOW_MINIMUM,
        TABLE_HOLE,
        TABLE_OVERLAP,
        TABLE_OUTSIDE_AXIS,
        TABLE_TOO_LARGE,
        SELECTS_NOTHING,
        REQUIRES_WITH_CREDITS,
        KEY_NOT_KEPT_APART;

        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
