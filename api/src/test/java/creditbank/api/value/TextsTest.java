package creditbank.api.value;

import static creditbank.api.Broken.assertBreaks;
import static creditbank.api.Broken.assertBreaksSilently;
import static creditbank.api.Broken.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TextsTest {

    /** One character to people, two to Java. */
    private static final String FLUTE = "\ud83e\ude88";

    // ------------------------------------------------------------------ lines

    @Test
    void a_line_is_kept_without_the_space_around_it() {
        assertThat(Texts.line("\u3000 机械制图  与 CAD ", 40)).isEqualTo("机械制图  与 CAD");
    }

    @Test
    void a_line_is_as_long_as_people_count_it() {
        assertThat(Texts.line(FLUTE.repeat(5), 5)).isEqualTo(FLUTE.repeat(5));
        assertBreaks(Rule.TEXT_TOO_LONG, () -> Texts.line(FLUTE.repeat(6), 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u3000"})
    void a_blank_line_is_refused(String text) {
        assertBreaks(Rule.REQUIRED, () -> Texts.line(text, 40));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", "a\u007fb", "a\u0085b", "a\u202eb", "a\u200bb",
        "a\ufeffb", "a\u2028b", "a\u2029b", "a\ud800b", "a\udc00"})
    void what_cannot_be_seen_is_refused_and_not_shown_back_raw(String text) {
        Refusal.ValueInvalid refusal = refusalOf(() -> Texts.line(text, 40));
        assertThat(refusal.rule()).isEqualTo(Rule.TEXT_HAS_CONTROL_CHARACTERS);
        assertThat(refusal.found()).startsWith("a?").doesNotContain(text);
    }

    // ------------------------------------------------------------------ codes

    @Test
    void a_code_is_made_of_letters_digits_and_a_few_signs() {
        assertThat(Texts.code(" ME101.2_a/b-c:d ", 40)).isEqualTo("ME101.2_a/b-c:d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "机械", "a+b", "ＭＥ", "a;b", "é"})
    void another_sign_in_a_code_is_refused(String text) {
        assertBreaks(Rule.CODE_MALFORMED, () -> Texts.code(text, 40));
    }

    @Test
    void a_code_that_is_too_long_is_refused() {
        assertBreaks(Rule.TEXT_TOO_LONG, () -> Texts.code("A".repeat(41), 40));
    }

    // ------------------------------------------------------------------ choices

    @Test
    void a_choice_is_named_exactly() {
        assertThat(Texts.choice(Sector.class, "ADULT")).isEqualTo(Sector.ADULT);
        assertBreaks(Rule.CHOICE_UNKNOWN, () -> Texts.choice(Sector.class, "adult"));
        assertBreaks(Rule.CHOICE_UNKNOWN, () -> Texts.choice(Sector.class, ""));
    }

    // ------------------------------------------------------------------ what is shown back

    @Test
    void what_was_found_is_cut_to_forty_characters() {
        assertThat(refusalOf(() -> Texts.line("x".repeat(50), 45)).found())
                .isEqualTo("x".repeat(40) + "…");
    }

    @Test
    void what_was_found_is_never_cut_through_a_character() {
        String text = "x".repeat(39) + FLUTE.repeat(4);
        assertThat(refusalOf(() -> Texts.line(text, 41)).found())
                .isEqualTo("x".repeat(39) + FLUTE + "…");
    }

    @Test
    void what_was_found_is_always_printable() {
        assertThat(refusalOf(() -> Texts.choice(Sector.class, "A\u0007\ud800\u202e")).found())
                .isEqualTo("A???");
    }

    @Test
    void of_a_personal_text_a_refusal_tells_the_length_and_no_more() {
        assertBreaksSilently(Rule.TEXT_TOO_LONG, "王小明王小明",
                () -> Texts.personal("王小明王小明", n -> Texts.line(n, 3)));
        assertThat(Texts.<String>personal("王小明", n -> Texts.line(n, 3))).isEqualTo("王小明");
    }

    @Test
    void a_refusal_of_another_sort_passes_through_a_personal_text() {
        assertThatThrownBy(() -> Texts.personal("王小明", n -> {
            throw new Refused(new Refusal.LearnerUnknown("x"));
        })).isInstanceOf(Refused.class).hasMessage("learner-unknown");
    }

    // ------------------------------------------------------------------ forms

    @Test
    void a_blank_field_is_an_absent_one() {
        assertThat(Forms.<String>optional(null, t -> t)).isNull();
        assertThat(Forms.<String>optional(" \u3000", t -> t)).isNull();
        assertThat(Forms.<String>optional(" a ", t -> t)).isEqualTo("a");
        assertThat(Forms.required(" a ")).isEqualTo("a");
        assertBreaks(Rule.REQUIRED, () -> Forms.required(null));
        assertBreaks(Rule.REQUIRED, () -> Forms.required(" "));
    }

    @Test
    void a_date_is_written_as_iso_8601_writes_it() {
        assertThat(Forms.date("2024-02-29")).isEqualTo(LocalDate.of(2024, 2, 29));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2023-02-29", "2024-6-30", "20240630", "2024/06/30", "30.06.2024",
        "2024-06-30T00:00", "", "heute", "２０２４-06-30", "+12024-06-30", "-0001-01-01"})
    void another_date_is_refused(String text) {
        assertBreaks(Rule.DATE_MALFORMED, () -> Forms.date(text));
    }

    // ------------------------------------------------------------------ reasons

    @Test
    void a_reason_is_one_line_of_at_most_five_hundred_characters() {
        assertThat(new Reason.Clear(" 年检未通过 ").text()).isEqualTo("年检未通过");
        assertBreaks(Rule.TEXT_TOO_LONG, () -> new Reason.Clear("长".repeat(501)));
        assertBreaks(Rule.REQUIRED, () -> new Reason.Clear(" "));
    }
}
