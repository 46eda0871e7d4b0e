package creditbank.enactment;

import static creditbank.enactment.Texts.head;
import static creditbank.enactment.Texts.text;
import static creditbank.enactment.Texts.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Fixtures;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.rulebook.Mistake;
import creditbank.api.rulebook.RulebookCommand;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.rulebook.RulebookCommand.ProposeRulebook;
import creditbank.api.rulebook.RulebookCommand.SupersedeRulebook;
import creditbank.api.rulebook.RulebookCommand.WithdrawRulebook;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.rulebook.RulebookEvent.RulebookApproved;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.api.rulebook.RulebookEvent.RulebookSuperseded;
import creditbank.api.rulebook.RulebookEvent.RulebookWithdrawn;
import creditbank.api.value.Reason;
import creditbank.rulebook.Enactment;
import creditbank.rulebook.RulebookReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Today is 2026-06-15. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EnactmentDecisionsTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-06-15T04:00:00Z"), ZoneOffset.UTC);
    private static final Reason REASON = new Reason.Clear("规则修订");
    private static final String ONE = "user/registrar";
    private static final String OTHER = "user/approver";

    private static final RulebookEvent PROPOSED = proposed(1, "2020-01-01", null);
    private static final RulebookEvent APPROVED = new RulebookApproved(version(1), OTHER);
    private static final RulebookEvent WITHDRAWN = new RulebookWithdrawn(version(1), null);

    private static RulebookEvent proposed(int version, String from, @Nullable String until) {
        return new RulebookProposed(
                version(version), head(from, until), ONE, text(version, from, until));
    }

    private static ProposeRulebook propose(int version, String text) {
        return new ProposeRulebook(version(version), text, ONE);
    }

    private static SupersedeRulebook supersede(int old, int by) {
        return new SupersedeRulebook(version(old), by, OTHER, REASON);
    }

    private static WithdrawRulebook withdraw(@Nullable String until) {
        return new WithdrawRulebook(
                version(1), until == null ? null : LocalDate.parse(until), REASON);
    }

    // ------------------------------------------------------------------ propose

    @Test
    void a_proposal_keeps_the_text_as_it_was_sent_and_what_the_bank_read_in_its_head() {
        String text = text(1, "2020-01-01", "2029-12-31") + "\n# 注\n\n";
        when(given(), propose(1, text)).expectEvents(new RulebookProposed(
                version(1), head("2020-01-01", "2029-12-31"), ONE, text));
    }

    @Test
    void a_text_with_mistakes_is_refused_with_all_of_them() {
        String bad = text(1, "2020-01-01", null)
                .replace("unit: CN", "unit: XX").replace("awards", "awrds");
        List<Mistake> all = switch (RulebookReader.read(bad)) {
            case RulebookReader.Reading.Unreadable(List<Mistake> mistakes) -> mistakes;
            case RulebookReader.Reading.Read read -> throw new AssertionError(read);
        };
        assertThat(all).extracting(Mistake::kind).contains(
                Mistake.Kind.NOT_A_CHOICE, Mistake.Kind.FIELD_UNKNOWN, Mistake.Kind.NOTHING_DONE);
        refused(when(given(), propose(1, bad)), new Refusal.RulebookInvalid(all));
    }

    @Test
    void a_text_that_says_it_is_another_version_is_refused() {
        refused(when(given(), propose(2, text(1, "2020-01-01", null))),
                new Refusal.RulebookIsAnother(version(2), version(1)));
    }

    @Test
    void a_number_is_proposed_once_and_anew_only_after_its_proposal_was_taken_back() {
        refused(when(given(PROPOSED), propose(1, text(1, "2021-01-01", null))),
                new Refusal.RulebookAlreadyProposed(version(1)));
        when(given(PROPOSED, WITHDRAWN), propose(1, text(1, "2021-01-01", null)))
                .expectEvents(proposed(1, "2021-01-01", null));
    }

    @Test
    void the_number_of_an_approved_version_is_never_given_again_though_it_was_ended() {
        refused(when(given(PROPOSED, APPROVED), propose(1, text(1, "2021-01-01", null))),
                new Refusal.RulebookAlreadyApproved(version(1)));
        refused(when(given(PROPOSED, APPROVED,
                        new RulebookWithdrawn(version(1), LocalDate.parse("2026-06-15"))),
                propose(1, text(1, "2027-01-01", null))),
                new Refusal.RulebookAlreadyApproved(version(1)));
    }

    @Test
    void a_text_has_at_most_200_000_characters_and_is_not_read_before_that_is_known() {
        String head = text(1, "2020-01-01", null);
        String most = head + "#" + "字".repeat(200_000 - head.length() - 1);
        when(given(), propose(1, most)).expectEvents(
                new RulebookProposed(version(1), head("2020-01-01", null), ONE, most));
        assertThatThrownBy(() -> propose(1, most + "字"))
                .isInstanceOf(Refused.class).hasMessage("text-too-long");
        assertThatThrownBy(() -> RulebookForm.of((most + "字").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Refused.class).hasMessage("text-too-long");
        assertThatThrownBy(() -> RulebookForm.of(new byte[RulebookForm.MOST_BYTES + 1]))
                .isInstanceOf(Refused.class).hasMessage("text-too-long");
    }

    @Test
    void bytes_that_are_no_utf_8_are_refused_and_never_mended() {
        assertThatThrownBy(() -> RulebookForm.of(new byte[] {'a', (byte) 0xb5, (byte) 0xa4}))
                .isInstanceOf(Refused.class).hasMessage("text-not-unicode");
    }

    // ------------------------------------------------------------------ approve

    @Test
    void another_registrar_than_the_proposer_approves() {
        when(given(PROPOSED), new ApproveRulebook(version(1), OTHER)).expectEvents(APPROVED);
        refused(when(given(PROPOSED), new ApproveRulebook(version(1), ONE)),
                new Refusal.RulebookApprovedByProposer(version(1)));
    }

    @Test
    void what_is_not_proposed_is_not_approved() {
        refused(when(given(), new ApproveRulebook(version(1), OTHER)),
                new Refusal.RulebookUnknown(version(1)));
        refused(when(given(PROPOSED), new ApproveRulebook(version(2), OTHER)),
                new Refusal.RulebookUnknown(version(2)));
        refused(when(given(PROPOSED, WITHDRAWN), new ApproveRulebook(version(1), OTHER)),
                new Refusal.RulebookWithdrawn(version(1)));
        refused(when(given(PROPOSED, APPROVED), new ApproveRulebook(version(1), OTHER)),
                new Refusal.RulebookAlreadyApproved(version(1)));
    }

    @Test
    void a_version_that_overlaps_one_in_force_is_refused_and_the_other_named() {
        refused(when(given(proposed(1, "2020-01-01", "2026-12-31"), APPROVED,
                        proposed(2, "2026-12-31", null)),
                new ApproveRulebook(version(2), OTHER)),
                new Refusal.RulebookOverlaps(version(2), version(1),
                        LocalDate.parse("2020-01-01"), LocalDate.parse("2026-12-31")));
        when(given(proposed(1, "2020-01-01", "2026-12-31"), APPROVED,
                        proposed(2, "2027-01-01", null)),
                new ApproveRulebook(version(2), OTHER))
                .expectEvents(new RulebookApproved(version(2), OTHER));
    }

    // ------------------------------------------------------------------ supersede

    @Test
    void superseding_ends_the_old_version_on_the_day_before_and_approves_the_new_one() {
        when(given(PROPOSED, APPROVED, proposed(2, "2026-06-16", null)), supersede(1, 2))
                .expectEvents(
                        new RulebookSuperseded(version(1), 2, LocalDate.parse("2026-06-15")),
                        new RulebookApproved(version(2), OTHER));
    }

    @Test
    void superseding_takes_two_as_well() {
        refused(when(given(PROPOSED, APPROVED, proposed(2, "2026-07-01", null)),
                new SupersedeRulebook(version(1), 2, ONE, REASON)),
                new Refusal.RulebookApprovedByProposer(version(2)));
    }

    @Test
    void a_day_that_has_come_keeps_its_rules() {
        refused(when(given(PROPOSED, APPROVED, proposed(2, "2026-06-15", null)), supersede(1, 2)),
                new Refusal.RulebookDayPassed(version(1), LocalDate.parse("2026-06-14"),
                        LocalDate.parse("2026-06-15")));
        refused(when(given(PROPOSED, APPROVED), withdraw("2026-06-14")),
                new Refusal.RulebookDayPassed(version(1), LocalDate.parse("2026-06-14"),
                        LocalDate.parse("2026-06-15")));
    }

    @Test
    void a_version_supersedes_only_one_within_whose_days_it_begins() {
        refused(when(given(proposed(1, "2020-01-01", "2026-12-31"), APPROVED,
                        proposed(2, "2027-01-01", null)), supersede(1, 2)),
                new Refusal.RulebookDoesNotFollow(
                        version(2), version(1), LocalDate.parse("2027-01-01")));
        refused(when(given(proposed(1, "2027-01-01", null), APPROVED,
                        proposed(2, "2027-01-01", null)), supersede(1, 2)),
                new Refusal.RulebookDoesNotFollow(
                        version(2), version(1), LocalDate.parse("2027-01-01")));
    }

    @Test
    void a_version_that_also_overlaps_a_third_one_does_not_supersede() {
        refused(when(given(proposed(1, "2020-01-01", "2026-12-31"), APPROVED,
                        proposed(3, "2027-01-01", null), new RulebookApproved(version(3), OTHER),
                        proposed(2, "2026-09-01", null)), supersede(1, 2)),
                new Refusal.RulebookOverlaps(version(2), version(3),
                        LocalDate.parse("2027-01-01"), null));
    }

    @Test
    void only_an_approved_version_is_superseded_and_only_by_a_proposed_one() {
        refused(when(given(PROPOSED, proposed(2, "2027-01-01", null)), supersede(1, 2)),
                new Refusal.RulebookNotApproved(version(1)));
        refused(when(given(PROPOSED, APPROVED), supersede(1, 2)),
                new Refusal.RulebookUnknown(version(2)));
        refused(when(given(PROPOSED, APPROVED), supersede(1, 1)),
                new Refusal.RulebookAlreadyApproved(version(1)));
        refused(when(given(), supersede(1, 2)), new Refusal.RulebookUnknown(version(1)));
    }

    // ------------------------------------------------------------------ withdraw

    @Test
    void a_proposal_is_taken_back() {
        when(given(PROPOSED), withdraw(null)).expectEvents(WITHDRAWN);
        refused(when(given(PROPOSED, WITHDRAWN), withdraw(null)),
                new Refusal.RulebookWithdrawn(version(1)));
        refused(when(given(), withdraw(null)), new Refusal.RulebookUnknown(version(1)));
    }

    @Test
    void a_version_in_force_ends_today_at_the_earliest() {
        when(given(PROPOSED, APPROVED), withdraw("2026-06-15")).expectEvents(
                new RulebookWithdrawn(version(1), LocalDate.parse("2026-06-15")));
    }

    @Test
    void a_version_that_has_not_begun_can_be_ended_before_it_does() {
        when(given(proposed(1, "2027-01-01", null), APPROVED,
                        new RulebookWithdrawn(version(1), LocalDate.parse("2026-06-30")),
                        proposed(2, "2027-01-01", null)),
                new ApproveRulebook(version(2), OTHER))
                .expectEvents(new RulebookApproved(version(2), OTHER));
    }

    /** Somebody who means to take a proposal back must not end what was approved meanwhile. */
    @Test
    void an_approved_version_ends_only_with_a_last_day_and_a_proposal_only_without() {
        refused(when(given(PROPOSED, APPROVED), withdraw(null)),
                new Refusal.RulebookAlreadyApproved(version(1)));
        refused(when(given(PROPOSED), withdraw("2026-12-31")),
                new Refusal.RulebookNotApproved(version(1)));
    }

    @Test
    void an_end_is_brought_forward_and_never_put_off() {
        RulebookEvent ended =
                new RulebookWithdrawn(version(1), LocalDate.parse("2026-12-31"));
        when(given(PROPOSED, APPROVED, ended), withdraw("2026-12-30")).expectEvents(
                new RulebookWithdrawn(version(1), LocalDate.parse("2026-12-30")));
        for (String later : List.of("2026-12-31", "2027-01-01")) {
            refused(when(given(PROPOSED, APPROVED, ended), withdraw(later)),
                    new Refusal.RulebookEndsSooner(version(1), LocalDate.parse("2026-12-31")));
        }
    }

    // ------------------------------------------------------------------ what cannot follow

    @Test
    void a_fold_does_not_take_what_cannot_have_been_decided() {
        RulebookEvent next = proposed(2, "2026-01-01", null);
        for (List<RulebookEvent> impossible : List.of(
                List.of(APPROVED), List.of(WITHDRAWN), List.of(PROPOSED, PROPOSED),
                List.of(PROPOSED, new RulebookApproved(version(1), ONE)),
                List.of(PROPOSED, APPROVED, WITHDRAWN), List.of(PROPOSED, APPROVED, APPROVED),
                List.of(PROPOSED, new RulebookWithdrawn(version(1), LocalDate.EPOCH)),
                List.of(PROPOSED, new RulebookSuperseded(version(1), 2, LocalDate.EPOCH)),
                List.of(PROPOSED, APPROVED, next, new RulebookApproved(version(2), OTHER)))) {
            assertThatThrownBy(() -> fold(impossible)).as("" + impossible)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot follow");
        }
        assertThat(fold(List.of(PROPOSED, APPROVED)).get(version(1)))
                .isEqualTo(new Enactment.Version.Approved(Texts.days("2020-01-01", null)));
    }

    private static Enactment.Versions fold(List<RulebookEvent> events) {
        Enactment.Versions versions = Enactment.NONE;
        for (RulebookEvent event : events) {
            versions = Enactment.evolve(versions, event);
        }
        return versions;
    }

    private static List<RulebookEvent> given(RulebookEvent... events) {
        return List.of(events);
    }

    private static ResultValidator<RulebookAggregate> when(
            List<RulebookEvent> given, RulebookCommand command) {
        return Fixtures.when(RulebookAggregate.class, given, command, CLOCK);
    }

    private static void refused(ResultValidator<?> result, Refusal refusal) {
        Fixtures.refused(result, refusal);
    }
}
