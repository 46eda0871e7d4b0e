package creditbank.ledger.mongodb;

import static creditbank.ledger.Drafts.commit;
import static creditbank.ledger.Drafts.named;
import static creditbank.ledger.Drafts.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Entry;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.Outcome.Appended;
import creditbank.ledger.Outcome.TooLarge;
import creditbank.store.MongoConnection;
import creditbank.store.MongoFailure;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bson.Document;
import org.bson.types.Binary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases that are not as the bank left them, or not the bank's. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MongoLedgerBadDaysTest {

    private static final Instant NOON = Instant.parse("2026-11-22T04:00:00.123456Z");

    @TempDir
    Path folder;

    private final MongoServers server = new MongoServers();
    private final List<LedgerStore> opened = new ArrayList<>();

    private LedgerStore open(String bank, String index) {
        LedgerStore store =
                new MongoLedgerStore(server.database(), bank, folder.resolve(index));
        opened.add(store);
        return store;
    }

    private LedgerStore open() {
        return open("bank-of-tests", "index.db");
    }

    private MongoCollection<Document> documents() {
        return server.database().getCollection("ledger");
    }

    @AfterEach
    void leaveNothing() {
        opened.forEach(LedgerStore::close);
        server.close();
    }

    // ------------------------------------------------------------------ whose it is

    @Test
    void the_ledger_of_another_bank_is_refused() {
        open().close();
        assertThatThrownBy(() -> open("another-bank", "other.db"))
                .isInstanceOf(MongoFailure.class).hasMessageContaining("another bank");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ledger", "bank"})
    void a_database_that_something_else_is_in_is_refused_and_left_as_it_is(String name) {
        MongoDatabase database = server.database();
        database.getCollection(name).insertOne(new Document("customer", "somebody"));
        assertThatThrownBy(this::open)
                .isInstanceOf(MongoFailure.class).hasMessageContaining("something else");
        assertThat(database.getCollection(name).countDocuments()).isEqualTo(1);
        assertThat(database.listCollectionNames()).containsExactly(name);
    }

    @Test
    void a_ledger_of_a_newer_format_is_refused() {
        open().close();
        server.database().getCollection("bank").updateOne(new Document(), Updates.set("format", 2));
        assertThatThrownBy(this::open)
                .isInstanceOf(MongoFailure.class).hasMessageContaining("format");
    }

    @Test
    void an_index_of_the_collection_that_was_dropped_is_made_again() {
        open().close();
        documents().dropIndex("command");
        open();
        assertThat(documents().listIndexes().map(i -> i.getString("name")))
                .contains("command");
    }

    // ------------------------------------------------------------------ what is in it

    @Test
    void bytes_that_were_changed_are_noticed() {
        LedgerStore store = open();
        store.append(List.of(one("1", "a", 0)), NOON);
        documents().updateOne(new Document(), Updates.set("entries.0.bytes",
                new Binary(new byte[] {1, 2, 3})));
        assertThatThrownBy(() -> store.read(0, 9)).isInstanceOf(LedgerFailure.class)
                .hasMessageContaining("position").hasMessageContaining("checksum");
    }

    @Test
    void a_document_with_fields_of_somebody_elses_is_noticed() {
        LedgerStore store = open();
        store.append(List.of(one("1", "a", 0)), NOON);
        documents().updateOne(new Document(), Updates.set("note", "checked by me"));
        assertThatThrownBy(() -> store.read(0, 9)).isInstanceOf(LedgerFailure.class)
                .hasMessageContaining("edited by hand");
    }

    @Test
    void a_document_that_was_deleted_is_noticed_and_never_passed_over() {
        LedgerStore store = open();
        store.append(List.of(one("1", "a", 0), one("2", "a", 1), one("3", "a", 2)), NOON);
        documents().deleteOne(Filters.eq("_id", 1L));
        assertThatThrownBy(() -> store.read(0, 9)).isInstanceOf(LedgerFailure.class)
                .hasMessageContaining("position 1 is missing");
        assertThatThrownBy(() -> open("bank-of-tests", "fresh.db"))
                .isInstanceOf(LedgerFailure.class).hasMessageContaining("position 1 is missing");
    }

    @Test
    void a_database_that_lost_what_it_acknowledged_is_noticed_by_whoever_has_read_it() {
        LedgerStore store = open();
        store.append(List.of(one("1", "a", 0), one("2", "a", 1)), NOON);
        documents().deleteOne(Filters.eq("_id", 1L));
        LedgerStore other = open("bank-of-tests", "fresh.db");
        other.append(List.of(one("3", "b", 0), one("4", "b", 1)), NOON);
        assertThatThrownBy(() -> store.append(List.of(one("5", "c", 0)), NOON))
                .isInstanceOf(LedgerFailure.class)
                .hasMessageContaining("lost commits that it had acknowledged");
    }

    @Test
    void a_database_that_is_shorter_than_what_the_node_has_read_is_refused_at_the_start() {
        LedgerStore store = open();
        store.append(List.of(one("1", "a", 0), one("2", "a", 1)), NOON);
        store.close();
        documents().deleteOne(Filters.eq("_id", 1L));
        assertThatThrownBy(this::open).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cut off or is another one");
    }

    @Test
    void a_command_that_the_index_of_a_node_does_not_know_is_not_written_twice() {
        LedgerStore store = open();
        store.append(List.of(one("1", "a", 0)), NOON);
        documents().updateOne(Filters.eq("_id", 0L), Updates.set("command", "2"));
        assertThatThrownBy(() -> store.append(List.of(one("2", "b", 0)), NOON))
                .isInstanceOf(LedgerFailure.class).hasMessageContaining("command 2 stands");
        assertThat(documents().countDocuments()).isEqualTo(1);
    }

    // ------------------------------------------------------------------ sizes

    @Test
    void a_commit_larger_than_a_document_may_be_fails_alone() {
        LedgerStore store = open();
        String mebibyte = "a".repeat(1 << 20);
        Draft[] drafts = new Draft[16];
        for (int i = 0; i < drafts.length; i++) {
            drafts[i] = named("2", "b", i, mebibyte);
        }
        assertThat(store.append(List.of(one("1", "a", 0), commit("2", drafts),
                one("3", "a", 1)), NOON)).satisfiesExactly(
                        first -> assertThat(first).isEqualTo(new Appended(0)),
                        large -> assertThat(large).isInstanceOf(TooLarge.class),
                        last -> assertThat(last).isEqualTo(new Appended(1)));
        assertThat(store.read(0, 9)).extracting(Entry::stream).containsExactly("a", "a");
    }

    @Test
    void a_commit_as_large_as_may_be_is_kept() {
        LedgerStore store = open();
        String mebibyte = "a".repeat(1 << 20);
        Draft[] drafts = new Draft[14];
        for (int i = 0; i < drafts.length; i++) {
            drafts[i] = named("1", "b", i, mebibyte);
        }
        assertThat(store.append(List.of(commit("1", drafts), one("2", "a", 0)), NOON))
                .containsExactly(new Appended(0), new Appended(14));
        assertThat(store.read(3, 2)).extracting(Entry::sequence).containsExactly(3L, 4L);
        assertThat(store.readStream("b", 5, 2)).extracting(Entry::position)
                .containsExactly(5L, 6L);
    }

    // ------------------------------------------------------------------ settings

    @ParameterizedTest
    @ValueSource(strings = {"w=1", "w=0", "journal=false&w=majority", "readPreference=secondary",
        "readConcernLevel=local"})
    void a_connection_string_that_asks_for_less_than_is_safe_is_refused(String option) {
        assertThatThrownBy(() -> MongoConnection.open(
                "mongodb://127.0.0.1:1/creditbank?" + option))
                .isInstanceOf(MongoFailure.class).hasMessageContaining("Leave");
    }

    @Test
    void a_connection_string_must_name_a_database() {
        assertThatThrownBy(() -> MongoConnection.open("mongodb://127.0.0.1:1/"))
                .isInstanceOf(MongoFailure.class).hasMessageContaining("names no database");
    }

    @Test
    void a_server_that_cannot_be_reached_is_named_with_what_to_do() {
        assertThatThrownBy(() -> MongoConnection.open(
                "mongodb://127.0.0.1:1/creditbank?serverSelectionTimeoutMS=200"))
                .isInstanceOf(MongoFailure.class).hasMessageContaining("does not answer");
    }

    @Test
    void a_server_that_is_too_old_is_refused() {
        try (MongoServers old = MongoServers.standIn()) {
            assertThatThrownBy(() -> MongoConnection.open(old.uri()))
                    .isInstanceOf(MongoFailure.class).hasMessageContaining("older than 7.0");
        }
    }
}
