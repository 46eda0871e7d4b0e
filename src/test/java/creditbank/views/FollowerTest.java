package creditbank.views;

import static creditbank.views.Tally.COUNTS;
import static creditbank.views.Tally.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.projections.View;
import creditbank.projections.Documents;
import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.ledger.Drafts;
import creditbank.ledger.Ledger;
import creditbank.ledger.MemoryLedgerStore;
import creditbank.ledger.Outcome;
import creditbank.projections.Projection;
import creditbank.views.memory.MemoryViews;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class FollowerTest {

    private static final Projection TALLY = new Tally(1);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Ledger ledger = new Ledger(
            new MemoryLedgerStore(new MemoryLedgerStore.Disk()), () -> Instant.EPOCH);
    private final MemoryViews keeper = new MemoryViews();
    private final Follower follower = new Follower(ledger, keeper, List.of(TALLY));

    @AfterEach
    void closed() {
        follower.close();
        ledger.close();
    }

    private long append(String id, String name) {
        String command = id + name;
        long sequence = ledger.reader().lastSequence(id) + 1;
        Outcome outcome = ledger.append(Drafts.commit(
                command, Drafts.draft(command, id, sequence, registered(id, name))));
        assertThat(outcome).isInstanceOf(Outcome.Appended.class);
        return ledger.reader().size() - 1;
    }

    @Test
    void two_rebuilds_at_once_take_turns() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            append("aa", "n" + i);
        }
        follower.catchUp(_ -> { });
        Thread one = Thread.ofPlatform().start(() -> follower.rebuild(TALLY, _ -> { }));
        Thread two = Thread.ofPlatform().start(() -> follower.rebuild(TALLY, _ -> { }));
        one.join();
        two.join();
        assertThat(keeper.views().get(COUNTS, "aa"))
                .isEqualTo(new Tally.Count("aa", "n4999", 5_000, true));
    }

    @Test
    void a_caller_that_waits_for_its_write_sees_it() {
        follower.start();
        for (int i = 0; i < 200; i++) {
            follower.await(append("aa", "n" + i), LONG);
            assertThat(keeper.views().get(COUNTS, "aa"))
                    .isEqualTo(new Tally.Count("aa", "n" + i, i + 1, true));
        }
    }

    /** Notes what it folds. */
    private record Noting(String name, boolean isPrompt, List<String> notes)
            implements Projection {

        @Override
        public int version() {
            return 1;
        }

        @Override
        public List<View<?>> views() {
            return List.of();
        }

        @Override
        public void fold(Recorded entry, Documents documents) {
            notes.add(name + " " + entry.position());
        }
    }

    @Test
    void a_projection_that_is_not_prompt_follows_when_the_others_have_caught_up() {
        List<String> notes = new ArrayList<>();
        append("aa", "one");
        append("aa", "two");
        try (Follower both = new Follower(ledger, new MemoryViews(), List.of(
                new Noting("patient", false, notes), new Noting("prompt", true, notes)))) {
            both.catchUp(_ -> { });
            assertThat(notes).containsExactly("prompt 0", "prompt 1", "patient 0", "patient 1");

            both.start();
            both.awaitAll(append("aa", "three"), LONG);
            assertThat(notes).endsWith("prompt 2", "patient 2");
            assertThat(both.reachedByAll()).isEqualTo(3);
        }
    }

    @Test
    void a_position_beyond_the_end_is_refused_at_once() {
        append("aa", "x");
        follower.catchUp(_ -> { });
        assertThatThrownBy(() -> follower.await(1, Duration.ofDays(1)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal())
                        .isEqualTo(new Refusal.ViewsBehind(1, 0)));
        follower.await(0, Duration.ZERO);
    }

    @Test
    void views_that_do_not_get_there_in_time_are_refused_with_where_they_stand() {
        append("aa", "x");
        follower.catchUp(_ -> { });
        append("bb", "x");
        assertThatThrownBy(() -> follower.await(1, Duration.ofMillis(10)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal())
                        .isEqualTo(new Refusal.ViewsBehind(1, 0)));
    }

    @Test
    void an_entry_that_cannot_be_folded_is_never_skipped_and_the_follower_says_so() {
        append("aa", "x");
        follower.start();
        follower.await(0, LONG);
        assertThat(follower.failure()).isNull();
        append("bb", Tally.INDIGESTIBLE);
        long behind = append("cc", "y");
        while (follower.failure() == null) {
            Thread.onSpinWait();
        }
        assertThat(follower.failure()).hasMessage("cannot fold 1");
        assertThat(follower.reached()).isEqualTo(1);
        assertThat(keeper.views().get(COUNTS, "cc")).isNull();
        assertThatThrownBy(() -> follower.await(behind, Duration.ofMillis(10)))
                .isInstanceOf(Refused.class);
    }

    @Test
    void catching_up_stops_at_an_entry_that_cannot_be_folded() {
        append("aa", "x");
        append("bb", Tally.INDIGESTIBLE);
        assertThatThrownBy(() -> follower.catchUp(_ -> { })).hasMessage("cannot fold 1");
        assertThatThrownBy(() -> follower.catchUp(_ -> { })).hasMessage("cannot fold 1");
    }

    @Test
    void views_that_have_folded_more_than_the_ledger_holds_are_refused() {
        keeper.fold(List.of(TALLY), List.of(Tally.entry(0, registered("aa", "x"))));
        assertThatThrownBy(() -> new Follower(ledger, keeper, List.of(TALLY)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("have folded 1 entries, but the ledger holds 0");
    }

    @Test
    void views_of_another_ledger_are_refused_though_they_are_no_longer_than_this_one() {
        append("aa", "x");
        append("bb", "x");
        for (int folded = 1; folded <= 2; folded++) {
            MemoryViews others = new MemoryViews();
            for (int i = 0; i < folded; i++) {
                others.fold(List.of(TALLY), List.of(Tally.entry(i, registered("cc", "x"))));
            }
            String last = "id-" + (folded - 1);
            assertThatThrownBy(() -> new Follower(ledger, others, List.of(TALLY)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("The views are of another ledger")
                    .hasMessageContaining(last).hasMessageContaining("delete views.db");
        }
    }

    @Test
    void views_of_this_ledger_are_taken_up_where_they_stand() {
        append("aa", "x");
        follower.catchUp(_ -> { });
        append("bb", "x");
        new Follower(ledger, keeper, List.of(TALLY)).catchUp(_ -> { });
        assertThat(keeper.reached(TALLY)).isEqualTo(2);
    }

    @Test
    void a_follower_closes_while_it_waits_for_entries() {
        follower.start();
        follower.await(append("aa", "x"), LONG);
        follower.close();
        append("bb", "x");
        assertThat(follower.reached()).isEqualTo(1);
    }
}
