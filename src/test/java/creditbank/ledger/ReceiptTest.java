package creditbank.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.ledger.Commit.Draft;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ReceiptTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 8, 9, 200})
    void a_command_of_any_number_of_entries_is_answered_with_its_last_sequence(int entries) {
        MemoryLedgerStore store = new MemoryLedgerStore(new MemoryLedgerStore.Disk());
        String stream = "learner/7K3M9Q2HX4T8W1ZC";
        store.append(List.of(Drafts.one("before", stream, 0)), Instant.EPOCH);
        store.append(List.of(Drafts.commit("long", IntStream.rangeClosed(1, entries)
                .mapToObj(n -> Drafts.draft("long", stream, n)).toArray(Draft[]::new))),
                Instant.EPOCH);
        store.append(List.of(Drafts.one("behind", stream, entries + 1)), Instant.EPOCH);

        assertThat(Receipt.again(store, 1))
                .isEqualTo(new Receipt("7K3M9Q2HX4T8W1ZC", 1, entries));
    }
}
