package creditbank.api.account;

import creditbank.api.value.Rule;
import creditbank.api.value.Texts;
import java.util.Locale;

/**
 * The number of a diploma of higher education, taken apart by the published layout (学历证书电子注册号):
 * school 5, form of study 1, year 4, level 2, serial 6; before 2002 a serial of 5. It has no check
 * digit. A personal value: never printed.
 */
public record DiplomaNumber(
        String school, StudyForm form, int year, DiplomaLevel level, String serial) {

    /** How the diploma was studied for. */
    public enum StudyForm {
        /** 普通. */
        REGULAR('1'),
        /** 成人. */
        ADULT('5'),
        /** 自学考试. */
        SELF_STUDY('6'),
        /** 网络教育. */
        ONLINE('7');

        private final char code;

        StudyForm(char code) {
            this.code = code;
        }
    }

    private static final int FIRST_YEAR_OF_18 = 2002;

    public static DiplomaNumber parse(String number) {
        boolean digits = Texts.all(number, c -> c >= '0' && c <= '9');
        if (!digits || number.length() != 18 && number.length() != 17) {
            throw Rule.DIPLOMA_NUMBER_MALFORMED.brokenByPersonalValue(number);
        }
        int year = Integer.parseInt(number.substring(6, 10));
        if (year < FIRST_YEAR_OF_18 != (number.length() == 17) || year < 1900) {
            throw Rule.DIPLOMA_YEAR_LENGTH.brokenByPersonalValue(number);
        }
        return new DiplomaNumber(number.substring(0, 5), form(number), year, level(number),
                number.substring(12));
    }

    private static StudyForm form(String number) {
        for (StudyForm form : StudyForm.values()) {
            if (form.code == number.charAt(5)) {
                return form;
            }
        }
        throw Rule.DIPLOMA_STUDY_FORM_UNKNOWN.brokenBy(number.charAt(5));
    }

    private static DiplomaLevel level(String number) {
        String code = number.substring(10, 12);
        for (DiplomaLevel level : DiplomaLevel.values()) {
            if (level.code.equals(code)) {
                return level;
            }
        }
        throw Rule.DIPLOMA_LEVEL_UNKNOWN.brokenBy(code);
    }

    /** The whole number, to be sealed and claimed. */
    public String plain() {
        return school + form.code + String.format(Locale.ROOT, "%04d", year) + level.code + serial;
    }

    @Override
    public String toString() {
        return "DiplomaNumber[…]";
    }
}
