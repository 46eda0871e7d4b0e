package creditbank.views;

import static creditbank.views.Tally.BY_NAME;
import static creditbank.views.Tally.COUNTS;
import static creditbank.views.Tally.entry;
import static creditbank.views.Tally.registered;
import static creditbank.views.Tally.reinstated;
import static creditbank.views.Tally.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.digest.StateDigest;
import creditbank.api.value.Digest;
import creditbank.ledger.Commit;
import creditbank.ledger.Drafts;
import creditbank.ledger.Ledger;
import creditbank.ledger.MemoryLedgerStore;
import creditbank.projections.Achievements;
import creditbank.projections.Enrolments;
import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.projections.Views.Range;
import creditbank.projections.Views.Row;
import creditbank.views.Tally.Count;
import creditbank.views.memory.MemoryViews;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every keeper of views owes the bank. A keeper subclasses this and passes all of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(120)
public abstract class ViewKeeperContract {

    protected static final Projection TALLY = new Tally(1);
    private static final List<Projection> ALL = List.of(TALLY);

    protected ViewKeeper keeper = new MemoryViews();

    /** Opens the keeper on what the last opened one of this test has left, if it leaves any. */
    protected abstract ViewKeeper open(List<Projection> projections);

    @BeforeEach
    void opened() {
        keeper = open(ALL);
    }

    @AfterEach
    void closed() {
        keeper.close();
    }

    /** Folds events at the positions from {@code from} on. */
    protected final void fold(long from, Event... events) {
        keeper.fold(ALL, entries(from, events));
    }

    protected static List<Recorded> entries(long from, Event... events) {
        List<Recorded> entries = new ArrayList<>();
        for (Event event : events) {
            entries.add(entry(from + entries.size(), event));
        }
        return entries;
    }

    protected static List<Row<Count>> all(ViewKeeper keeper) {
        return keeper.views().page(COUNTS, Range.ofKeys("", 100_000));
    }

    private List<String> ids(Range range) {
        return keeper.views().page(COUNTS, range).stream().map(r -> r.document().id()).toList();
    }

    private long times(String id) {
        return Objects.requireNonNull(keeper.views().get(COUNTS, id)).times();
    }

    // ------------------------------------------------------------------ documents

    @Test
    void before_the_first_fold_there_is_nothing_and_nothing_fails() {
        assertThat(keeper.views().get(COUNTS, "aa")).isNull();
        assertThat(all(keeper)).isEmpty();
        assertThat(ids(Range.of(BY_NAME, "", 9))).isEmpty();
        assertThat(keeper.reached(TALLY)).isZero();
    }

    @Test
    void a_document_that_was_put_is_found_by_its_key() {
        fold(0, registered("aa", "丹东职业学院 🎓"));
        assertThat(keeper.views().get(COUNTS, "aa"))
                .isEqualTo(new Count("aa", "丹东职业学院 🎓", 1, true));
        assertThat(keeper.views().get(COUNTS, "a")).isNull();
        assertThat(keeper.reached(TALLY)).isEqualTo(1);
    }

    @Test
    void a_fold_sees_what_it_has_put_within_the_same_run_and_in_earlier_ones() {
        fold(0, registered("aa", "x"), registered("aa", "y"));
        fold(2, registered("aa", "z"));
        assertThat(keeper.views().get(COUNTS, "aa")).isEqualTo(new Count("aa", "z", 3, true));
    }

    @Test
    void the_last_entry_folded_is_remembered() {
        assertThat(keeper.lastFolded(TALLY)).isEmpty();
        fold(0, registered("aa", "x"), registered("aa", "y"));
        assertThat(keeper.lastFolded(TALLY)).contains("id-1");
        fold(0, registered("aa", "x"));
        assertThat(keeper.lastFolded(TALLY)).contains("id-1");
        fold(1, registered("aa", "y"), registered("aa", "z"));
        assertThat(keeper.lastFolded(TALLY)).contains("id-2");
        ViewKeeper.Rebuild anew = keeper.rebuild(TALLY);
        anew.fold(entries(0, registered("aa", "x")));
        assertThat(keeper.lastFolded(TALLY)).contains("id-2");
        anew.replace();
        assertThat(keeper.lastFolded(TALLY)).contains("id-0");
    }

    @Test
    void whatever_becomes_of_credits_comes_back_as_it_was_folded() {
        List<Projection> projections = List.of(new Achievements(), new Enrolments());
        List<Recorded> entries = entries(0, Studies.events());
        MemoryViews folded = new MemoryViews();
        folded.fold(projections, entries);
        keeper.close();
        keeper = open(projections);
        // One by one: each fold reads what was kept of the one before.
        entries.forEach(e -> keeper.fold(projections, List.of(e)));
        for (Projection projection : projections) {
            for (View<?> view : projection.views()) {
                assertThat(keeper.views().page(view, Range.ofKeys("", 99))).isNotEmpty()
                        .isEqualTo(folded.views().page(view, Range.ofKeys("", 99)));
                for (View.Index<?> index : view.indexes()) {
                    Range range = Range.of(index.name(), "", 99);
                    assertThat(keeper.views().page(view, range))
                            .isEqualTo(folded.views().page(view, range));
                }
            }
        }
    }

