package creditbank.views;

import creditbank.api.Recorded;
import creditbank.api.digest.StateDigest;
import creditbank.projections.Projection;
import creditbank.projections.Views;
import java.util.List;
import java.util.Optional;

/** The port to a place where views are kept. The views kit in the tests states its contract. */
public interface ViewKeeper extends AutoCloseable {

    /** What was folded so far. */
    Views views();

    /** How many entries of the ledger a projection has folded. */
    long reached(Projection projection);

    /**
     * The random id of the last entry that a projection has folded, which tells one ledger from
     * another; none before the first. Written together with how far it stands.
     */
    Optional<String> lastFolded(Projection projection);

    /**
     * Folds a run of entries into projections. Documents and how far they stand are written
     * together, so each entry has its effect once, whatever happens in between; entries that a
     * projection has folded already are passed over.
     */
    void fold(List<Projection> projections, List<Recorded> entries);

    /** The digests of projections' documents and how far each stands, all of one moment. */
    List<StateDigest> digests(List<Projection> projections);

    /** Begins to make a projection anew beside the one in use. */
    Rebuild rebuild(Projection projection);

    /** A projection being made anew. */
    interface Rebuild {

        long reached();

        void fold(List<Recorded> entries);

        /** Puts the new one in the place of the old one, which is dropped. */
        void replace();
    }

    @Override
    void close();
}
