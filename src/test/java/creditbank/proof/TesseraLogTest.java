package creditbank.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A whole log that transparency-dev/tessera wrote: 16 checkpoints, tiles and entries. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the fields are made before each test
class TesseraLogTest {

    private static final VerifierKey KEY = VerifierKey.parse("example.com/log/testdata+33d7b496"
            + "+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx");
    private static final String SIGNER = "PRIVATE+KEY+example.com/log/testdata+33d7b496"
            + "+AeymY/SZAX0jZcJ8enZ5FY1Dz+wTML2yWSkK+9DSF3eg";
    private static final List<String> RECORDS = List.of("one", "two", "three", "four", "five",
            "six", "seven", "eit", "nain", "ten", "ileven", "twelf", "threeten", "fourten",
            "fivten");

    private Path folder;
    private LogReader log;

    @BeforeEach
    void the_log() {
        folder = Vectors.folder("tlog-tiles/testdata/log");
        log = new FolderReader(folder);
    }

    private Checkpoint checkpoint(int size) throws Exception {
        return Checkpoint.open(
                Note.parse(Vectors.bytes(folder.resolve("checkpoint." + size))), KEY);
    }

    @Test
    void every_checkpoint_is_signed_and_says_the_root_of_its_tiles() throws Exception {
        for (int size = 0; size <= RECORDS.size(); size++) {
            Checkpoint checkpoint = checkpoint(size);
            assertThat(checkpoint.size()).isEqualTo(size);
            assertThat(new Tree(log, size).root()).as("size " + size)
                    .isEqualTo(checkpoint.root());
        }
        assertThat(Checkpoint.open(Note.parse(log.checkpoint()), KEY)).isEqualTo(checkpoint(15));
    }

    @Test
    void every_record_is_included_in_every_checkpoint_behind_it() throws Exception {
        for (int size = 1; size <= RECORDS.size(); size++) {
            List<String> records = records(log.entries(0, size));
            assertThat(records).isEqualTo(RECORDS.subList(0, size));
            for (int index = 0; index < size; index++) {
                assertThat(new Tree(log, size).inclusion(index).holds(Hash.leaf(
                        records.get(index).getBytes(StandardCharsets.UTF_8)),
                        checkpoint(size).root())).as(index + " of " + size).isTrue();
            }
        }
    }

    private static List<String> records(byte[] bundle) {
        List<String> records = new ArrayList<>();
        ByteBuffer left = ByteBuffer.wrap(bundle);
        while (left.hasRemaining()) {
            byte[] record = new byte[Short.toUnsignedInt(left.getShort())];
            left.get(record);
            records.add(new String(record, StandardCharsets.UTF_8));
        }
        return records;
    }

    @Test
    void every_checkpoint_is_consistent_with_every_later_one() throws Exception {
        for (int to = 1; to <= RECORDS.size(); to++) {
            for (int from = 1; from <= to; from++) {
                assertThat(new Tree(log, to).consistency(from)
                        .holds(checkpoint(from).root(), checkpoint(to).root()))
                        .as(from + " to " + to).isTrue();
            }
        }
    }

    /** Ed25519 has one signature for a text: what is signed here is what was signed there. */
    @Test
    void its_signing_key_signs_the_same_bytes() throws IOException {
        SigningKey key = SigningKey.parse(SIGNER);
        assertThat(key.verifier()).isEqualTo(KEY);
        assertThat(key.text()).isEqualTo(SIGNER);
        for (int size = 0; size <= RECORDS.size(); size++) {
            assertThat(key.sign(new Checkpoint(KEY.name(), size, new Tree(log, size).root())
                    .text()).bytes())
                    .isEqualTo(Vectors.bytes(folder.resolve("checkpoint." + size)));
        }
    }
}
