package creditbank.audit;

import static creditbank.ledger.Drafts.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.MemoryLedgerStore;
import creditbank.projections.Institutions;
import creditbank.projections.Projection;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WholeReplayTest {

    private static final List<Projection> PROJECTIONS = List.of(new Institutions());
    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00Z");

    @TempDir
    Path scratch = Path.of("");

    private final LedgerStore store = new MemoryLedgerStore(new MemoryLedgerStore.Disk());
    private final History history = new History(store);

    private WholeReplay replay() {
        for (int i = 0; i < 3; i++) {
            store.append(List.of(one("c" + i, "s" + i, 0)), NOON.plusSeconds(60L * i));
        }
        return new WholeReplay(store, scratch);
    }

    private static void refused(Refusal refusal, Runnable asked) {
        assertThatThrownBy(asked::run).isInstanceOfSatisfying(Refused.class,
                e -> assertThat(e.refusal()).isEqualTo(refusal));
    }

    @Test
    void progress_is_told_from_the_first_entry_to_the_last() {
        List<String> told = new ArrayList<>();
        replay().of(history.at(1), PROJECTIONS, (done, of) -> told.add(done + "/" + of),
                keeper -> assertThat(keeper.reached(PROJECTIONS.getFirst())).isEqualTo(2));
        assertThat(told).containsExactly("0/2", "2/2");
    }

    @Test
    void whoever_stops_listening_ends_it_and_leaves_nothing_behind() {
        WholeReplay replay = replay();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> replay.digests(history.newest(), PROJECTIONS, (_, _) -> {
                throw new IllegalStateException("gone");
            })).hasMessage("gone");
            assertThat(scratch).isEmptyDirectory();
        }
        assertThat(replay.digests(history.newest(), PROJECTIONS, (_, _) -> { })).hasSize(1);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void a_second_one_is_refused_while_the_first_is_under_way() {
        WholeReplay replay = replay();
        replay.digests(history.newest(), PROJECTIONS, (_, _) -> {
            refused(new Refusal.ReplayBusy(), () ->
                    replay.digests(history.newest(), PROJECTIONS, (_, _) -> { }));
            refused(new Refusal.ReplayBusy(), () ->
                    replay.streamsNaming(List.of(), history.newest()));
        });
    }

    // ------------------------------------------------------------------ moments

    @Test
    void an_empty_ledger_has_no_moment() {
        refused(new Refusal.PositionBeyondTheEnd(0, -1), history::newest);
        refused(new Refusal.PositionBeyondTheEnd(0, -1), () -> history.at(NOON));
    }

    @Test
    void a_moment_is_the_entry_at_a_position_or_the_last_one_recorded_by_an_instant() {
        replay();
        assertThat(history.at(1)).isEqualTo(new Moment(1, NOON.plusSeconds(60)));
        assertThat(history.at(NOON.plusSeconds(60))).isEqualTo(history.at(1));
        assertThat(history.at(NOON.plusSeconds(119))).isEqualTo(history.at(1));
        assertThat(history.at(NOON.plusSeconds(999_999))).isEqualTo(history.newest());
        refused(new Refusal.PositionBeyondTheEnd(3, 2), () -> history.at(3));
        refused(new Refusal.BeforeTheFirstEntry(NOON.minusNanos(1), NOON),
                () -> history.at(NOON.minusNanos(1)));
    }
}
