package creditbank.views.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReplaceOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.Updates;
import creditbank.api.Recorded;
import creditbank.api.digest.StateDigest;
import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.projections.Views;
import creditbank.store.MongoFailure;
import creditbank.views.StateSum;
import creditbank.views.ViewKeeper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * Views in MongoDB, without transactions. A run writes its documents first, each with the version
 * that was before, and then how far the projection stands; documents of a run that was cut short
 * are known by being ahead of it, and do not count. Who folds has taken an epoch; whoever had an
 * earlier one cannot undo anything any more. See
 * {@code docs/decisions/0022-views-without-transactions.md}.
 */
public final class MongoViews implements ViewKeeper {

    private static final String PROJECTIONS = "projections";

    private final MongoDatabase database;
    private final MongoCollection<Document> stands;
    /** As last seen; exact for those that are {@link #held}. */
    private final Map<String, Stand> seen = new ConcurrentHashMap<>();
    /** Projections whose epoch is this keeper's, and whose last write was answered. */
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    /** Who folds and who puts something new in its place; not who makes it. */
    private final ReentrantLock turn = new ReentrantLock();
    private final Map<String, String> projectionOfView = new HashMap<>();
    private final Answers answers = new Answers();

    /**
     * Opens the views in a database, or makes them there.
     *
     * @param database with the concerns that keep what is acknowledged:
     *                 {@link creditbank.store.MongoConnection}
     */
    public MongoViews(MongoDatabase database, List<Projection> projections) {
        this.database = database;
        this.stands = database.getCollection(PROJECTIONS);
        for (Projection projection : projections) {
            projection.views().forEach(
                    v -> projectionOfView.put(v.name(), projection.name()));
            asking(() -> open(projection));
        }
    }

    /** Takes up what stands, or begins anew where another version stands. */
    private Stand open(Projection projection) {
        Document found = stands.find(Filters.eq("_id", projection.name())).first();
        Stand stand = found == null ? Stand.beginning(-1, 0, 0) : Stand.read(found);
        if (stand.version() != projection.version()) {
            Stand anew = Stand.beginning(
                    projection.version(), stand.generation() + 1, stand.epoch() + 1);
            // Where making anew was cut short, collections of that name may stand already.
            drop(projection, generation -> generation >= anew.generation());
            create(projection, anew);
            stands.replaceOne(Filters.eq("_id", projection.name()), anew.written(),
                    new ReplaceOptions().upsert(true));
            stand = anew;
        }
        Stand now = stand;
        drop(projection, generation -> generation < now.generation());
        seen.put(projection.name(), now);
        return now;
    }

    private void create(Projection projection, Stand stand) {
        for (View<?> view : projection.views()) {
            new ViewCollection<>(database, view, stand.generation()).create();
        }
    }

    private void drop(Projection projection, IntPredicate generations) {
        List<String> names = database.listCollectionNames().into(new ArrayList<>());
        for (View<?> view : projection.views()) {
            String prefix = ViewCollection.prefix(view);
            for (String name : names) {
                String number = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
                if (number.matches("[0-9]{1,9}") && generations.test(Integer.parseInt(number))) {
                    database.getCollection(name).drop();
                }
            }
        }
    }

    // ------------------------------------------------------------------ how far they stand

    @Override
    public long reached(Projection projection) {
        return stand(projection).reached();
    }

    @Override
    public Optional<String> lastFolded(Projection projection) {
        return Optional.ofNullable(stand(projection).last());
    }

    private Stand stand(Projection projection) {
        if (!held.contains(projection.name())) {
            asking(() -> {
                Document found = stands.find(Filters.eq("_id", projection.name())).first();
                // Meanwhile this keeper may have gone on itself.
                return found == null ? null : seen.compute(projection.name(), (name, now) ->
                        held.contains(name) ? now : Stand.read(found));
            });
        }
        return lastSeen(projection.name());
    }

    private Stand lastSeen(String projection) {
        return Objects.requireNonNull(seen.get(projection), projection);
    }

    /** The stand, known for certain, and nobody else's from now on until somebody else asks. */
    private Stand hold(Projection projection) {
        if (!held.contains(projection.name())) {
            Document found = stands.findOneAndUpdate(Filters.eq("_id", projection.name()),
                    Updates.inc("epoch", 1L),
                    new FindOneAndUpdateOptions().returnDocument(ReturnDocument.AFTER));
            if (found == null) {
                throw new MongoFailure("The collection " + PROJECTIONS + " of the database "
                        + database.getName() + " was emptied under a running node. Start the node"
                        + " again; it makes the views anew.");
            }
            Stand stand = Stand.read(found);
            refuseAnotherVersion(projection, stand);
            keep(projection.name(), stand);
        }
        return lastSeen(projection.name());
    }

    /** In this order: what somebody else reads of it meanwhile is not kept instead. */
    private Stand keep(String projection, Stand stand) {
        held.add(projection);
        seen.put(projection, stand);
        return stand;
    }

    private void refuseAnotherVersion(Projection projection, Stand stand) {
        if (stand.version() != projection.version()) {
            throw new MongoFailure("The views " + projection.name() + " in the database "
                    + database.getName() + " are kept by a node of another version of the bank."
                    + " Start all nodes with the same version.");
        }
    }

    // ------------------------------------------------------------------ folding

