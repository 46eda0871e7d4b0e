package creditbank.api.account;

import static creditbank.api.Broken.assertBreaks;
import static creditbank.api.Broken.assertBreaksSilently;
import static creditbank.api.Broken.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.DiplomaNumber.StudyForm;
import creditbank.api.value.Rule;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NumbersOfPeopleTest {

    private static final String RESIDENT = "11010519491231002X";

    // ------------------------------------------------------------------ 公民身份号码

    @Test
    void CN_25_a_resident_id_is_valid_with_its_check_character() {
        assertThat(new ResidentId(RESIDENT).plain()).isEqualTo(RESIDENT);
    }

    @Test
    void CN_25_a_resident_id_with_another_check_character_is_refused() {
        assertBreaksSilently(Rule.RESIDENT_ID_CHECK_CHARACTER, RESIDENT,
                () -> new ResidentId("110105194912310021"));
    }

    @Test
    void one_wrong_digit_in_a_resident_id_is_always_found() {
        for (int i = 0; i < 17; i++) {
            for (char wrong = '0'; wrong <= '9'; wrong++) {
                if (wrong != RESIDENT.charAt(i)) {
                    String text = RESIDENT.substring(0, i) + wrong + RESIDENT.substring(i + 1);
                    assertThat(refusalOf(() -> new ResidentId(text)).rule()).isIn(
                            Rule.RESIDENT_ID_CHECK_CHARACTER, Rule.RESIDENT_ID_MALFORMED);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "11010519491231002", "11010519491231002x", "110105491231002",
        "11010519490231002X", "11010519491331002X", "11010518491231002X", "01010519491231002X",
        "1101051949123100２X", "11010519491231002X\n"})
    void a_resident_id_of_another_form_is_refused(String text) {
        assertBreaksSilently(
                Rule.RESIDENT_ID_MALFORMED, text, () -> new ResidentId(text));
    }

    @Test
    void a_resident_id_is_never_printed() {
        assertThat(new ResidentId(RESIDENT).toString()).doesNotContainPattern("[0-9]");
    }

    // ------------------------------------------------------------------ 学历证书电子注册号

    @Test
    void CN_24_a_diploma_number_is_taken_apart() {
        assertThat(DiplomaNumber.parse("100011202105000001")).isEqualTo(new DiplomaNumber(
                "10001", StudyForm.REGULAR, 2021, DiplomaLevel.BACHELOR, "000001"));
    }

    @Test
    void CN_24_a_diploma_number_with_form_of_study_9_is_refused() {
        assertBreaks(Rule.DIPLOMA_STUDY_FORM_UNKNOWN,
                () -> DiplomaNumber.parse("100019202105000001"));
    }

    @ParameterizedTest
    @CsvSource({"1,REGULAR", "5,ADULT", "6,SELF_STUDY", "7,ONLINE"})
    void a_diploma_number_tells_how_it_was_studied_for(char code, StudyForm form) {
        assertThat(DiplomaNumber.parse("10001" + code + "202105000001").form()).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource({"01,DOCTOR", "02,MASTER", "04,SECOND_BACHELOR", "05,BACHELOR", "06,ASSOCIATE"})
    void a_diploma_number_tells_its_level(String code, DiplomaLevel level) {
        assertThat(DiplomaNumber.parse("1000112021" + code + "000001").level()).isEqualTo(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00", "03", "07", "99"})
    void an_unknown_level_is_refused(String code) {
        assertBreaks(Rule.DIPLOMA_LEVEL_UNKNOWN,
                () -> DiplomaNumber.parse("1000112021" + code + "000001"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10001120010500001", "100011200205000001"})
    void a_diploma_number_has_17_digits_before_2002_and_18_from_then_on(String number) {
        assertThat(DiplomaNumber.parse(number).plain()).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100011200105000001", "10001120020500001", "10001118990500001"})
    void a_year_that_does_not_fit_the_length_is_refused(String number) {
        assertBreaksSilently(
                Rule.DIPLOMA_YEAR_LENGTH, number, () -> DiplomaNumber.parse(number));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1000112021050000", "1000112021050000011", "10001120210500000A",
        "１00011202105000001", "100011202105 00001"})
    void a_diploma_number_of_another_form_is_refused(String number) {
        assertBreaksSilently(
                Rule.DIPLOMA_NUMBER_MALFORMED, number, () -> DiplomaNumber.parse(number));
    }

    @Test
    void a_diploma_number_is_never_printed() {
        assertThat(DiplomaNumber.parse("100011202105000001").toString())
                .doesNotContainPattern("[0-9]");
    }

    @Test
    void a_diploma_number_is_written_alike_in_every_country() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(DiplomaNumber.parse("100011202105000001").plain())
                    .isEqualTo("100011202105000001");
        } finally {
            Locale.setDefault(before);
        }
    }
}
