package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.account.AccountSnapshots.Snapshot;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.RestrictionLifted;
import creditbank.api.account.DocumentKind;
import creditbank.api.account.LearnerId;
import creditbank.api.account.SealedIdentity;
import creditbank.api.value.Claim;
import creditbank.api.value.Sealed;
import creditbank.formats.Committed;
import creditbank.formats.Committed.Example;
import creditbank.formats.Samples;
import creditbank.ledger.Drafts;
import creditbank.ledger.MemoryLedgerStore;
import creditbank.store.SqliteFile;
import creditbank.store.SqliteFile.Durability;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccountSnapshotsTest {

    private static final String STREAM = Samples.LEARNER.stream();
    private static final Claim ONE = Claim.of(Claim.Kind.IDENTITY, "A".repeat(22));
    private static final Claim OTHER = Claim.of(Claim.Kind.IDENTITY, "B".repeat(21) + "A");
    private static final SealedIdentity IDENTITY = new SealedIdentity(
            null, DocumentKind.PASSPORT, null, new Sealed("A".repeat(60)), null);

    @TempDir
    Path folder;

    /** Where this fails because the shape was changed on purpose, SHAPE goes up with it. */
    @Test
    void a_snapshot_of_this_shape_is_read_and_written_as_it_ever_was() {
        Snapshot account = examples();
        String kept = Committed.text("snapshot-" + AccountSnapshots.SHAPE + ".json").strip();
        assertThat(new String(AccountSnapshots.write((Account.Open) account.state(),
                account.lastEntry()), StandardCharsets.UTF_8)).isEqualTo(kept);
        assertThat(AccountSnapshots.read(
                kept.getBytes(StandardCharsets.UTF_8), account.sequence())).isEqualTo(account);
    }

    @Test
    void the_page_shows_the_example() {
        assertThat(Committed.page("views-db.md").lines())
                .contains(Committed.text(
                        "snapshot-" + AccountSnapshots.SHAPE + ".json").strip());
    }

    @Test
    void a_snapshot_of_another_ledger_is_passed_over_and_taken_anew() {
        MemoryLedgerStore one = ledger(ONE, 3);
        try (SqliteFile file = SqliteFile.open(folder.resolve("views.db"), 1,
                Durability.LAST_COMMITS_MAY_GO)) {
            try (AccountSnapshots snapshots = new AccountSnapshots(one, file)) {
                snapshots.take(STREAM);
                assertThat(person(snapshots)).contains(ONE);
            }
            for (int entries : new int[] {3, 5}) {
                MemoryLedgerStore other = ledger(OTHER, entries);
                try (AccountSnapshots snapshots = new AccountSnapshots(other, file)) {
                    assertThat(snapshots.read(STREAM)).isEmpty();
                    snapshots.take(STREAM);
                    assertThat(person(snapshots)).contains(OTHER);
                }
            }
            try (AccountSnapshots snapshots = new AccountSnapshots(ledger(OTHER, 0), file)) {
                assertThat(snapshots.read(STREAM)).isEmpty();
            }
        }
    }

    private static Optional<Claim> person(AccountSnapshots snapshots) {
        return snapshots.find(STREAM)
                .map(found -> ((Account.Open) found.state()).identity().getFirst());
    }

    /** The same account, opened for this person and then restricted and freed in turns. */
    private static MemoryLedgerStore ledger(Claim person, int entries) {
        MemoryLedgerStore store = new MemoryLedgerStore(new MemoryLedgerStore.Disk());
        for (int i = 0; i < entries; i++) {
            AccountEvent event = i == 0
                    ? new AccountOpened(Samples.LEARNER, IDENTITY, List.of(person))
                    : i % 2 == 1 ? new AccountRestricted(Samples.LEARNER)
                            : new RestrictionLifted(Samples.LEARNER);
            store.append(List.of(Drafts.commit("c" + i, Drafts.draft("c" + i, STREAM, i, event))),
                    Instant.EPOCH);
        }
        return store;
    }

    /** The account of the examples that is still open, with everything an account can hold. */
    private static Snapshot examples() {
        Snapshot state = Snapshot.BEFORE_THE_FIRST;
        for (Example example : Committed.entries()) {
            if (example.at(0).event() instanceof AccountEvent event
                    && event.learner().equals(new LearnerId("0X5N8RDW2J7QV4TM"))) {
                state = state.after(example.at(0));
            }
        }
        return state;
    }
}
