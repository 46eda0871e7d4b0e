package creditbank.api;

import static creditbank.api.Broken.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.value.Rule;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusedTest {

    @Test
    void a_broken_value_read_in_a_field_is_refused_with_the_field() {
        assertThat(refusalOf(() -> Refused.inField("title", () -> {
            throw Rule.REQUIRED.brokenBy("");
        }))).isEqualTo(new ValueInvalid("title", Rule.REQUIRED, ""));
    }

    @Test
    void a_field_that_was_named_already_keeps_its_name() {
        assertThat(refusalOf(() -> Refused.inField("outer", () -> Refused.inField("inner", () -> {
            throw Rule.REQUIRED.brokenBy("");
        }))).field()).isEqualTo("inner");
    }

    @Test
    void a_refusal_of_another_sort_passes_through_a_field() {
        assertThatThrownBy(() -> Refused.inField("learner", () -> {
            throw new Refused(new Refusal.LearnerUnknown("x"));
        })).isInstanceOfSatisfying(Refused.class, r ->
                assertThat(r.refusal()).isEqualTo(new Refusal.LearnerUnknown("x")));
    }

    @Test
    void what_can_be_read_in_a_field_is_answered() {
        assertThat(Refused.<Integer>inField("n", () -> 4)).isEqualTo(4);
    }

    @Test
    void a_line_of_a_decision_refuses_only_if_it_holds() {
        assertThatCode(() -> Refused.refuseIf(false, () -> new Refusal.LedgerBusy(1)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Refused.refuseIf(true, () -> new Refusal.LedgerBusy(1)))
                .isInstanceOf(Refused.class).hasMessage("ledger-busy").hasNoCause();
    }

    @Test
    void a_refusal_collects_no_stack_trace() {
        assertThat(new Refused(new Refusal.LedgerBusy(1)).getStackTrace()).isEmpty();
    }

    @Test
    void the_code_of_a_broken_value_is_the_code_of_its_rule() {
        assertThat(new ValueInvalid("a", Rule.AMOUNT_TOO_MANY_DECIMALS, "1.234").code())
                .isEqualTo("amount-too-many-decimals");
    }

    @Test
    void every_rule_has_a_code_of_lower_case_words() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::code))
                .allMatch(c -> c.matches("[a-z]+(-[a-z]+)*")).doesNotHaveDuplicates();
    }
}