    // ------------------------------------------------------------------ orders

    @Test
    void documents_are_paged_in_the_order_of_their_keys() {
        fold(0, registered("cc", "1"), registered("aa", "2"), registered("bb", "3"));
        assertThat(ids(Range.ofKeys("", 9))).containsExactly("aa", "bb", "cc");
        assertThat(ids(Range.ofKeys("", 9).newestFirst())).containsExactly("cc", "bb", "aa");
        assertThat(ids(Range.ofKeys("b", 9))).containsExactly("bb");
        assertThat(ids(Range.ofKeys("", 2))).containsExactly("aa", "bb");
        assertThat(ids(Range.ofKeys("", 2).newestFirst())).containsExactly("cc", "bb");
    }

    @Test
    void documents_are_paged_in_the_order_of_an_index() {
        fold(0, registered("cc", "甲"), registered("aa", "乙"), registered("bb", "a"),
                registered("dd", "B"));
        assertThat(ids(Range.of(BY_NAME, "", 9))).containsExactly("dd", "bb", "aa", "cc");
        assertThat(keeper.views().page(COUNTS, Range.of(BY_NAME, "a", 9)))
                .extracting(Row::at).containsExactly("a|bb");
    }

    @Test
    void a_range_begins_with_its_first_key_and_ends_before_its_last() {
        fold(0, registered("aa", "1"), registered("bb", "1"), registered("cc", "1"));
        assertThat(ids(new Range(null, "aa", "cc", false, 9))).containsExactly("aa", "bb");
        assertThat(ids(new Range(null, "aa", "cc", true, 9))).containsExactly("bb", "aa");
        assertThat(ids(new Range(null, "bb", "bb", false, 9))).isEmpty();
    }

