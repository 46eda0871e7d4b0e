package creditbank.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Recorded;
import creditbank.api.Recorded.Part;
import creditbank.api.access.AccessEvent;
import creditbank.api.access.AccessEvent.PersonalDataDisclosed;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.formats.Samples;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Sender;
import creditbank.ledger.sqlite.SqliteLedgerStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the fields are made before each test
class AccessesTest {

    private static final LearnerId OTHER = new LearnerId("0X5N8RDW2J7QV4TM");

    @TempDir
    Path folder;

    private Ledger ledger;
    private Accesses accesses;

    @BeforeEach
    void open() {
        ledger = new Ledger(new SqliteLedgerStore(
                folder.resolve("ledger.db"), folder.resolve("index.db")), Clock.systemUTC());
        accesses = new Accesses(ledger, UUID::randomUUID);
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    private static Sender sender(String command) {
        return new Sender("user/college", "institution/college", command, null);
    }

    private List<Recorded> all() {
        List<Recorded> all = new ArrayList<>();
        ledger.reader().read(0).forEach(entry -> all.add(EntryFormat.read(entry)));
        return all;
    }

    @Test
    void who_is_shown_what_of_whom_stands_in_a_stream_of_its_own() {
        accesses.record(sender("c-1"), Map.of(Samples.LEARNER,
                Set.of(PersonalField.NUMBER, PersonalField.IDENTITY_NAME)));
        accesses.record(sender("c-2"),
                Map.of(Samples.LEARNER, Set.of(PersonalField.REASON)));

        assertThat(all()).extracting(Recorded::event).containsExactly(
                new PersonalDataDisclosed(Samples.LEARNER,
                        List.of(PersonalField.IDENTITY_NAME, PersonalField.NUMBER)),
                new PersonalDataDisclosed(Samples.LEARNER, List.of(PersonalField.REASON)));
        assertThat(all()).extracting(Recorded::stream)
                .containsOnly("access/" + Samples.LEARNER);
        assertThat(all()).extracting(Recorded::sequence).containsExactly(0L, 1L);
        assertThat(all()).extracting(Recorded::actor).containsOnly("user/college");
        assertThat(all()).extracting(Recorded::onBehalfOf).containsOnly("institution/college");
    }

    @Test
    void all_learners_of_one_answer_stand_in_one_command() {
        Map<LearnerId, Set<PersonalField>> shown = new LinkedHashMap<>();
        shown.put(Samples.LEARNER, Set.of(PersonalField.NUMBER));
        shown.put(OTHER, Set.of(PersonalField.NUMBER));
        accesses.record(sender("c-1"), shown);

        assertThat(all()).extracting(Recorded::commandId).containsExactly("c-1", "c-1");
        assertThat(all()).extracting(Recorded::part)
                .containsExactly(new Part(1, 2), new Part(2, 2));
        assertThat(all()).extracting(Recorded::stream)
                .containsExactly("access/" + Samples.LEARNER, "access/" + OTHER);
    }

    @Test
    void a_burst_of_readings_of_the_same_learners_leaves_no_hole_and_refuses_nobody()
            throws Exception {
        int readings = 1_000;
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < readings; i++) {
                String command = "c-" + i;
                // Two orders, so that whoever waits for one learner may hold the other.
                Map<LearnerId, Set<PersonalField>> shown = new LinkedHashMap<>();
                Set<PersonalField> name = Set.of(PersonalField.IDENTITY_NAME);
                shown.put(i % 2 == 0 ? Samples.LEARNER : OTHER, name);
                shown.put(i % 2 == 0 ? OTHER : Samples.LEARNER, name);
                running.add(threads.submit(() -> accesses.record(sender(command), shown)));
            }
        }
        for (Future<?> each : running) {
            each.get();
        }
        LedgerReader reader = ledger.reader();
        assertThat(reader.size()).isEqualTo(2 * readings);
        for (LearnerId learner : List.of(Samples.LEARNER, OTHER)) {
            String stream = AccessEvent.stream(learner);
            assertThat(reader.lastSequence(stream)).isEqualTo(readings - 1);
            assertThat(reader.readStream(stream, 0, 2 * readings)).hasSize(readings);
        }
    }

    @Test
    void nothing_is_recorded_of_nobody_or_of_nothing() {
        assertThatThrownBy(() -> accesses.record(sender("c-1"), Map.of(Samples.LEARNER, Set.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(all()).isEmpty();
    }
}
