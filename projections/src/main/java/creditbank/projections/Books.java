package creditbank.projections;

import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Sector;
import creditbank.projections.Achievements.Standing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Do the bank's books balance on a business day, as known now? Sums by institution, sector and
 * unit. What counts on a day is what counts in the {@link Balance} of each learner on that day:
 * what was achieved on it or before, and what of that was bound, had expired or been revoked.
 *
 * <p>Kept by {@link Achievements}, which knows what an achievement was before it was corrected:
 * for each line a document of all that ever counts, and one for each day on which that changes. A
 * day in the past is all of it less the days behind, so that today is answered quickly.
 */
public final class Books {

    /**
     * Sums in hundredths, as in {@link Amounts}.
     *
     * @param achievements how many were recorded
     */
    public record Line(
            InstitutionId institution,
            Sector sector,
            CreditUnit unit,
            long recorded,
            long reserved,
            long redeemed,
            long expired,
            long revoked,
            long transferred,
            long achievements) {

        static Line of(Standing s, Amounts amounts, long achievements) {
            return of(s.achievement().issuer(), s.sector(), s.achievement().credits().unit(),
                    amounts, achievements);
        }

        private static Line of(InstitutionId institution, Sector sector, CreditUnit unit,
                Amounts amounts, long achievements) {
            return new Line(institution, sector, unit, amounts.recorded(), amounts.reserved(),
                    amounts.redeemed(), amounts.expired(), amounts.revoked(),
                    amounts.transferred(), achievements);
        }

        public long available() {
            return amounts().available();
        }

        /** Two lines of the same sector and unit together; the institution is this one's. */
        public Line plus(Line other) {
            return plus(other, 1);
        }

        private Line minus(Line other) {
            return plus(other, -1);
        }

        private Line plus(Line other, int sign) {
            return of(institution, sector, unit, amounts().plus(other.amounts(), sign),
                    achievements + sign * other.achievements);
        }

        private Amounts amounts() {
            return new Amounts(recorded, reserved, redeemed, expired, revoked, transferred);
        }
    }

    /** All that ever counts. Key: institution, sector, unit. */
    public static final View<Line> LINES = new View<>("books", Line.class, List.of());

    /** What changes on a day. Key: institution, sector, unit, day. */
    public static final View<Line> DAYS = new View<>("books_days", Line.class, List.of());

    private static final int AT_ONCE = 1_000;

    private Books() {
    }

    // ------------------------------------------------------------------ question

    /**
     * The books of one institution, or of all, on a day; without lines of which nothing counts
     * yet.
     *
     * @param day of a year of four digits
     */
    public static List<Line> on(Views views, @Nullable InstitutionId only, LocalDate day) {
        List<Line> lines = new ArrayList<>();
        Views.Range range = Views.Range.ofKeys(only == null ? "" : only + "|", AT_ONCE);
        while (true) {
            List<Views.Row<Line>> rows = views.page(LINES, range);
            rows.stream().map(r -> upTo(day, views, r.at(), r.document()))
                    .filter(line -> line.achievements() != 0).forEach(lines::add);
            if (rows.size() < AT_ONCE) {
                return lines;
            }
            range = range.behind(rows.getLast().at());
        }
    }

    private static Line upTo(LocalDate day, Views views, String key, Line all) {
        Line line = all;
        Views.Range range = Views.Range.ofKeys(key + "|", AT_ONCE).behind(key + "|" + day);
        while (true) {
            List<Views.Row<Line>> rows = views.page(DAYS, range);
            for (Views.Row<Line> row : rows) {
                line = line.minus(row.document());
            }
            if (rows.size() < AT_ONCE) {
                return line;
            }
            range = range.behind(rows.getLast().at());
        }
    }

    // ------------------------------------------------------------------ fold

    /** @param was the same achievement before; absent where it is new */
    static void fold(Documents documents, @Nullable Standing was, Standing now) {
        if (was != null) {
            post(documents, was, -1);
        }
        post(documents, now, 1);
    }

    private static void post(Documents documents, Standing standing, int sign) {
        Amounts before = Amounts.NOTHING;
        int achievements = sign;
        for (LocalDate day : standing.days()) {
            Amounts now = standing.amounts(day);
            if (achievements != 0 || !now.equals(before)) {
                Amounts change = now.minus(before);
                post(documents, day, Line.of(standing,
                        Amounts.NOTHING.plus(change, sign), achievements));
            }
            before = now;
            achievements = 0;
        }
    }

    private static void post(Documents documents, LocalDate day, Line change) {
        String key = change.institution() + "|" + change.sector() + "|" + change.unit();
        post(documents, LINES, key, change);
        post(documents, DAYS, key + "|" + day, change);
    }

    private static void post(Documents documents, View<Line> view, String key, Line change) {
        Line was = documents.get(view, key);
        documents.put(view, key, was == null ? change : was.plus(change));
    }
}
