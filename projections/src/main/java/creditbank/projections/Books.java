package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.Deposit;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Sector;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Do the bank's books balance? Sums by institution, sector and unit, kept from the amounts that the
 * events themselves carry, so they can be held against the sum of all accounts.
 */
public final class Books implements Projection {

    /**
     * One account of the books, in hundredths.
     *
     * @param recorded     all that was deposited, as corrected
     * @param revoked      what of it was withdrawn
     * @param achievements how many were recorded
     */
    public record Line(
            InstitutionId institution,
            Sector sector,
            CreditUnit unit,
            long recorded,
            long revoked,
            long achievements) {
    }

    /**
     * What of a line stops being usable after a day, in hundredths; may be zero again.
     *
     * @param validUntil the last usable day
     */
    public record Expiry(
            InstitutionId institution,
            Sector sector,
            CreditUnit unit,
            LocalDate validUntil,
            long amount) {
    }

    /** A line as it reads on a day: recorded = available + expired + revoked. */
    public record Stand(Line line, long expired) {
        public long available() {
            return line.recorded() - line.revoked() - expired;
        }

        /** Two lines of the same sector and unit together; the institution is the first one's. */
        public Stand plus(Stand other) {
            return new Stand(new Line(line.institution(), line.sector(), line.unit(),
                    Math.addExact(line.recorded(), other.line.recorded()),
                    Math.addExact(line.revoked(), other.line.revoked()),
                    line.achievements() + other.line.achievements()),
                    Math.addExact(expired, other.expired));
        }
    }

    /** Key: institution, sector, unit. */
    public static final View<Line> LINES = new View<>("books", Line.class, List.of());

    /** Key: institution, sector, unit, last usable day. */
    public static final View<Expiry> EXPIRIES =
            new View<>("books_expiries", Expiry.class, List.of());

    private static final int AT_ONCE = 1_000;

    /** The books of one institution, or of all, on a day. */
    public static List<Stand> on(Views views, @Nullable InstitutionId only, LocalDate day) {
        List<Stand> stands = new ArrayList<>();
        Views.Range range = Views.Range.ofKeys(only == null ? "" : only + "|", AT_ONCE);
        while (true) {
            List<Views.Row<Line>> rows = views.page(LINES, range);
            rows.forEach(r -> stands.add(
                    new Stand(r.document(), expired(views, r.at(), day))));
            if (rows.size() < AT_ONCE) {
                return stands;
            }
            range = range.behind(rows.getLast().at());
        }
    }

    private static long expired(Views views, String line, LocalDate day) {
        long sum = 0;
        Views.Range range = new Views.Range(null, line + "|", line + "|" + day, false, AT_ONCE);
        while (true) {
            List<Views.Row<Expiry>> rows = views.page(EXPIRIES, range);
            sum += rows.stream().mapToLong(r -> r.document().amount()).sum();
            if (rows.size() < AT_ONCE) {
                return sum;
            }
            range = range.behind(rows.getLast().at());
        }
    }

    @Override
    public String name() {
        return "books";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<View<?>> views() {
        return List.of(LINES, EXPIRIES);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        switch (entry.event()) {
            case AchievementRecorded e -> {
                InstitutionId issuer = e.achievement().issuer();
                post(documents, issuer, e.deposit(), e.deposit().credits().hundredths(), 0, 1);
                expiry(documents, issuer, e.deposit(), 1);
            }
            case AchievementCorrected e -> {
                InstitutionId issuer = e.after().issuer();
                post(documents, issuer, e.before(), -e.before().credits().hundredths(), 0, -1);
                expiry(documents, issuer, e.before(), -1);
                post(documents, issuer, e.deposit(), e.deposit().credits().hundredths(), 0, 1);
                expiry(documents, issuer, e.deposit(), 1);
            }
            case AchievementRevoked e -> {
                post(documents, e.issuer(), e.withdrawn(), 0,
                        e.withdrawn().credits().hundredths(), 0);
                expiry(documents, e.issuer(), e.withdrawn(), -1);
            }
            default -> {
                // Moves no credits.
            }
        }
    }

    private static String key(InstitutionId institution, Deposit deposit) {
        return institution + "|" + deposit.sector() + "|" + deposit.credits().unit();
    }

    private static void post(Documents documents, InstitutionId institution, Deposit deposit,
            long recorded, long revoked, int achievements) {
        String key = key(institution, deposit);
        Line was = documents.get(LINES, key);
        Line now = was == null
                ? new Line(institution, deposit.sector(), deposit.credits().unit(), recorded,
                        revoked, achievements)
                : new Line(institution, was.sector(), was.unit(),
                        Math.addExact(was.recorded(), recorded),
                        Math.addExact(was.revoked(), revoked),
                        was.achievements() + achievements);
        documents.put(LINES, key, now);
    }

    private static void expiry(Documents documents, InstitutionId institution, Deposit deposit, int sign) {
        LocalDate validUntil = deposit.validUntil();
        if (validUntil == null) {
            return;
        }
        String key = key(institution, deposit) + "|" + validUntil;
        Expiry was = documents.get(EXPIRIES, key);
        documents.put(EXPIRIES, key, new Expiry(institution, deposit.sector(),
                deposit.credits().unit(), validUntil,
                (was == null ? 0 : was.amount()) + sign * deposit.credits().hundredths()));
    }
}
