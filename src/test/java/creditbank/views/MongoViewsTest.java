package creditbank.views;

import static creditbank.views.Tally.BY_NAME;
import static creditbank.views.Tally.COUNTS;
import static creditbank.views.Tally.registered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.formats.Committed;
import creditbank.ledger.mongodb.MongoServers;
import creditbank.projections.Projection;
import creditbank.projections.Views;
import creditbank.projections.Views.Range;
import creditbank.store.MongoFailure;
import creditbank.views.memory.MemoryViews;
import creditbank.views.mongodb.MongoViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MongoViewsTest extends ViewKeeperContract {

    private final MongoServers server = new MongoServers();
    private final MongoDatabase database = server.database();

    @Override
    protected ViewKeeper open(List<Projection> projections) {
        return new MongoViews(database, projections);
    }

    @AfterEach
    void leaveNothing() {
        server.close();
    }

    private MongoCollection<Document> stands() {
        return database.getCollection("projections");
    }

    private void reopen(Projection projection) {
        keeper.close();
        keeper = open(List.of(projection));
    }

    // ------------------------------------------------------------------ opening again

    @Test
    void documents_and_how_far_they_stand_survive_reopening() {
        fold(0, registered("aa", "x"), registered("aa", "y"));
        reopen(TALLY);
        assertThat(keeper.reached(TALLY)).isEqualTo(2);
        assertThat(keeper.lastFolded(TALLY)).contains("id-1");
        assertThat(keeper.views().get(COUNTS, "aa"))
                .isEqualTo(new Tally.Count("aa", "y", 2, true));
    }

    @Test
    void a_projection_of_another_version_begins_anew_and_the_old_collections_go() {
        fold(0, registered("aa", "x"));
        Projection next = new Tally(2);
        reopen(next);
        assertThat(keeper.reached(next)).isZero();
        assertThat(all(keeper)).isEmpty();
        keeper.fold(List.of(next), entries(0, registered("bb", "x")));
        reopen(next);
        assertThat(keeper.reached(next)).isEqualTo(1);
        assertThat(database.listCollectionNames())
                .containsExactlyInAnyOrder("projections", "view_tally_2");
    }

    @Test
    void what_was_made_anew_survives_reopening() {
        fold(0, registered("aa", "x"));
        ViewKeeper.Rebuild anew = keeper.rebuild(TALLY);
        anew.fold(entries(0, registered("bb", "x"), registered("cc", "x")));
        anew.replace();
        reopen(TALLY);
        assertThat(keeper.reached(TALLY)).isEqualTo(2);
        assertThat(all(keeper)).extracting(Views.Row::at).containsExactly("bb", "cc");
        assertThat(database.listCollectionNames())
                .containsExactlyInAnyOrder("projections", "view_tally_2");
    }

    // ------------------------------------------------------------------ runs cut short

    /** As if the process had ended when the documents were written, and not yet the stand. */
    private void cutShortAfter(long reached) {
        stands().updateOne(Filters.eq("_id", "tally"), Updates.combine(
                Updates.set("reached", reached),
                reached == 0 ? Updates.unset("last") : Updates.set("last", "id-" + (reached - 1))));
        reopen(TALLY);
    }

    @Test
    void a_run_whose_documents_were_written_and_whose_stand_was_not_has_its_effect_once() {
        fold(0, registered("aa", "x"));
        fold(1, registered("aa", "y"), registered("bb", "y"));
        cutShortAfter(1);
        fold(1, registered("aa", "y"), registered("bb", "y"));
        assertThat(all(keeper)).extracting(Views.Row::document).containsExactly(
                new Tally.Count("aa", "y", 2, true), new Tally.Count("bb", "y", 1, true));
    }

    @Test
    void a_run_cut_short_may_be_folded_anew_in_shorter_runs_and_in_longer_ones() {
        fold(0, registered("aa", "x"));
        fold(1, registered("aa", "y"), registered("aa", "z"), registered("bb", "y"));
        cutShortAfter(1);
        fold(1, registered("aa", "y"));
        assertThat(keeper.views().get(COUNTS, "aa"))
                .isEqualTo(new Tally.Count("aa", "y", 2, true));
        fold(2, registered("aa", "z"), registered("bb", "y"), registered("bb", "z"));
        assertThat(all(keeper)).extracting(Views.Row::document).containsExactly(
                new Tally.Count("aa", "z", 3, true), new Tally.Count("bb", "z", 2, true));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void wherever_runs_are_cut_short_the_documents_are_those_of_one_fold(long seed) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(registered("id-" + random.nextInt(6), "n" + random.nextInt(4)));
        }
        List<Recorded> entries = entries(0, events.toArray(Event[]::new));
        long reached = 0;
        while (reached < entries.size()) {
            int to = (int) Math.min(entries.size(), reached + 1 + random.nextInt(9));
            keeper.fold(List.of(TALLY), entries.subList((int) reached, to));
            if (random.nextInt(3) == 0) {
                cutShortAfter(reached);
            } else {
                reached = to;
            }
        }
        MemoryViews once = new MemoryViews();
        once.fold(List.of(TALLY), entries);
        assertThat(all(keeper)).isEqualTo(all(once));
        assertThat(keeper.views().page(COUNTS, Range.of(BY_NAME, "", 99)))
                .isEqualTo(once.views().page(COUNTS, Range.of(BY_NAME, "", 99)));
    }

    // ------------------------------------------------------------------ two that fold

    @Test
    void who_begins_to_fold_takes_it_from_whoever_did_so_before() {
        fold(0, registered("aa", "x"));
        ViewKeeper other = open(List.of(TALLY));
        other.fold(List.of(TALLY), entries(0, registered("aa", "x"), registered("aa", "y")));
        List<Recorded> late = entries(1, registered("aa", "y"), registered("bb", "y"));
        assertThatThrownBy(() -> keeper.fold(List.of(TALLY), late))
                .isInstanceOf(MongoFailure.class).hasMessageContaining("Another node");
        assertThat(keeper.reached(TALLY)).isEqualTo(2);
        keeper.fold(List.of(TALLY), late);
        assertThat(all(keeper)).extracting(Views.Row::document).containsExactly(
                new Tally.Count("aa", "y", 2, true), new Tally.Count("bb", "y", 1, true));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void two_that_fold_by_turns_and_into_each_others_runs_leave_the_documents_of_one_fold(
            long seed) {
        Random random = new Random(seed);
        ViewKeeper other = open(List.of(TALLY));
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            events.add(registered("id-" + random.nextInt(6), "n" + random.nextInt(4)));
        }
        List<Recorded> entries = entries(0, events.toArray(Event[]::new));
        long before = 0;
        while (keeper.reached(TALLY) < entries.size()) {
            ViewKeeper each = random.nextBoolean() ? keeper : other;
            int from = (int) Math.max(0, each.reached(TALLY) - random.nextInt(3));
            int to = Math.min(entries.size(), from + 1 + random.nextInt(9));
            try {
                each.fold(List.of(TALLY), entries.subList(from, to));
            } catch (MongoFailure fenced) {
                assertThat(fenced).hasMessageContaining("Another node");
            }
            // Asked of one that holds nothing: the database's own word.
            long now = open(List.of(TALLY)).reached(TALLY);
            assertThat(now).isGreaterThanOrEqualTo(before);
            before = now;
        }
        MemoryViews once = new MemoryViews();
        once.fold(List.of(TALLY), entries);
        assertThat(all(keeper)).isEqualTo(all(once));
    }

    // ------------------------------------------------------------------ format

    /** Holds {@code docs/formats/views-mongodb.md} to what is written. */
    @Test
    void documents_and_stands_have_the_fields_of_the_examples_and_no_others() {
        fold(0, registered("aa", "x"));
        fold(1, registered("aa", "y"));
        assertThat(database.getCollection("view_tally_1").find().first())
                .isNotNull().containsOnlyKeys(example(0).keySet());
        assertThat(stands().find().first()).isNotNull().containsOnlyKeys(example(1).keySet());
    }

    private static Document example(int number) {
        String page = Committed.page("views-mongodb.md");
        return Document.parse(page.split("```json\n")[number + 1].split("\n```")[0]);
    }

    // ------------------------------------------------------------------ bad days

    @Test
    void a_document_that_was_edited_by_hand_says_what_to_do() {
        fold(0, registered("aa", "x"));
        database.getCollection("view_tally_1").updateOne(Filters.eq("_id", "aa"),
                Updates.set("document", "{\"name\":"));
        assertThatThrownBy(() -> keeper.views().get(COUNTS, "aa"))
                .isInstanceOf(MongoFailure.class).hasMessageContaining("made anew");
    }
}
