package creditbank.api.value;

import static creditbank.api.Broken.assertBreaks;
import static creditbank.api.Broken.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CodesTest {

    private static final String CODE = "91350100M000100Y43";
    private static final String CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final String HMAC = "4zQ_k-9aBcDeFgHiJkLmNo";

    // ------------------------------------------------------------------ 统一社会信用代码

    @Test
    void CN_25_an_organisation_code_is_valid_with_its_check_character() {
        assertThat(new OrganisationCode(CODE)).hasToString(CODE);
    }

    @Test
    void CN_25_an_organisation_code_with_a_character_outside_its_alphabet_is_refused() {
        assertBreaks(Rule.ORGANISATION_CODE_MALFORMED,
                () -> new OrganisationCode("91350100M000100Y4Z"));
    }

    @Test
    void an_organisation_code_with_another_check_character_is_refused() {
        assertBreaks(Rule.ORGANISATION_CODE_CHECK_CHARACTER,
                () -> new OrganisationCode("91350100M000100Y44"));
    }

    @Test
    void one_wrong_character_in_an_organisation_code_is_always_found() {
        for (int i = 0; i < CODE.length(); i++) {
            for (char wrong : CODE_ALPHABET.toCharArray()) {
                if (wrong != CODE.charAt(i)) {
                    String text = CODE.substring(0, i) + wrong + CODE.substring(i + 1);
                    assertBreaks(Rule.ORGANISATION_CODE_CHECK_CHARACTER,
                            () -> new OrganisationCode(text));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "91350100M000100Y4", "91350100M000100Y433", "91350100m000100y43",
        "9135010OM000100Y43", "91350100I000100Y43", "91350100S000100Y43", "91350100V000100Y43",
        "９1350100M000100Y43", "91350100M000100Y4 "})
    void an_organisation_code_of_another_form_is_refused(String text) {
        assertBreaks(Rule.ORGANISATION_CODE_MALFORMED, () -> new OrganisationCode(text));
    }

    // ------------------------------------------------------------------ 行政区划

    @ParameterizedTest
    @ValueSource(strings = {"210600", "110000", "659004", "710000", "810000", "820000"})
    void a_region_is_six_digits_of_a_known_province(String code) {
        assertThat(new Region(code)).hasToString(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "21060", "2106000", "990000", "000000", "21060A", "２10600",
        "丹东市"})
    void another_region_is_refused(String code) {
        assertBreaks(Rule.REGION_UNKNOWN, () -> new Region(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CN", "KR", "ZA"})
    void a_country_is_two_letters_of_iso_3166(String code) {
        assertThat(new Country(code)).hasToString(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "K", "kr", "KOR", "XX", "南非"})
    void another_country_is_refused(String code) {
        assertBreaks(Rule.COUNTRY_UNKNOWN, () -> new Country(code));
    }

    // ------------------------------------------------------------------ claims

    @ParameterizedTest
    @EnumSource
    void a_claim_tells_what_it_is_of(Claim.Kind kind) {
        Claim claim = Claim.of(kind, HMAC);
        assertThat(claim.kind()).isEqualTo(kind);
        assertThat(new Claim(claim.toString())).isEqualTo(claim);
    }

    @Test
    void a_claim_is_written_kind_first() {
        assertThat(Claim.of(Claim.Kind.RECORD, HMAC)).hasToString("record/" + HMAC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "record", "record/", "record/short", HMAC, "RECORD/" + HMAC,
        "person/" + HMAC, "record/" + HMAC + "=", "record/4zQ+k-9aBcDeFgHiJkLmNo",
        "record/" + HMAC + "\n"})
    void another_claim_is_refused(String text) {
        assertBreaks(Rule.ID_MALFORMED, () -> new Claim(text));
    }

    // ------------------------------------------------------------------ digests

    @Test
    void a_digest_is_64_lower_case_hexadecimal_digits() {
        String hex = "0123456789abcdef".repeat(4);
        assertThat(new Digest(hex)).hasToString(hex);
    }

    @Test
    void another_digest_is_refused_and_shown_back_cut() {
        assertThat(Arrays.asList("", "a".repeat(63), "a".repeat(65), "A".repeat(64),
                "g".repeat(64), "a".repeat(64) + "\n"))
                .allSatisfy(text ->
                        assertBreaks(Rule.DIGEST_MALFORMED, () -> new Digest(text)));
        assertThat(refusalOf(() -> new Digest("A".repeat(64))).found())
                .isEqualTo("A".repeat(40) + "…");
    }
}
