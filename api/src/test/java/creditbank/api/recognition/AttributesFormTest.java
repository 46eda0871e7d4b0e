package creditbank.api.recognition;

import static creditbank.api.Broken.assertBreaks;
import static creditbank.api.Broken.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import creditbank.api.value.Rule;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What arrives under names that nobody listed in advance. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AttributesFormTest {

    private static @Nullable Value value(@Nullable Object form) {
        return AttributesForm.read("attributes", Collections.singletonMap("a", form)).get("a");
    }

    // ------------------------------------------------------------------ what it is

    @Test
    void what_json_tells_apart_stays_apart() {
        assertThat(value("other")).isEqualTo(new Value.Text("other"));
        assertThat(value(3)).isEqualTo(new Value.Number(300));
        assertThat(value(-4.25)).isEqualTo(new Value.Number(-425));
        assertThat(value(true)).isEqualTo(new Value.Flag(true));
        assertThat(value(List.of("core", "PE"))).isEqualTo(new Value.Words(List.of("core", "PE")));
        assertThat(value(Map.of("day", "2024-06-30")))
                .isEqualTo(new Value.Day(LocalDate.of(2024, 6, 30)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.00", "00012", "2024-06-30", "true"})
    void a_text_is_a_text_whatever_it_looks_like(String text) {
        assertThat(value(text)).isEqualTo(new Value.Text(text));
    }

    @Test
    void what_the_bank_answers_can_be_sent_back() {
        assertThat(value(Map.of("text", "3.00"))).isEqualTo(new Value.Text("3.00"));
        assertThat(value(Map.of("number", "3.00"))).isEqualTo(new Value.Number(300));
        assertThat(value(Map.of("flag", false))).isEqualTo(new Value.Flag(false));
        assertThat(value(Map.of("words", List.of("a")))).isEqualTo(new Value.Words(List.of("a")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.1", "99999.99", "10000000.5", "999999999.99", "-10000000.25"})
    void a_number_of_json_is_the_one_that_was_written(String written) {
        assertThat(value(Double.valueOf(written))).isEqualTo(Value.Number.parse(written));
    }

    @Test
    void they_keep_their_order_and_may_be_left_out() {
        Map<String, @Nullable Object> form = new LinkedHashMap<>();
        form.put("years", 3);
        form.put("major-kind", "other");
        assertThat(AttributesForm.read("attributes", form).values()).containsExactly(
                entry("years", new Value.Number(300)),
                entry("major-kind", new Value.Text("other")));
        assertThat(AttributesForm.read("attributes", null)).isEqualTo(Attributes.NONE);
    }

    // ------------------------------------------------------------------ refusals

    @Test
    void a_name_is_one_that_rulebooks_can_write() {
        var refusal = refusalOf(() -> AttributesForm.read("attributes", Map.of("majorKind", "x")));
        assertThat(refusal.rule()).isEqualTo(Rule.ATTRIBUTE_NAME_MALFORMED);
        assertThat(refusal.field()).isEqualTo("attributes");
        assertThat(refusal.found()).isEqualTo("majorKind");
        assertBreaks(Rule.ATTRIBUTE_NAME_MALFORMED, () -> Attributes.NONE.with("a b", "x"));
    }

    @Test
    void a_refusal_names_the_attribute() {
        assertThat(refusalOf(() -> value(3.005)).field()).isEqualTo("attributes.a");
    }

    @Test
    void nothing_and_blank_text_are_no_values() {
        assertBreaks(Rule.REQUIRED, () -> value(null));
        assertBreaks(Rule.REQUIRED, () -> value(" "));
    }

    @Test
    void a_number_has_at_most_two_decimals_and_an_end() {
        assertBreaks(Rule.NUMBER_MALFORMED, () -> value(3.005));
        assertBreaks(Rule.NUMBER_MALFORMED, () -> value(1e300));
        assertBreaks(Rule.NUMBER_MALFORMED, () -> value(Double.POSITIVE_INFINITY));
        assertBreaks(Rule.NUMBER_MALFORMED, () -> value(Map.of("number", "many")));
    }

    @Test
    void a_day_is_one_that_there_is() {
        assertBreaks(Rule.DATE_MALFORMED, () -> value(Map.of("day", "2024-06-31")));
    }

    @Test
    void what_has_no_type_is_refused() {
        assertBreaks(Rule.ATTRIBUTE_MALFORMED, () -> value(Map.of()));
        assertBreaks(Rule.ATTRIBUTE_MALFORMED, () -> value(Map.of("hour", "12")));
        assertBreaks(Rule.ATTRIBUTE_MALFORMED, () -> value(Map.of("day", 3)));
        assertBreaks(Rule.ATTRIBUTE_MALFORMED, () -> value(Map.of("number", 3)));
        assertBreaks(Rule.ATTRIBUTE_MALFORMED,
                () -> value(Map.of("day", "2024-06-30", "text", "x")));
        assertBreaks(Rule.ATTRIBUTE_MALFORMED, () -> value(List.of("a", 1)));
        assertBreaks(Rule.ATTRIBUTE_MALFORMED, () -> value(Arrays.asList("a", null)));
        assertBreaks(Rule.ATTRIBUTE_MALFORMED, () -> value(List.of(List.of("a"))));
    }

    @Test
    void there_is_a_limit_on_names_words_and_letters() {
        Map<String, @Nullable Object> form = new HashMap<>();
        IntStream.rangeClosed(0, Attributes.MOST).forEach(n -> form.put("a" + n, n));
        var refusal = refusalOf(() -> AttributesForm.read("attributes", form));
        assertThat(refusal.rule()).isEqualTo(Rule.LIST_TOO_LONG);
        assertThat(refusal.field()).isEqualTo("attributes");
        assertBreaks(Rule.LIST_TOO_LONG,
                () -> value(Collections.nCopies(Value.MOST_WORDS + 1, "a")));
        assertBreaks(Rule.TEXT_TOO_LONG, () -> value("字".repeat(Value.LONGEST_TEXT + 1)));
    }
}
