package creditbank.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.proof.AddCheckpoint;
import creditbank.proof.Checkpoint;
import creditbank.proof.Hash;
import creditbank.proof.Note;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WitnessTest {

    private static final URI ADDRESS = URI.create("https://bank.example/log");
    private static final Clock CLOCK =
            Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final List<Answer.Forked> alarms = new ArrayList<>();
    private final MadeUpLog log = new MadeUpLog().grownTo(600);
    private final MadeUpLog forged = new MadeUpLog().grownTo(300).grownTo(700, "other ");

    private Path key() {
        return folder.resolve("witness.key");
    }

    private Witness open() throws IOException {
        return new Witness(folder, key(), "witness.example", CLOCK, new SecureRandom(),
                alarms::add);
    }

    /** One that knows the log, and its first entries where any are named. */
    private Witness open(int size) throws IOException {
        Witness witness = open();
        witness.trust(log.verifier(), ADDRESS);
        if (size > 0) {
            cosigned(witness, first(size));
        }
        return witness;
    }

    private AddCheckpoint first(int size) {
        return new AddCheckpoint(0, List.of(), log.signed(size));
    }

    private static AddCheckpoint from(MadeUpLog log, long old, long size) throws IOException {
        return new AddCheckpoint(old, log.proof(old, size), log.signed(size));
    }

    private static Answer.Cosigned cosigned(Witness witness, AddCheckpoint request)
            throws IOException {
        Answer answer = witness.add(request);
        assertThat(answer).isInstanceOf(Answer.Cosigned.class);
        return (Answer.Cosigned) answer;
    }

    private static Watched known(Witness witness) {
        return Objects.requireNonNull(witness.watched(MadeUpLog.ORIGIN));
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("watched"))) {
            return all.toList();
        }
    }

    // ------------------------------------------------------------------ answers

    @Test
    void what_continues_what_it_knows_is_cosigned() throws Exception {
        try (Witness witness = open(300)) {
            Answer.Cosigned answer = cosigned(witness, from(log, 300, 600));
            assertThat(answer.status()).isEqualTo(200);
            Note note = log.signed(600).with(answer.signatures().getFirst());
            assertThat(note.verifiedBy(List.of(log.verifier(), witness.verifier()))).hasSize(2);
            assertThat(known(witness).last()).isEqualTo(note);
        }
    }

    @Test
    void the_checkpoint_it_knows_is_cosigned_again() throws Exception {
        try (Witness witness = open(300)) {
            cosigned(witness, from(log, 300, 300));
            assertThat(known(witness).size()).isEqualTo(300);
        }
    }

    @Test
    void an_empty_log_can_be_the_first_that_is_seen() throws Exception {
        try (Witness witness = open(0)) {
            cosigned(witness, first(0));
            cosigned(witness, first(1));
            assertThat(known(witness).size()).isEqualTo(1);
        }
    }

    @Test
    void another_old_size_is_answered_with_the_one_it_knows() throws Exception {
        try (Witness witness = open(300)) {
            for (int old : new int[] {1, 299, 301}) {
                Answer answer = witness.add(from(log, old, 600));
                assertThat(answer).isEqualTo(new Answer.OtherSize(300));
                assertThat(answer.status()).isEqualTo(409);
                assertThat(answer.contentType()).isEqualTo("text/x.tlog.size");
                assertThat(answer.body()).asString().isEqualTo("300\n");
            }
            assertThat(witness.add(first(600))).isEqualTo(new Answer.OtherSize(300));
        }
    }

    @Test
    void a_proof_that_does_not_hold_is_refused() throws Exception {
        try (Witness witness = open(300)) {
            List<Hash> cut = log.proof(300, 600);
            for (AddCheckpoint request : List.of(
                    new AddCheckpoint(300, List.of(), log.signed(600)),
                    new AddCheckpoint(300, cut.subList(1, cut.size()), log.signed(600)),
                    new AddCheckpoint(300, log.proof(299, 600), log.signed(600)),
                    new AddCheckpoint(300, cut, log.signed(599)),
                    new AddCheckpoint(300, cut, log.signed(300)))) {
                Answer answer = witness.add(request);
                assertThat(answer).isEqualTo(new Answer.ProofWrong());
                assertThat(answer.status()).isEqualTo(422);
            }
            assertThat(known(witness).size()).isEqualTo(300);
        }
    }

    @Test
    void from_nothing_there_is_nothing_to_prove() throws Exception {
        try (Witness witness = open(0)) {
            assertThat(witness.add(new AddCheckpoint(0, log.proof(300, 600), log.signed(600))))
                    .isEqualTo(new Answer.ProofWrong());
        }
    }

    @Test
    void what_the_log_s_key_has_not_signed_is_refused() throws Exception {
        MadeUpLog stranger = new MadeUpLog(MadeUpLog.ORIGIN, 9).grownTo(600);
        try (Witness witness = open(0)) {
            Answer answer = witness.add(new AddCheckpoint(0, List.of(), stranger.signed(600)));
            assertThat(answer).isEqualTo(new Answer.NotSigned());
            assertThat(answer.status()).isEqualTo(403);
            Note.Signature of = log.signed(600).signatures().getFirst();
            Note wrong = new Note(log.signed(599).text(), List.of(of));
            assertThat(witness.add(new AddCheckpoint(0, List.of(), wrong)).status())
                    .isEqualTo(403);
        }
    }

    @Test
    void a_log_it_does_not_watch_is_unknown() throws Exception {
        MadeUpLog other = new MadeUpLog("other.example/log", 2).grownTo(1);
        try (Witness witness = open(0)) {
            Answer answer = witness.add(new AddCheckpoint(0, List.of(), other.signed(1)));
            assertThat(answer).isEqualTo(new Answer.UnknownOrigin());
            assertThat(answer.status()).isEqualTo(404);
        }
    }

    @Test
    void an_old_size_beyond_the_checkpoint_s_and_a_note_that_is_none_are_malformed()
            throws Exception {
        try (Witness witness = open(300)) {
            assertThat(witness.add(new AddCheckpoint(300, List.of(), log.signed(200))).status())
                    .isEqualTo(400);
            Note none = new Note("text\n", log.signed(1).signatures());
            assertThat(witness.add(new AddCheckpoint(0, List.of(), none)).status())
                    .isEqualTo(400);
        }
    }

    @Test
    void others_signatures_and_repeated_ones_are_not_kept() throws Exception {
        Note once = log.signed(300);
        Note often = once;
        for (int i = 1; i < Note.MOST_SIGNATURES; i++) {
            often = often.with(once.signatures().getFirst());
        }
        try (Witness witness = open(0)) {
            cosigned(witness, new AddCheckpoint(0, List.of(), often));
            assertThat(Objects.requireNonNull(known(witness).last()).signatures()).hasSize(2);
        }
    }

    // ------------------------------------------------------------------ forks

    @Test
    void of_two_histories_it_cosigns_one() throws Exception {
        try (Witness witness = open(400)) {
            assertThat(witness.add(from(forged, 400, 600))).isEqualTo(new Answer.ProofWrong());
            assertThat(witness.add(from(forged, 300, 600))).isEqualTo(new Answer.OtherSize(400));
            assertThat(witness.add(new AddCheckpoint(0, List.of(), forged.signed(600))))
                    .isEqualTo(new Answer.OtherSize(400));
            cosigned(witness, from(log, 400, 600));
        }
    }

    @Test
    void two_roots_of_one_size_are_told_loudly_and_kept_whatever_is_asked_with_them()
            throws Exception {
        try (Witness witness = open(400)) {
            for (int old : new int[] {0, 200, 400}) {
                Answer answer = witness.add(
                        new AddCheckpoint(old, List.of(), forged.signed(400)));
                assertThat(answer).isInstanceOf(Answer.Forked.class);
                assertThat(answer.status()).isEqualTo(409);
                assertThat(answer.body()).asString().isEqualTo("400\n");
            }
            assertThat(alarms).hasSize(3);
            Path kept = Objects.requireNonNull(alarms.getFirst().kept());
            assertThat(alarms.getLast().kept()).isEqualTo(kept);
            String watched = logs().getFirst().getFileName().toString();
            assertThat(kept.getFileName().toString())
                    .startsWith(watched.substring(0, watched.indexOf('.')) + "-fork-");
            // The head, two notes of two parts each: what anybody needs who has the key.
            String[] parts = Files.readString(kept).split("\n\n");
            assertThat(parts).hasSize(5);
            assertThat(parts[0]).isEqualTo("fork\n2023-11-14T22:13:20Z\n" + log.verifier());
            Checkpoint one = opened(parts[1], parts[2]);
            Checkpoint two = opened(parts[3], parts[4].stripTrailing());
            assertThat(one.size()).isEqualTo(two.size());
            assertThat(one.root()).isNotEqualTo(two.root());
            cosigned(witness, from(log, 400, 600));
        }
    }

    @Test
    void a_fork_is_told_also_where_it_cannot_be_kept() throws Exception {
        try (Witness witness = open(400)) {
            Files.writeString(folder.resolve("contradictions"), "in the way");
            AddCheckpoint fork = new AddCheckpoint(400, List.of(), forged.signed(400));
            assertThatThrownBy(() -> witness.add(fork)).isInstanceOf(IOException.class);
            assertThat(alarms).singleElement()
                    .satisfies(alarm -> assertThat(alarm.kept()).isNull());
        }
    }

    private Checkpoint opened(String text, String signatures) throws Exception {
        return Checkpoint.open(Note.parse((text + "\n\n" + signatures + "\n")
                .getBytes(StandardCharsets.UTF_8)), log.verifier());
    }

    // ------------------------------------------------------------------ memory

    @Test
    void what_was_cosigned_is_known_after_a_restart() throws Exception {
        open(400).close();
        try (Witness witness = open()) {
            assertThat(known(witness).size()).isEqualTo(400);
            assertThat(known(witness).address()).isEqualTo(ADDRESS);
            assertThat(witness.add(from(forged, 400, 600))).isEqualTo(new Answer.ProofWrong());
            cosigned(witness, from(log, 400, 600));
        }
    }

    /** Killed before the answer was sent: whoever asked asks again and gets it. */
    @Test
    void what_was_cosigned_and_not_answered_is_cosigned_again() throws Exception {
        Path copy = folder.resolve("copy");
        try (Witness witness = open(400)) {
            cosigned(witness, from(log, 400, 600));
            Files.createDirectories(copy.resolve("watched"));
            for (Path each : logs()) {
                Files.copy(each, copy.resolve("watched").resolve(each.getFileName()));
            }
        }
        try (Witness witness = new Witness(copy, key(), "-", CLOCK, new SecureRandom(),
                alarms::add)) {
            assertThat(witness.add(from(log, 400, 600))).isEqualTo(new Answer.OtherSize(600));
            cosigned(witness, from(log, 600, 600));
        }
    }

    @Test
    void what_could_not_be_kept_is_not_cosigned() throws Exception {
        try (Witness witness = open(400)) {
            Path file = logs().getFirst();
            byte[] content = Files.readAllBytes(file);
            Files.delete(file);
            Files.createDirectories(file.resolve("in the way"));
            AddCheckpoint next = from(log, 400, 600);
            assertThatThrownBy(() -> witness.add(next)).isInstanceOf(IOException.class);
            assertThat(known(witness).size()).isEqualTo(400);
            Files.delete(file.resolve("in the way"));
            Files.delete(file);
            Files.write(file, content);
            cosigned(witness, next);
        }
    }

    @Test
    void a_damaged_memory_is_not_taken_for_none() throws Exception {
        open(400).close();
        Path file = logs().getFirst();
        String text = Files.readString(file);
        for (String damaged : List.of("", text.substring(1), text.replace("\n400\n", "\n401\n"),
                text.substring(0, text.lastIndexOf("\u2014")), text + "\n",
                text.substring(0, text.length() / 2))) {
            Files.writeString(file, damaged);
            assertThatThrownBy(this::open).as(damaged).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(file.toString());
        }
        Files.writeString(file, text);
        open().close();
        Files.move(file, file.resolveSibling("0000000000000000.watched"));
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_key_that_is_gone_or_another_s_is_not_quietly_replaced() throws Exception {
        open(400).close();
        byte[] key = Files.readAllBytes(key());
        Files.delete(key());
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("witness.key");
        Files.writeString(key(), "no key\n");
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class);
        Files.write(key(), key);
        open().close();
    }

    @Test
    void a_witness_that_forgot_a_log_does_not_start() throws Exception {
        MadeUpLog other = new MadeUpLog("other.example/log", 2).grownTo(1);
        try (Witness witness = open(400)) {
            witness.trust(other.verifier(), ADDRESS);
        }
        for (Path each : logs()) {
            byte[] content = Files.readAllBytes(each);
            Files.delete(each);
            assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(new String(content, StandardCharsets.UTF_8)
                            .startsWith("other") ? "other.example/log" : MadeUpLog.ORIGIN);
            Files.write(each, content);
        }
        open().close();
        Files.move(folder.resolve("watched"), folder.resolve("lost"));
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(MadeUpLog.ORIGIN + ", other.example/log");
        Path elsewhere = folder.resolve("elsewhere");
        assertThatThrownBy(() -> new Witness(elsewhere, key(), "-", CLOCK, new SecureRandom(),
                alarms::add)).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(MadeUpLog.ORIGIN);
    }

    @Test
    void a_key_without_the_list_of_its_logs_is_not_used() throws Exception {
        open(0).close();
        Path origins = folder.resolve("witness.key.origins");
        byte[] content = Files.readAllBytes(origins);
        Files.delete(origins);
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("witness.key.origins is missing");
        Files.write(origins, content);
        open().close();
        Files.delete(key());
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("witness.key is missing");
    }

    /** The power went between the two files; nothing was cosigned yet. */
    @Test
    void a_log_that_was_not_yet_listed_is_listed_at_the_next_start() throws Exception {
        open(0).close();
        Path origins = folder.resolve("witness.key.origins");
        byte[] content = Files.readAllBytes(origins);
        Files.write(origins, new byte[0]);
        open().close();
        assertThat(origins).hasBinaryContent(content);
    }

    @Test
    void a_log_that_the_key_watches_from_another_folder_is_not_begun_again() throws Exception {
        Path elsewhere = folder.resolve("elsewhere");
        try (Witness witness = open(); Witness other = new Witness(
                elsewhere, key(), "-", CLOCK, new SecureRandom(), alarms::add)) {
            witness.trust(log.verifier(), ADDRESS);
            assertThatThrownBy(() -> other.trust(log.verifier(), ADDRESS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(MadeUpLog.ORIGIN);
            assertThat(other.add(first(300))).isEqualTo(new Answer.UnknownOrigin());
        }
    }

    @Test
    void one_folder_has_one_witness_at_a_time() throws Exception {
        try (Witness witness = open(400)) {
            assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use");
            assertThat(known(witness).size()).isEqualTo(400);
        }
        open().close();
    }

    @Test
    void a_log_is_known_by_one_key_for_good_and_may_move() throws Exception {
        MadeUpLog stranger = new MadeUpLog(MadeUpLog.ORIGIN, 9);
        URI moved = URI.create("https://new.example/log");
        try (Witness witness = open(400)) {
            assertThatThrownBy(() -> witness.trust(stranger.verifier(), ADDRESS))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(MadeUpLog.ORIGIN);
            witness.trust(log.verifier(), moved);
            assertThat(known(witness).size()).isEqualTo(400);
        }
        try (Witness witness = open()) {
            assertThat(known(witness).address()).isEqualTo(moved);
        }
    }
}
