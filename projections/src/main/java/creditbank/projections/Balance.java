package creditbank.projections;

import creditbank.api.account.LearnerId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Sector;
import creditbank.projections.Achievements.Standing;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many credits does a learner have on a business day, as known now? Always
 * {@code recorded = available + reserved + redeemed + expired + revoked + transferred}, in every
 * line.
 *
 * @param nextExpiry the first day after {@code on} from which available credits are lost
 */
public record Balance(
        LearnerId learner, LocalDate on, List<Line> lines, @Nullable LocalDate nextExpiry) {

    /** The sums of one sector and unit, in hundredths, as in {@link Amounts}. */
    public record Line(
            Sector sector,
            CreditUnit unit,
            long recorded,
            long available,
            long reserved,
            long redeemed,
            long expired,
            long revoked,
            long transferred,
            int achievements) {
    }

    private static final int AT_ONCE = 1_000;

    public static Balance of(Views views, LearnerId learner, LocalDate on) {
        Map<Pool, Sums> pools = new TreeMap<>(
                Comparator.comparing(Pool::sector).thenComparing(Pool::unit));
        LocalDate next = null;
        Views.Range range = Achievements.ofLearner(learner, AT_ONCE);
        while (true) {
            List<Views.Row<Standing>> rows = views.page(Achievements.ACHIEVEMENTS, range);
            for (Views.Row<Standing> row : rows) {
                next = earlier(next, add(pools, row.document(), on));
            }
            if (rows.size() < AT_ONCE) {
                break;
            }
            range = range.behind(rows.getLast().at());
        }
        List<Line> lines = pools.entrySet().stream()
                .map(e -> e.getValue().line(e.getKey())).toList();
        return new Balance(learner, on, lines, next);
    }

    /** Adds one achievement; answers the later day on which credits of it will be lost. */
    private static @Nullable LocalDate add(Map<Pool, Sums> pools, Standing s, LocalDate on) {
        if (s.on(on) == Achievements.Condition.NOT_YET) {
            return null;
        }
        Sums sums = pools.computeIfAbsent(
                new Pool(s.sector(), s.achievement().credits().unit()), _ -> new Sums());
        sums.achievements++;
        sums.amounts = sums.amounts.plus(s.amounts(on));
        LocalDate lost = s.expiresOn();
        return lost != null && lost.isAfter(on) && s.amounts(lost.minusDays(1)).available() > 0
                ? lost : null;
    }

    private static @Nullable LocalDate earlier(@Nullable LocalDate a, @Nullable LocalDate b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isBefore(b) ? a : b;
    }

    private record Pool(Sector sector, CreditUnit unit) {
    }

    private static final class Sums {
        private Amounts amounts = Amounts.NOTHING;
        private int achievements;

        private Line line(Pool pool) {
            return new Line(pool.sector(), pool.unit(), amounts.recorded(), amounts.available(),
                    amounts.reserved(), amounts.redeemed(), amounts.expired(), amounts.revoked(),
                    amounts.transferred(), achievements);
        }
    }
}
