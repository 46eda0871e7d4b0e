package creditbank.witness;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.proof.AddCheckpoint;
import creditbank.proof.Checkpoint;
import creditbank.proof.LogReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the witness is opened before each test
class FollowingTest {

    @TempDir
    Path folder;

    private final MadeUpLog log = new MadeUpLog().grownTo(300);
    private LogReader shown = log;
    private Witness witness;

    @BeforeEach
    void open() throws IOException {
        witness = new Witness(folder, folder.resolve("witness.key"), "witness.example",
                Clock.systemUTC(), new SecureRandom(), _ -> { });
        witness.trust(log.verifier(), URI.create("https://bank.example/log"));
    }

    @AfterEach
    void close() throws IOException {
        witness.close();
    }

    private Sight look() {
        return new Following(witness, log.verifier(), () -> shown).look();
    }

    private long known() {
        return Objects.requireNonNull(witness.watched(MadeUpLog.ORIGIN)).size();
    }

    private Checkpoint of(int size) {
        return new Checkpoint(MadeUpLog.ORIGIN, size, log.root(size));
    }

    @Test
    void a_log_that_grows_is_cosigned_as_it_grows() {
        assertThat(look()).isEqualTo(new Sight.First(of(300)));
        assertThat(look()).isEqualTo(new Sight.Unchanged(of(300)));
        log.grownTo(70_000);
        assertThat(look()).isEqualTo(new Sight.Grown(of(300), of(70_000)));
        assertThat(known()).isEqualTo(70_000);
    }

    @Test
    void an_empty_log_is_cosigned_and_grows() {
        shown = new MadeUpLog();
        assertThat(look()).isEqualTo(new Sight.First(of(0)));
        shown = log;
        assertThat(look()).isEqualTo(new Sight.Grown(of(0), of(300)));
    }

    @Test
    void a_changed_history_is_refused_and_kept_with_what_it_contradicts() {
        look();
        for (MadeUpLog forged : new MadeUpLog[] {
                new MadeUpLog().grownTo(299).grownTo(400, "other "),
                new MadeUpLog().grownTo(300, "other ")}) {
            shown = forged;
            assertThat(look()).isInstanceOfSatisfying(Sight.Inconsistent.class, sight -> {
                assertThat(sight.known()).isEqualTo(of(300));
                assertThat(sight.kept()).exists();
            });
            assertThat(known()).isEqualTo(300);
        }
        shown = log.grownTo(301);
        assertThat(look()).isEqualTo(new Sight.Grown(of(300), of(301)));
    }

    @Test
    void an_older_checkpoint_is_refused() {
        look();
        log.show(200);
        assertThat(look()).isInstanceOfSatisfying(Sight.Shorter.class,
                sight -> assertThat(sight.kept()).content().startsWith("shorter\n")
                        .contains("\n300\n", "\n200\n"));
        assertThat(known()).isEqualTo(300);
    }

    /** Any cache can show honest checkpoints of before. */
    @Test
    void what_an_honest_log_may_show_is_kept_once_and_crowds_out_no_fork() throws Exception {
        look();
        Path first = null;
        for (int size = 1; size < 300; size++) {
            log.show(size);
            Path kept = ((Sight.Shorter) look()).kept();
            first = first == null ? kept : first;
            assertThat(kept).isEqualTo(size == 1 ? first : null);
        }
        log.show(1);
        assertThat(((Sight.Shorter) look()).kept()).isEqualTo(first).isNotNull();
        for (int i = 0; i < 300; i++) {
            shown = new MadeUpLog().grownTo(300, "other " + i + " ");
            assertThat(((Sight.Inconsistent) look()).kept()).exists();
        }
        try (Stream<Path> all = Files.list(folder.resolve("contradictions"))) {
            assertThat(all).hasSize(301);
        }
    }

    @Test
    void of_histories_that_only_tiles_have_shown_the_first_are_kept_for_each_log()
            throws Exception {
        MadeUpLog forged = new MadeUpLog().grownTo(299);
        look();
        shown = forged;
        for (int i = 0; i < Contradiction.Kind.HISTORY.most(); i++) {
            forged.grownTo(400 + i, "other ");
            assertThat(((Sight.Inconsistent) look()).kept()).content().startsWith("history\n");
        }
        forged.grownTo(1_000, "other ");
        assertThat(((Sight.Inconsistent) look()).kept()).isNull();
        MadeUpLog second = new MadeUpLog("other.example/log", 2).grownTo(300);
        witness.trust(second.verifier(), URI.create("https://other.example/log"));
        Following following = new Following(witness, second.verifier(), () -> shown);
        shown = second;
        following.look();
        shown = new MadeUpLog("other.example/log", 2).grownTo(400, "other ");
        assertThat(((Sight.Inconsistent) following.look()).kept()).exists();
    }

    @Test
    void tiles_that_do_not_lead_to_the_checkpoint_are_refused() {
        MadeUpLog other = new MadeUpLog().grownTo(400, "other ");
        shown = new LogReader() {
            @Override
            public byte[] checkpoint() throws IOException {
                return other.checkpoint();
            }

            @Override
            public byte[] tile(int level, long index, int width) throws IOException {
                return log.grownTo(400).tile(level, index, width);
            }

            @Override
            public byte[] entries(long index, int width) {
                return log.entries(index, width);
            }
        };
        assertThat(look()).isInstanceOfSatisfying(Sight.TilesAstray.class,
                sight -> assertThat(sight.kept()).content().startsWith("tiles\n"));
        assertThat(known()).isZero();
    }

    @Test
    void another_key_s_checkpoint_is_not_believed() {
        shown = new MadeUpLog(MadeUpLog.ORIGIN, 9).grownTo(400);
        assertThat(look()).isInstanceOf(Sight.NotBelieved.class);
        assertThat(known()).isZero();
    }

    @Test
    void tiles_that_are_not_there_show_nothing() {
        look();
        MadeUpLog ahead = new MadeUpLog().grownTo(400);
        shown = new LogReader() {
            @Override
            public byte[] checkpoint() throws IOException {
                return ahead.checkpoint();
            }

            @Override
            public byte[] tile(int level, long index, int width) throws IOException {
                return log.tile(level, index, width);
            }

            @Override
            public byte[] entries(long index, int width) {
                return log.entries(index, width);
            }
        };
        assertThat(look()).isInstanceOf(Sight.Nothing.class);
        assertThat(known()).isEqualTo(300);
    }

    /** The bank asks it about a newer checkpoint just after it has fetched an older one. */
    @Test
    void a_log_that_asks_at_the_same_time_is_not_accused() {
        look();
        log.grownTo(400);
        boolean[] asked = {false};
        shown = new LogReader() {
            @Override
            public byte[] checkpoint() throws IOException {
                byte[] fetched = log.checkpoint();
                if (!asked[0]) {
                    asked[0] = true;
                    log.grownTo(500);
                    assertThat(witness.add(new AddCheckpoint(300, log.proof(300, 500),
                            log.signed(500)))).isInstanceOf(Answer.Cosigned.class);
                }
                return fetched;
            }

            @Override
            public byte[] tile(int level, long index, int width) throws IOException {
                return log.tile(level, index, width);
            }

            @Override
            public byte[] entries(long index, int width) {
                return log.entries(index, width);
            }
        };
        assertThat(look()).isEqualTo(new Sight.Unchanged(of(500)));
    }
}