    @Test
    void paging_behind_the_last_row_seen_sees_every_document_once_in_both_directions() {
        List<String> expected = new ArrayList<>();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            String id = "id-" + (char) ('a' + i);
            // Names that are prefixes of each other: the cursor stands between them.
            events.add(registered(id, "n".repeat(i % 5 + 1)));
            expected.add(id);
        }
        fold(0, events.toArray(Event[]::new));
        for (Range whole : List.of(Range.ofKeys("", 4), Range.of(BY_NAME, "n", 4))) {
            assertThat(paged(whole)).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(paged(whole.newestFirst()))
                    .containsExactlyElementsOf(paged(whole).reversed());
        }
    }

    private List<String> paged(Range range) {
        List<String> seen = new ArrayList<>();
        List<Row<Count>> rows = keeper.views().page(COUNTS, range);
        while (!rows.isEmpty()) {
            rows.forEach(r -> seen.add(r.document().id()));
            rows = keeper.views().page(COUNTS, range.behind(rows.getLast().at()));
        }
        return seen;
    }

    @Test
    void a_document_leaves_an_index_and_comes_back_into_it() {
        fold(0, registered("aa", "x"), registered("bb", "y"));
        fold(2, suspended("aa"));
        assertThat(ids(Range.of(BY_NAME, "", 9))).containsExactly("bb");
        assertThat(ids(Range.ofKeys("", 9))).containsExactly("aa", "bb");
        fold(3, reinstated("aa"));
        assertThat(ids(Range.of(BY_NAME, "", 9))).containsExactly("aa", "bb");
    }

    @Test
    void a_document_that_moves_in_an_index_stands_only_in_its_new_place() {
        fold(0, registered("aa", "x"));
        fold(1, registered("aa", "y"));
        assertThat(keeper.views().page(COUNTS, Range.of(BY_NAME, "", 9)))
                .extracting(Row::at).containsExactly("y|aa");
    }

    // ------------------------------------------------------------------ digests

    /** Made by hand, as the format says: what every keeper and every machine has to come to. */
    @Test
    void a_digest_is_the_hash_of_all_documents_in_the_order_of_their_keys() throws Exception {
        String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertThat(keeper.digests(ALL).getFirst())
                .isEqualTo(new StateDigest("tally", 1, 0, new Digest(empty)));
        fold(0, registered("bb", "y"), registered("aa", "丹东"));
        ByteArrayOutputStream digested = new ByteArrayOutputStream();
        for (String part : List.of(
                "tally", "aa", "{\"id\":\"aa\",\"name\":\"丹东\",\"times\":1,\"active\":true}",
                "tally", "bb", "{\"id\":\"bb\",\"name\":\"y\",\"times\":1,\"active\":true}")) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digested.writeBytes(new byte[] {0, 0, 0, (byte) bytes.length});
            digested.writeBytes(bytes);
        }
        assertThat(keeper.digests(ALL).getFirst()).isEqualTo(new StateDigest("tally", 1, 2,
                new Digest(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                        .digest(digested.toByteArray())))));
    }

    @Test
    void a_digest_depends_on_the_entries_and_not_on_how_they_were_folded() {
        List<Projection> projections = List.of(new Achievements(), new Enrolments());
        List<Recorded> entries = entries(0, Studies.events());
        MemoryViews atOnce = new MemoryViews();
        atOnce.fold(projections, entries);
        keeper.close();
        keeper = open(projections);
        // One by one: each fold reads what was kept of the one before.
        entries.forEach(entry -> keeper.fold(projections, List.of(entry)));
        assertThat(keeper.digests(projections)).isEqualTo(atOnce.digests(projections));
        for (Projection projection : projections) {
            ViewKeeper.Rebuild anew = keeper.rebuild(projection);
            anew.fold(entries);
            anew.replace();
        }
        assertThat(keeper.digests(projections)).isEqualTo(atOnce.digests(projections));
    }

    // ------------------------------------------------------------------ once in effect

    @Test
    void folding_the_same_entries_again_has_no_effect() {
        fold(0, registered("aa", "x"), registered("aa", "x"));
        fold(0, registered("aa", "x"), registered("aa", "x"));
        assertThat(times("aa")).isEqualTo(2);
        assertThat(keeper.reached(TALLY)).isEqualTo(2);
    }

    @Test
    void a_run_that_was_folded_in_part_is_folded_from_where_it_was_left() {
        fold(0, registered("aa", "x"));
        fold(0, registered("aa", "x"), registered("aa", "x"), registered("bb", "x"));
        assertThat(times("aa")).isEqualTo(2);
        assertThat(times("bb")).isEqualTo(1);
        assertThat(keeper.reached(TALLY)).isEqualTo(3);
    }

    @Test
    void a_fold_that_throws_leaves_nothing_of_its_run() {
        fold(0, registered("aa", "x"));
        assertThatThrownBy(() -> fold(1, registered("aa", "y"), registered("bb", "y"),
                registered("cc", Tally.INDIGESTIBLE)))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("cannot fold 3");
        assertThat(all(keeper)).extracting(Row::document)
                .containsExactly(new Count("aa", "x", 1, true));
        assertThat(ids(Range.of(BY_NAME, "", 9))).containsExactly("aa");
        assertThat(keeper.reached(TALLY)).isEqualTo(1);
        fold(1, registered("aa", "y"));
        assertThat(times("aa")).isEqualTo(2);
    }

    // ------------------------------------------------------------------ making anew

    @Test
    void while_a_view_is_made_anew_the_old_one_answers_and_then_the_new_one() {
        fold(0, registered("aa", "x"), registered("bb", "x"));
        ViewKeeper.Rebuild anew = keeper.rebuild(TALLY);
        assertThat(anew.reached()).isZero();
        anew.fold(entries(0, registered("aa", "other")));
        assertThat(anew.reached()).isEqualTo(1);
        assertThat(ids(Range.ofKeys("", 9))).containsExactly("aa", "bb");
        assertThat(keeper.reached(TALLY)).isEqualTo(2);
        anew.fold(entries(1, registered("cc", "other")));
        anew.replace();
        assertThat(all(keeper)).extracting(Row::document).containsExactly(
                new Count("aa", "other", 1, true), new Count("cc", "other", 1, true));
        assertThat(ids(Range.of(BY_NAME, "", 9))).containsExactly("aa", "cc");
        fold(2, registered("aa", "x"));
        assertThat(times("aa")).isEqualTo(2);
    }

    @Test
    void a_view_may_be_made_anew_again_and_again_also_where_it_was_cut_short() {
        fold(0, registered("aa", "x"));
        keeper.rebuild(TALLY).fold(entries(0, registered("zz", "half")));
        for (int i = 0; i < 3; i++) {
            ViewKeeper.Rebuild anew = keeper.rebuild(TALLY);
            anew.fold(entries(0, registered("aa", "x"), registered("bb", "x")));
            anew.replace();
            assertThat(ids(Range.ofKeys("", 9))).containsExactly("aa", "bb");
        }
    }

    @Test
    void a_view_made_anew_while_entries_go_on_coming_equals_a_fresh_fold() throws Exception {
        MemoryLedgerStore store = new MemoryLedgerStore(new MemoryLedgerStore.Disk());
        try (Ledger ledger = new Ledger(store, () -> Instant.EPOCH);
                Follower follower = new Follower(ledger, keeper, ALL)) {
            follower.start();
            AtomicBoolean enough = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> write(ledger, enough));
            for (int i = 0; i < 5; i++) {
                follower.rebuild(TALLY, _ -> { });
            }
            enough.set(true);
            writer.join();
            follower.await(store.size() - 1, Duration.ofSeconds(60));
            assertThat(follower.failure()).isNull();
            ViewKeeper fresh = new MemoryViews();
            new Follower(ledger, fresh, ALL).catchUp(_ -> { });
            assertThat(all(keeper)).isNotEmpty().isEqualTo(all(fresh));
            assertThat(keeper.reached(TALLY)).isEqualTo(store.size());
        }
    }

    private static void write(Ledger ledger, AtomicBoolean enough) {
        for (int i = 0; i < 500 || !enough.get() && i < 2_000; i++) {
            String command = "c" + i;
            ledger.append(new Commit(command, List.of(Drafts.draft(command, "s" + i, 0,
                    registered("id-" + i % 50, "n" + i))), Map.of()));
        }
    }
}
