package creditbank.audit;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.digest.StateDigest;
import creditbank.api.value.Claim;
import creditbank.ledger.Entries;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.projections.Projection;
import creditbank.views.ViewKeeper;
import creditbank.views.sqlite.SqliteViews;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The whole bank as it stood once: the projections' own folds over all entries up to a position,
 * page by page into a scratch file. Takes flat memory, and about the time and the room in which the
 * live views of the same projections were made; so there is one at a time.
 */
public final class WholeReplay {

    private static final int AT_ONCE = 10_000;
    private static final String FILE = "replay.db";

    private final Entries ledger;
    private final Path scratch;
    private final Semaphore alone = new Semaphore(1);

    /** @param scratch an existing folder that nobody else uses, with room for another views.db */
    public WholeReplay(Entries ledger, Path scratch) {
        this.ledger = ledger;
        this.scratch = scratch;
    }

    /**
     * The digest of each projection's documents at a moment, in the order of the projections.
     *
     * @throws Refused if another replay is under way
     */
    public List<StateDigest> digests(
            Moment moment, List<Projection> projections, Verification.Progress progress) {
        return of(moment, projections, progress, keeper -> keeper.digests(projections));
    }

    /**
     * Folds all entries up to a moment into a scratch file and asks it something. Whoever throws
     * from {@code progress} ends it.
     *
     * @throws Refused if another one is under way
     */
    public <T> T of(Moment moment, List<Projection> projections,
            Verification.Progress progress, Function<ViewKeeper, T> question) {
        return alone(() -> {
            try {
                try (ViewKeeper keeper =
                        new SqliteViews(scratch.resolve(FILE), projections)) {
                    pages(moment, entries -> keeper.fold(projections,
                            entries.stream().map(EntryFormat::read).toList()), progress);
                    return question.apply(keeper);
                } finally {
                    empty(scratch);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("The scratch folder " + scratch
                        + " cannot be used: " + e.getMessage(), e);
            }
        });
    }

    /**
     * The streams up to a moment with an entry that names one of the claims, whoever holds it now.
     * Reads the whole ledger up to then without folding it.
     *
     * @throws Refused if another replay of it is under way
     */
    public Set<String> streamsNaming(List<Claim> claims, Moment moment) {
        return alone(() -> {
            Set<String> streams = new LinkedHashSet<>();
            pages(moment, entries -> entries.stream().filter(entry -> {
                String text = new String(entry.bytes(), StandardCharsets.ISO_8859_1);
                return claims.stream().anyMatch(claim -> text.contains(claim.text()));
            }).map(Entry::stream).forEach(streams::add), (_, _) -> { });
            return streams;
        });
    }

    private interface Work<T> {
        T run();
    }

    private <T> T alone(Work<T> work) {
        Refused.refuseIf(!alone.tryAcquire(), Refusal.ReplayBusy::new);
        try {
            return work.run();
        } finally {
            alone.release();
        }
    }

    private interface Page {
        void take(List<Entry> entries);
    }

    private void pages(Moment moment, Page each, Verification.Progress progress) {
        long end = moment.position() + 1;
        for (long from = 0; from < end; from += AT_ONCE) {
            progress.at(from, end);
            each.take(ledger.read(from, (int) Math.min(AT_ONCE, end - from)));
        }
        progress.at(end, end);
    }

    /** With what SQLite laid beside the file. */
    private static void empty(Path scratch) throws IOException {
        try (Stream<Path> files = Files.list(scratch)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(FILE)) {
                    Files.delete(file);
                }
            }
        }
    }
}
