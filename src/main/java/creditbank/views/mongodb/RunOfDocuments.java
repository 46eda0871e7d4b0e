package creditbank.views.mongodb;

import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.InsertOneModel;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.WriteModel;
import creditbank.projections.Documents;
import creditbank.projections.View;
import creditbank.views.mongodb.ViewCollection.Kept;
import creditbank.views.mongodb.ViewCollection.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Documents of a run of entries, each read at most once and written at most once. What is read is
 * what stood before the run, also where an earlier attempt at it has left some of its own.
 */
final class RunOfDocuments implements Documents {

    private final MongoDatabase database;
    private final Stand stand;
    private final Map<View<?>, Map<String, Object>> known = new LinkedHashMap<>();
    private final Map<View<?>, Set<String>> changed = new LinkedHashMap<>();
    private final Map<View<?>, Map<String, @Nullable Kept>> kept = new HashMap<>();

    RunOfDocuments(MongoDatabase database, Stand stand) {
        this.database = database;
        this.stand = stand;
    }

    private <T> ViewCollection<T> collection(View<T> view) {
        return new ViewCollection<>(database, view, stand.generation());
    }

    @Override
    public <T> @Nullable T get(View<T> view, String key) {
        Object before = known.getOrDefault(view, Map.of()).get(key);
        if (before != null) {
            return view.type().cast(before);
        }
        Map<String, @Nullable Kept> looked = kept.computeIfAbsent(view, _ -> new HashMap<>());
        if (!looked.containsKey(key)) {
            looked.put(key, collection(view).kept(List.of(key)).get(key));
        }
        Version version = asOfTheStand(looked.get(key));
        if (version == null) {
            return null;
        }
        T document = collection(view).document(version.json());
        known.computeIfAbsent(view, _ -> new HashMap<>()).put(key, document);
        return document;
    }

    private @Nullable Version asOfTheStand(@Nullable Kept found) {
        return found == null ? null : found.asOf(stand.reached());
    }

    @Override
    public <T> void put(View<T> view, String key, T document) {
        known.computeIfAbsent(view, _ -> new HashMap<>()).put(key, document);
        changed.computeIfAbsent(view, _ -> new LinkedHashSet<>()).add(key);
    }

    /**
     * Writes what was put.
     *
     * @param reached how many entries are folded with this run
     * @return whether all of it was written: not where another node has changed something meanwhile
     */
    boolean write(long reached) {
        boolean all = true;
        for (Map.Entry<View<?>, Set<String>> view : changed.entrySet()) {
            all &= write(view.getKey(), view.getValue(), reached);
        }
        return all;
    }

    private <T> boolean write(View<T> view, Set<String> keys, long reached) {
        ViewCollection<T> collection = collection(view);
        Map<String, @Nullable Kept> looked = kept.computeIfAbsent(view, _ -> new HashMap<>());
        List<String> unseen = keys.stream().filter(key -> !looked.containsKey(key)).toList();
        if (!unseen.isEmpty()) {
            looked.putAll(collection.kept(unseen));
        }
        List<WriteModel<Document>> writes = new ArrayList<>(keys.size());
        for (String key : keys) {
            Kept before = looked.get(key);
            if (before != null && before.epoch() > stand.epoch()) {
                return false;
            }
            T document = view.type().cast(
                    Objects.requireNonNull(known.getOrDefault(view, Map.of()).get(key)));
            Document written = collection.written(
                    key, reached, stand.epoch(), document, asOfTheStand(before));
            writes.add(before == null ? new InsertOneModel<>(written)
                    : new ReplaceOneModel<>(ViewCollection.unchanged(before), written));
        }
        BulkWriteResult result = collection.forWriting()
                .bulkWrite(writes, new BulkWriteOptions().ordered(false));
        return result.getMatchedCount() + result.getInsertedCount() == writes.size();
    }
}
