package creditbank.ledger;

import static creditbank.ledger.Drafts.claim;
import static creditbank.ledger.Drafts.claiming;
import static creditbank.ledger.Drafts.commit;
import static creditbank.ledger.Drafts.draft;
import static creditbank.ledger.Drafts.named;
import static creditbank.ledger.Drafts.one;
import static creditbank.ledger.Drafts.releasing;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Outcome.Appended;
import creditbank.ledger.Outcome.ClaimNotHeld;
import creditbank.ledger.Outcome.ClaimTaken;
import creditbank.ledger.Outcome.CommandKnown;
import creditbank.ledger.Outcome.StreamMoved;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * What every ledger store owes the bank. A store subclasses this and passes all of it; nothing here
 * is skipped for any of them.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class LedgerStoreContract {

    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00.123456Z");

    private LedgerStore store = new MemoryLedgerStore(new MemoryLedgerStore.Disk());

    /** Opens the store on what the last opened one of this test has left. */
    protected abstract LedgerStore open();

    @BeforeEach
    void opened() {
        store = open();
    }

    @AfterEach
    void closed() {
        store.close();
    }

    private Outcome append(Commit commit) {
        return store.append(List.of(commit), NOON).getFirst();
    }

    private List<Long> positions() {
        return store.read(0, 10_000).stream().map(Entry::position).toList();
    }

    // ------------------------------------------------------------------ positions

    @Test
    void an_empty_ledger_has_no_entry_and_its_first_position_is_0() {
        assertThat(store.size()).isZero();
        assertThat(store.read(0, 10)).isEmpty();
        assertThat(store.lastSequence("a")).isEqualTo(-1);
        assertThat(append(one("c", "a", 0))).isEqualTo(new Appended(0));
        assertThat(store.size()).isEqualTo(1);
    }

    @Test
    void positions_follow_each_other_without_holes_also_behind_commits_that_failed() {
        store.append(List.of(one("1", "a", 0), one("2", "a", 0), one("3", "b", 0),
                one("3", "b", 1), one("4", "a", 1)), NOON);
        append(one("5", "a", 1));
        append(one("6", "a", 2));
        assertThat(positions()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(store.size()).isEqualTo(4);
    }

    @Test
    void each_commit_of_a_batch_is_answered_in_its_place() {
        assertThat(store.append(List.of(one("1", "a", 0), one("2", "a", 0), one("1", "c", 0),
                one("3", "b", 0)), NOON)).containsExactly(new Appended(0),
                new StreamMoved("a"), new CommandKnown(0), new Appended(1));
    }

    @Test
    void an_empty_batch_changes_nothing() {
        assertThat(store.append(List.of(), NOON)).isEmpty();
        assertThat(store.size()).isZero();
    }

    // ------------------------------------------------------------------ all or nothing

    @Test
    void all_entries_of_a_commit_stand_side_by_side_in_their_order_over_several_streams() {
        append(one("0", "z", 0));
        assertThat(append(commit("1", draft("1", "a", 0), draft("1", "b", 0),
                draft("1", "a", 1)))).isEqualTo(new Appended(1));
        assertThat(store.read(1, 10)).extracting(e -> e.stream() + e.sequence())
                .containsExactly("a0", "b0", "a1");
    }

    @Test
    void a_commit_that_conflicts_in_its_last_entry_leaves_nothing_of_its_first() {
        append(one("0", "b", 0));
        assertThat(append(commit("1", claiming(draft("1", "a", 0), claim(1)),
                draft("1", "b", 0)))).isEqualTo(new StreamMoved("b"));
        assertThat(store.size()).isEqualTo(1);
        assertThat(store.lastSequence("a")).isEqualTo(-1);
        assertThat(store.positionOfCommand("1")).isEmpty();
        assertThat(store.positionOfClaim(claim(1).text())).isEmpty();
    }

    @Test
    void a_conflict_fails_its_own_commit_and_not_its_batch() {
        append(one("0", "a", 0));
        assertThat(store.append(List.of(one("1", "b", 0), one("2", "a", 0), one("3", "c", 0)),
                NOON)).containsExactly(new Appended(1), new StreamMoved("a"), new Appended(2));
    }

    @Test
    void a_later_commit_of_a_batch_sees_what_an_earlier_one_has_written() {
        assertThat(store.append(List.of(
                commit("1", claiming(draft("1", "a", 0), claim(1))),
                one("2", "a", 1),
                commit("3", claiming(draft("3", "b", 0), claim(1)))), NOON))
                .containsExactly(new Appended(0), new Appended(1), new ClaimTaken(claim(1), 0));
    }

    // ------------------------------------------------------------------ streams

    @Test
    void a_sequence_that_is_taken_is_refused() {
        append(one("1", "a", 0));
        assertThat(append(one("2", "a", 0))).isEqualTo(new StreamMoved("a"));
    }

    @Test
    void a_sequence_that_would_leave_a_hole_in_its_stream_is_refused() {
        assertThat(append(one("1", "a", 1))).isEqualTo(new StreamMoved("a"));
        append(one("2", "a", 0));
        assertThat(append(one("3", "a", 2))).isEqualTo(new StreamMoved("a"));
        assertThat(append(commit("4", draft("4", "a", 1), draft("4", "a", 3))))
                .isEqualTo(new StreamMoved("a"));
        assertThat(append(one("5", "a", 1))).isEqualTo(new Appended(1));
    }

    @Test
    void a_conditional_write_from_two_threads_leaves_exactly_one_winner() throws Exception {
        for (int round = 0; round < 50; round++) {
            long sequence = round;
            CountDownLatch together = new CountDownLatch(2);
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                List<Future<Outcome>> both = new ArrayList<>();
                for (String each : List.of("left-", "right-")) {
                    Commit commit = one(each + round, "a", sequence);
                    both.add(threads.submit(() -> {
                        together.countDown();
                        together.await();
                        return append(commit);
                    }));
                }
                assertThat(List.of(both.get(0).get(), both.get(1).get()))
                        .containsExactlyInAnyOrder(
                                new Appended(sequence), new StreamMoved("a"));
            }
        }
        assertThat(store.size()).isEqualTo(50);
    }

    @Test
    void a_stream_that_a_decision_looked_at_may_not_have_moved() {
        append(one("0", "institution/x", 0));
        Draft draft = draft("1", "a", 0);
        assertThat(append(new Commit("1", List.of(draft), Map.of("institution/x", -1L))))
                .isEqualTo(new StreamMoved("institution/x"));
        assertThat(append(new Commit("1", List.of(draft), Map.of("institution/x", 1L))))
                .isEqualTo(new StreamMoved("institution/x"));
        assertThat(append(new Commit("1", List.of(draft), Map.of("institution/x", 0L,
                "institution/y", -1L)))).isEqualTo(new Appended(1));
    }

    @Test
    void a_stream_that_moved_within_the_same_batch_has_moved() {
        assertThat(store.append(List.of(one("0", "x", 0),
                new Commit("1", List.of(draft("1", "a", 0)), Map.of("x", -1L)),
                new Commit("2", List.of(draft("2", "b", 0)), Map.of("x", 0L))), NOON))
                .containsExactly(new Appended(0), new StreamMoved("x"), new Appended(1));
    }

    @Test
    void a_stream_is_read_from_a_sequence_on_and_knows_its_last_one() {
        for (int i = 0; i < 5; i++) {
            append(one("a" + i, "a", i));
            append(one("b" + i, "b", i));
        }
        assertThat(store.readStream("a", 1, 3)).extracting(Entry::sequence)
                .containsExactly(1L, 2L, 3L);
        assertThat(store.readStream("a", 1, 3)).extracting(Entry::position)
                .containsExactly(2L, 4L, 6L);
        assertThat(store.readStream("a", 5, 3)).isEmpty();
        assertThat(store.readStream("nobody", 0, 3)).isEmpty();
        assertThat(store.lastSequence("a")).isEqualTo(4);
    }

    @Test
    void all_entries_are_read_in_order_however_many_pages_they_fill() {
        assertThat(store.read(0)).isEmpty();
        assertThat(store.readStream("a", 0)).isEmpty();
        int pages = 2;
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < pages * LedgerReader.PAGE; i++) {
            commits.add(one("a" + i, "a", i));
            if (i % LedgerReader.PAGE == 0) {
                commits.add(one("b" + i, "b", i / LedgerReader.PAGE));
            }
        }
        store.append(commits, NOON);
        long size = store.size();
        assertThat(store.read(3)).extracting(Entry::position)
                .containsExactlyElementsOf(LongStream.range(3, size).boxed().toList());
        assertThat(store.readStream("a", 1)).extracting(Entry::sequence)
                .containsExactlyElementsOf(
                        LongStream.range(1, pages * LedgerReader.PAGE).boxed().toList());
        assertThat(store.readStream("a", 0)).hasSize(pages * LedgerReader.PAGE);
        assertThat(store.readStream("b", 0)).extracting(Entry::sequence)
                .containsExactly(0L, 1L);
        assertThat(store.read(size)).isEmpty();
    }

    @Test
    void names_of_streams_are_told_by_how_they_begin_in_order_and_by_pages() {
        store.append(List.of(one("1", "rulebook/b", 0), one("2", "learner/A", 0),
                one("3", "rulebook/a", 0), one("4", "rulebook/b", 1), one("5", "rulebook/c", 0),
                one("6", "rulebooks", 0)), NOON);
        assertThat(store.streams("rulebook/"))
                .containsExactly("rulebook/a", "rulebook/b", "rulebook/c");
        assertThat(store.streams("rulebook/", "", 2))
                .containsExactly("rulebook/a", "rulebook/b");
        assertThat(store.streams("rulebook/", "rulebook/b", 2)).containsExactly("rulebook/c");
        assertThat(store.streams("programme/")).isEmpty();
    }

    @Test
    void streams_whose_names_begin_alike_are_different_streams() {
        append(one("1", "learner/A", 0));
        append(one("2", "learner/AB", 0));
        append(one("3", "learner/a", 0));
        assertThat(store.readStream("learner/A", 0, 9)).extracting(Entry::position)
                .containsExactly(0L);
    }

    // ------------------------------------------------------------------ commands

    @Test
    void a_command_that_stands_is_answered_with_the_position_of_its_first_entry() {
        append(one("0", "z", 0));
        append(commit("1", draft("1", "a", 0), draft("1", "a", 1)));
        assertThat(append(one("1", "a", 2))).isEqualTo(new CommandKnown(1));
        assertThat(store.positionOfCommand("1")).hasValue(1);
        assertThat(store.positionOfCommand("2")).isEmpty();
        assertThat(store.size()).isEqualTo(3);
    }

    @Test
    void a_command_that_failed_may_be_sent_again() {
        append(one("0", "a", 0));
        append(one("1", "a", 0));
        assertThat(append(one("1", "a", 1))).isEqualTo(new Appended(1));
    }

    @Test
    void a_command_sent_twice_in_one_batch_stands_once() {
        assertThat(store.append(List.of(one("1", "a", 0), one("1", "b", 0)), NOON))
                .containsExactly(new Appended(0), new CommandKnown(0));
    }

    // ------------------------------------------------------------------ claims

    @Test
    void a_claim_is_taken_once_and_says_where_it_stands() {
        append(one("0", "z", 0));
        append(commit("1", claiming(draft("1", "a", 0), claim(1), claim(2))));
        assertThat(append(commit("2", claiming(draft("2", "b", 0), claim(3), claim(2)))))
                .isEqualTo(new ClaimTaken(claim(2), 1));
        assertThat(store.positionOfClaim(claim(2).text())).hasValue(1);
        assertThat(store.positionOfClaim(claim(3).text())).isEmpty();
    }

    @Test
    void a_claim_that_a_later_entry_releases_is_free_again() {
        append(commit("1", claiming(draft("1", "a", 0), claim(1))));
        append(commit("2", releasing(draft("2", "a", 1), claim(1))));
        assertThat(store.positionOfClaim(claim(1).text())).isEmpty();
        assertThat(append(commit("3", claiming(draft("3", "b", 0), claim(1)))))
                .isEqualTo(new Appended(2));
        assertThat(store.positionOfClaim(claim(1).text())).hasValue(2);
    }

    @Test
    void a_claim_is_taken_released_and_taken_again_within_one_batch() {
        assertThat(store.append(List.of(
                commit("1", claiming(draft("1", "a", 0), claim(1))),
                commit("2", releasing(draft("2", "a", 1), claim(1))),
                commit("3", claiming(draft("3", "b", 0), claim(1)))), NOON))
                .containsExactly(new Appended(0), new Appended(1), new Appended(2));
        assertThat(store.positionOfClaim(claim(1).text())).hasValue(2);
    }

    @Test
    void one_entry_may_release_a_claim_and_take_it_anew() {
        append(commit("1", claiming(draft("1", "a", 0), claim(1))));
        assertThat(append(commit("2", claiming(
                releasing(draft("2", "a", 1), claim(1)), claim(1))))).isEqualTo(new Appended(1));
        assertThat(store.positionOfClaim(claim(1).text())).hasValue(1);
    }

    @Test
    void a_claim_conflict_in_a_commit_of_several_entries_leaves_nothing_of_it() {
        append(commit("1", claiming(draft("1", "a", 0), claim(1))));
        append(commit("2", claiming(draft("2", "b", 0), claim(2))));
        assertThat(append(commit("3", releasing(draft("3", "a", 1), claim(1)),
                claiming(draft("3", "c", 0), claim(3)),
                claiming(draft("3", "d", 0), claim(2))))).isEqualTo(new ClaimTaken(claim(2), 1));
        assertThat(store.size()).isEqualTo(2);
        assertThat(store.positionOfCommand("3")).isEmpty();
        assertThat(store.positionOfClaim(claim(1).text())).hasValue(0);
        assertThat(store.positionOfClaim(claim(3).text())).isEmpty();
        assertThat(store.lastSequence("a")).isZero();
    }

    @Test
    void releasing_a_claim_that_nobody_holds_fails_its_own_commit_alone() {
        assertThat(store.append(List.of(one("1", "a", 0),
                commit("2", releasing(draft("2", "b", 0), claim(1))), one("3", "c", 0)), NOON))
                .containsExactly(
                        new Appended(0), new ClaimNotHeld(claim(1)), new Appended(1));
        assertThat(store.positionOfCommand("2")).isEmpty();
    }

    // ------------------------------------------------------------------ time

    @Test
    void the_time_of_an_entry_is_the_time_of_its_batch_in_microseconds() {
        store.append(List.of(one("1", "a", 0), one("2", "a", 1)), NOON.plusNanos(789));
        assertThat(store.read(0, 2)).extracting(e -> EntryFormat.recordedAt(e.bytes()))
                .containsExactly(NOON, NOON);
    }

    @Test
    void the_time_never_goes_back_even_if_the_clock_does() {
        store.append(List.of(one("1", "a", 0)), NOON);
        store.append(List.of(one("2", "a", 1)), NOON.minusSeconds(3_600));
        store.close();
        store = open();
        store.append(List.of(one("3", "a", 2)), NOON.minusSeconds(7_200));
        store.append(List.of(one("4", "a", 3)), NOON.plusSeconds(1));
        assertThat(store.read(0, 4)).extracting(e -> EntryFormat.recordedAt(e.bytes()))
                .containsExactly(NOON, NOON, NOON, NOON.plusSeconds(1));
    }

    // ------------------------------------------------------------------ bytes

    @Test
    void the_bytes_that_are_read_are_the_bytes_that_were_written() {
        Draft draft = named("1", "institution/x", 0, "丹东职业学院 Ωμέγα 🎓 \" \\");
        append(commit("1", draft));
        byte[] expected = draft.bytes().clone();
        EntryFormat.setTime(expected, EntryFormat.time(NOON));
        assertThat(store.read(0, 1).getFirst().bytes()).isEqualTo(expected);
        assertThat(store.readStream("institution/x", 0, 1).getFirst().bytes())
                .isEqualTo(expected);
        assertThat(new String(expected, StandardCharsets.UTF_8)).contains("丹东职业学院", "🎓");
    }

    @Test
    void an_entry_of_a_megabyte_is_kept_like_any_other() {
        String long1 = "学分".repeat(180_000);
        Draft draft = named("1", "institution/x", 0, long1);
        assertThat(draft.bytes().length).isGreaterThan(1_000_000);
        append(commit("1", draft));
        append(one("2", "a", 0));
        byte[] expected = draft.bytes().clone();
        EntryFormat.setTime(expected, EntryFormat.time(NOON));
        assertThat(store.read(0, 1).getFirst().bytes()).isEqualTo(expected);
    }

    @Test
    void names_of_streams_and_commands_beyond_ascii_are_kept() {
        append(one("命令-1", "学习者/甲", 0));
        assertThat(store.positionOfCommand("命令-1")).hasValue(0);
        assertThat(store.lastSequence("学习者/甲")).isZero();
    }

    // ------------------------------------------------------------------ reading

    @Test
    void a_range_is_read_from_where_it_is_asked_for_and_no_longer_than_asked_for() {
        for (int i = 0; i < 10; i++) {
            append(one("c" + i, "a", i));
        }
        assertThat(store.read(3, 4)).extracting(Entry::position).containsExactly(3L, 4L, 5L, 6L);
        assertThat(store.read(8, 4)).extracting(Entry::position).containsExactly(8L, 9L);
        assertThat(store.read(10, 4)).isEmpty();
        assertThat(store.read(1_000, 4)).isEmpty();
    }

    @Test
    void readers_never_see_a_hole_or_half_a_commit_while_writers_append() throws Exception {
        int commits = 300;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < commits; i++) {
                    String c = "c" + i;
                    append(commit(c, draft(c, "a", 2L * i), draft(c, "a", 2L * i + 1),
                            draft(c, "s" + i, 0)));
                }
            });
            List<Future<?>> readers = new ArrayList<>();
            for (int r = 0; r < 3; r++) {
                readers.add(threads.submit(() -> readToTheEnd(commits * 3L)));
            }
            writer.get();
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    private void readToTheEnd(long end) {
        long next = 0;
        while (next < end) {
            long atLeast = store.size();
            List<Entry> entries = store.read(next, 1_000);
            long from = next;
            assertThat(entries).extracting(Entry::position).containsExactlyElementsOf(
                    LongStream.range(from, from + entries.size()).boxed().toList());
            next += entries.size();
            assertThat(next).isGreaterThanOrEqualTo(Math.min(atLeast, from + 1_000));
            assertThat(next % 3).as("entries of a commit become visible together").isZero();
        }
    }

    // ------------------------------------------------------------------ opening again

    @Test
    void a_reopened_store_goes_on_where_it_stopped() {
        append(commit("1", claiming(draft("1", "a", 0), claim(1)), draft("1", "a", 1)));
        byte[] bytes = store.read(0, 1).getFirst().bytes();
        store.close();
        store = open();
        assertThat(store.size()).isEqualTo(2);
        assertThat(store.read(0, 1).getFirst().bytes()).isEqualTo(bytes);
        assertThat(store.lastSequence("a")).isEqualTo(1);
        assertThat(append(one("1", "a", 2))).isEqualTo(new CommandKnown(0));
        assertThat(append(one("2", "a", 1))).isEqualTo(new StreamMoved("a"));
        assertThat(append(commit("2", claiming(draft("2", "b", 0), claim(1)))))
                .isEqualTo(new ClaimTaken(claim(1), 0));
        assertThat(append(one("2", "a", 2))).isEqualTo(new Appended(2));
    }
}
