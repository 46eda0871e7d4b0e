package creditbank.ledger.mongodb;

import static creditbank.ledger.Drafts.commit;
import static creditbank.ledger.Drafts.draft;
import static creditbank.ledger.Drafts.one;
import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import creditbank.formats.Committed;
import creditbank.ledger.Entry;
import creditbank.ledger.LedgerStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonDocument;
import org.bson.Document;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds {@code docs/formats/ledger-mongodb.md} to what is written. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LedgerDocumentsTest {

    private static final Pattern EXAMPLE = Pattern.compile("```json\n(.*?)\n```", Pattern.DOTALL);

    @TempDir
    Path folder;

    private static List<String> examples(String page) {
        List<String> examples = new ArrayList<>();
        Matcher example = EXAMPLE.matcher(Committed.page(page));
        while (example.find()) {
            examples.add(example.group(1));
        }
        return examples;
    }

    @Test
    void the_example_of_a_commit_is_read_and_written_as_it_stands() {
        BsonDocument example = BsonDocument.parse(examples("ledger-mongodb.md").getFirst());
        CommitDocument read = CommitDocument.read(example);
        assertThat(read.bson()).isEqualTo(example);
        assertThat(read.entries()).singleElement().satisfies(entry -> assertThat(
                new String(entry.bytes(), StandardCharsets.UTF_8))
                        .isEqualTo(examples("entry.md").getFirst()));
    }

    @Test
    void what_a_store_writes_has_the_fields_of_the_examples_and_no_others() {
        try (MongoServers server = new MongoServers();
                LedgerStore store = new MongoLedgerStore(
                        server.database(), "the-bank", folder.resolve("index.db"))) {
            store.append(List.of(one("1", "a", 0),
                    commit("2", draft("2", "a", 1), draft("2", "b", 0))), Instant.EPOCH);
            MongoDatabase database = server.database();
            BsonDocument example = BsonDocument.parse(examples("ledger-mongodb.md").getFirst());
            BsonDocument written = Objects.requireNonNull(database
                    .getCollection("ledger", BsonDocument.class).find(new Document("_id", 1L))
                    .first());
            assertThat(written.keySet()).containsExactlyElementsOf(example.keySet());
            assertThat(written.getArray("entries")).hasSize(2).allSatisfy(entry ->
                    assertThat(entry.asDocument().keySet()).containsExactlyElementsOf(
                            example.getArray("entries").getFirst().asDocument().keySet()));
            assertThat(CommitDocument.read(written).entries()).extracting(Entry::position)
                    .containsExactly(1L, 2L);
            Document header = Objects.requireNonNull(
                    database.getCollection("bank").find().first());
            assertThat(header.keySet()).containsExactlyElementsOf(
                    Document.parse(examples("ledger-mongodb.md").get(1)).keySet());
        }
    }
}
