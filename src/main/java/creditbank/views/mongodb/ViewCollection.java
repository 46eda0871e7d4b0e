package creditbank.views.mongodb;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.Sorts;
import creditbank.ledger.EntryFormat;
import creditbank.projections.View;
import creditbank.projections.Views.Range;
import creditbank.projections.Views.Row;
import creditbank.store.MongoFailure;
import creditbank.views.StateSum;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The collection that holds a view's documents ({@code docs/formats/views-mongodb.md}).
 *
 * @param generation how often the projection was begun anew; part of the collection's name
 */
record ViewCollection<T>(MongoDatabase database, View<T> view, int generation) {

    private static final String PREFIX = "view_";

    /**
     * A document as it is kept.
     *
     * @param at     how many entries were folded when it was written
     * @param epoch  of who wrote it
     * @param before what it was before that, or null where it was not there
     */
    record Kept(String key, long at, long epoch, String json, @Nullable Version before) {

        /** What it is where so many entries are folded: a run that was cut short does not count. */
        @Nullable Version asOf(long reached) {
            return at <= reached ? new Version(at, json) : before;
        }
    }

    record Version(long at, String json) {
    }

    static String prefix(View<?> view) {
        return PREFIX + view.name() + "_";
    }

    String name() {
        return prefix(view) + generation;
    }

    private MongoCollection<Document> documents() {
        return database.getCollection(name());
    }

    void create() {
        database.createCollection(name());
        for (View.Index<T> index : view.indexes()) {
            documents().createIndex(Indexes.ascending(place(index.name())),
                    new IndexOptions().name(index.name()).sparse(true));
        }
    }

    private static String place(String index) {
        return "places." + index;
    }

    // ------------------------------------------------------------------ questions

    @Nullable T find(String key) {
        Document found = documents().find(Filters.eq("_id", key)).first();
        return found == null ? null : document(found.getString("document"));
    }

    List<Row<T>> page(Range range) {
        String field = range.index() == null
                ? "_id" : place(view.index(range.index()).name());
        List<Row<T>> rows = new ArrayList<>();
        for (Document each : documents()
                .find(Filters.and(Filters.gte(field, range.from()), Filters.lt(field, range.to())))
                .sort(range.descending() ? Sorts.descending(field) : Sorts.ascending(field))
                .limit(range.limit())) {
            String at = range.index() == null ? each.getString("_id")
                    : each.get("places", Document.class).getString(range.index());
            rows.add(new Row<>(at, document(each.getString("document"))));
        }
        return rows;
    }

    T document(String json) {
        try {
            return EntryFormat.JSON.readValue(json, view.type());
        } catch (JacksonException e) {
            // Its words show what stands in the document.
            throw new MongoFailure("A document in the collection " + name() + " of the database "
                    + database.getName() + " cannot be read: it was edited by hand or is damaged."
                    + " Stop the nodes and drop the collection projections; the views are made"
                    + " anew from the ledger.");
        }
    }

    // ------------------------------------------------------------------ folding

    Map<String, Kept> kept(Collection<String> keys) {
        Map<String, Kept> found = new HashMap<>();
        for (Document each : documents().find(Filters.in("_id", keys))) {
            found.put(each.getString("_id"), kept(each));
        }
        return found;
    }

    /** All documents as they are where so many entries are folded, in the order of their keys. */
    void digest(StateSum into, long reached) {
        for (Document each : documents().find().sort(Sorts.ascending("_id"))) {
            Version version = kept(each).asOf(reached);
            if (version != null) {
                into.add(view, each.getString("_id"), document(version.json()));
            }
        }
    }

    private static Kept kept(Document each) {
        Document before = each.get("before", Document.class);
        return new Kept(each.getString("_id"), each.getLong("at"), each.getLong("epoch"),
                each.getString("document"), before == null ? null
                : new Version(before.getLong("at"), before.getString("document")));
    }

    /** As it is kept from now on. */
    Document written(String key, long at, long epoch, T document, @Nullable Version before) {
        Document places = new Document();
        for (View.Index<T> index : view.indexes()) {
            String place = index.key().apply(document);
            if (place != null) {
                places.append(index.name(), place);
            }
        }
        Document written = new Document("_id", key).append("at", at).append("epoch", epoch)
                .append("document", EntryFormat.JSON.writeValueAsString(document))
                .append("places", places);
        if (before != null) {
            written.append("before", new Document("at", before.at())
                    .append("document", before.json()));
        }
        return written;
    }

    /** Only as long as it is what was read. */
    static Bson unchanged(Kept kept) {
        return Filters.and(Filters.eq("_id", kept.key()), Filters.eq("at", kept.at()),
                Filters.eq("epoch", kept.epoch()));
    }

    MongoCollection<Document> forWriting() {
        return documents();
    }
}