    private record Folded(Projection projection, RunOfDocuments run, Stand before, Stand after) {
    }

    @Override
    public void fold(List<Projection> projections, List<Recorded> entries) {
        turn.lock();
        try {
            List<Folded> folded = new ArrayList<>();
            for (Projection projection : projections) {
                folded.add(asking(() -> folded(projection, hold(projection), entries)));
            }
            // All are folded by now: one that cannot be leaves nothing of any of them.
            folded.stream().filter(each -> each.after().reached() > each.before().reached())
                    .forEach(each -> asking(() -> write(each)));
        } finally {
            turn.unlock();
        }
    }

    private Folded folded(Projection projection, Stand stand, List<Recorded> entries) {
        RunOfDocuments run = new RunOfDocuments(database, stand);
        Stand now = stand;
        for (Recorded entry : entries) {
            if (entry.position() >= now.reached()) {
                projection.fold(entry, run);
                now = now.after(entry);
            }
        }
        return new Folded(projection, run, stand, now);
    }

    /** Whatever goes wrong here, the next run begins with a look at what stands. */
    private Stand write(Folded folded) {
        String name = folded.projection().name();
        held.remove(name);
        if (!folded.run().write(folded.after().reached()) || !move(folded)) {
            throw new MongoFailure("Another node has begun to fold the views " + name
                    + " in the database " + database.getName() + ".");
        }
        return keep(name, folded.after());
    }

    private boolean move(Folded folded) {
        Stand before = folded.before();
        return stands.updateOne(Filters.and(Filters.eq("_id", folded.projection().name()),
                Filters.eq("epoch", before.epoch()),
                Filters.eq("generation", before.generation()),
                Filters.eq("reached", before.reached())), Updates.combine(
                Updates.set("reached", folded.after().reached()),
                Updates.set("last", folded.after().last()))).getMatchedCount() == 1;
    }

    private <T extends @Nullable Object> T asking(Supplier<T> work) {
        try {
            return work.get();
        } catch (MongoException e) {
            throw new MongoFailure(database.getName(), e);
        }
    }

    /** In turn with this keeper's own folds; what another node folds meanwhile is passed over. */
    @Override
    public List<StateDigest> digests(List<Projection> projections) {
        turn.lock();
        try {
            return projections.stream().map(each -> asking(() -> digest(each))).toList();
        } finally {
            turn.unlock();
        }
    }

    private StateDigest digest(Projection projection) {
        Stand stand = stand(projection);
        StateSum sum = new StateSum();
        for (View<?> view : StateSum.views(projection)) {
            new ViewCollection<>(database, view, stand.generation())
                    .digest(sum, stand.reached());
        }
        return sum.of(projection, stand.reached());
    }

    // ------------------------------------------------------------------ making anew

    @Override
    public Rebuild rebuild(Projection projection) {
        Stand begun = asking(() -> begun(projection));
        return new Rebuild() {
            private Stand stand = begun;

            @Override
            public long reached() {
                return stand.reached();
            }

            @Override
            public void fold(List<Recorded> entries) {
                stand = asking(() -> {
                    Folded folded = folded(projection, stand, entries);
                    if (!folded.run().write(folded.after().reached())) {
                        throw new MongoFailure("Somebody else makes the views "
                                + projection.name() + " anew.");
                    }
                    return folded.after();
                });
            }

            @Override
            public void replace() {
                turn.lock();
                try {
                    asking(() -> put(projection, stand));
                } finally {
                    turn.unlock();
                }
            }
        };
    }

    private Stand begun(Projection projection) {
        Stand old = holdInTurn(projection);
        Stand begun = Stand.beginning(
                projection.version(), old.generation() + 1, old.epoch());
        drop(projection, generation -> generation != old.generation());
        create(projection, begun);
        return begun;
    }

    private Stand holdInTurn(Projection projection) {
        turn.lock();
        try {
            return hold(projection);
        } finally {
            turn.unlock();
        }
    }

    private Stand put(Projection projection, Stand made) {
        Stand now = hold(projection);
        held.remove(projection.name());
        Stand after = new Stand(made.version(), made.generation(), now.epoch(), made.reached(),
                made.last());
        if (stands.replaceOne(Filters.and(Filters.eq("_id", projection.name()),
                Filters.eq("epoch", now.epoch())), after.written()).getMatchedCount() != 1) {
            throw new MongoFailure("Another node has begun to fold the views "
                    + projection.name() + " in the database " + database.getName() + ".");
        }
        // A question under way may still read the old collections; they go at the next opening
        // or rebuild.
        return keep(projection.name(), after);
    }

    // ------------------------------------------------------------------ questions

    @Override
    public Views views() {
        return answers;
    }

    private final class Answers implements Views {

        private <T> ViewCollection<T> collection(View<T> view) {
            return new ViewCollection<>(database, view, lastSeen(Objects.requireNonNull(
                    projectionOfView.get(view.name()), view.name())).generation());
        }

        @Override
        public <T> @Nullable T get(View<T> view, String key) {
            return MongoViews.this.<@Nullable T>asking(() -> collection(view).find(key));
        }

        @Override
        public <T> List<Row<T>> page(View<T> view, Range range) {
            return asking(() -> collection(view).page(range));
        }
    }

    @Override
    public void close() {
        // The connection is its opener's.
    }
}
