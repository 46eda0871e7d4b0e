package creditbank.audit;

import creditbank.account.Account;
import creditbank.account.Held;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AccountEvent.IdentityCorrected;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AccountEvent.RestrictionLifted;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.CreditState;
import creditbank.api.account.Deposit;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.Posting;
import creditbank.api.account.Posts;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The sums of the amounts that events carry, against the sums of all accounts as decisions see
 * them. Both are kept in memory: they are as large as the books, not as the ledger.
 */
final class BooksCheck {

    /** The sums of one institution, sector and unit, in hundredths. */
    private static final class Sums {
        private static final Sums NONE = new Sums();

        private long recorded;
        private long revoked;
        private long achievements;
        private long reserved;
        private long redeemed;
        private long transferred;
        private final Map<LocalDate, Long> expiring = new TreeMap<>();

        private void deposit(Deposit deposit, int sign) {
            recorded = Math.addExact(recorded, sign * deposit.credits().hundredths());
            achievements += sign;
            expire(deposit, sign);
        }

        private void revoke(Deposit deposit) {
            revoked = Math.addExact(revoked, deposit.credits().hundredths());
            expire(deposit, -1);
        }

        private void use(long nowReserved, long nowRedeemed, long nowTransferred) {
            reserved = Math.addExact(reserved, nowReserved);
            redeemed = Math.addExact(redeemed, nowRedeemed);
            transferred = Math.addExact(transferred, nowTransferred);
        }

        private void post(Posting posting) {
            post(posting.from(), -posting.credits().hundredths());
            post(posting.to(), posting.credits().hundredths());
        }

        private void post(CreditState state, long amount) {
            switch (state) {
                case RESERVED -> use(amount, 0, 0);
                case REDEEMED -> use(0, amount, 0);
                case TRANSFERRED -> use(0, 0, amount);
                case AVAILABLE -> {
                    // What the three others and the deposits leave.
                }
            }
        }

        private void expire(Deposit deposit, int sign) {
            long amount = sign * deposit.credits().hundredths();
            if (deposit.validUntil() != null && amount != 0) {
                // What comes to nothing is left out, so that sums can be held side by side.
                expiring.merge(deposit.validUntil(), amount,
                        (a, b) -> a + b == 0 ? null : Long.valueOf(Math.addExact(a, b)));
            }
        }

        private boolean isNothing() {
            return recorded == 0 && revoked == 0 && achievements == 0 && reserved == 0
                    && redeemed == 0 && transferred == 0 && expiring.isEmpty();
        }

        private long expired(LocalDate day) {
            return expiring.entrySet().stream().filter(e -> e.getKey().isBefore(day))
                    .mapToLong(Map.Entry::getValue).sum();
        }
    }

    private final Finding finding = new Finding("books");
    private final Map<String, Sums> events = new TreeMap<>();
    private final Map<String, Sums> accounts = new TreeMap<>();
    /** Events say whose credits are used, but not who issued them: of all institutions together. */
    private final Map<Pool, Sums> eventsUsed = new TreeMap<>();
    private final Map<Pool, Sums> accountsUsed = new TreeMap<>();
    /** What of the credits that are bound to nothing expires on which day. */
    private final Map<CreditUnit, Sums> free = new EnumMap<>(CreditUnit.class);

    private record Pool(Sector sector, CreditUnit unit) implements Comparable<Pool> {

        static Pool of(Posting posting) {
            return new Pool(posting.sector(), posting.credits().unit());
        }

        static Pool of(Deposit deposit) {
            return new Pool(deposit.sector(), deposit.credits().unit());
        }

        @Override
        public int compareTo(Pool other) {
            return toString().compareTo(other.toString());
        }
    }

    void fold(List<Recorded> entries) {
        for (Recorded entry : entries) {
            if (finding.isSettled()) {
                return;
            }
            try {
                if (entry.event() instanceof AccountEvent event) {
                    fold(event);
                }
            } catch (ArithmeticException e) {
                finding.failsAtLarge("books.fold", entry.position(),
                        String.valueOf(e.getMessage()));
            }
        }
    }

    private void fold(AccountEvent event) {
        switch (event) {
            case AchievementRecorded e ->
                    sums(events, e.achievement().issuer(), e.deposit()).deposit(e.deposit(), 1);
            case AchievementCorrected e -> {
                sums(events, e.after().issuer(), e.before()).deposit(e.before(), -1);
                sums(events, e.after().issuer(), e.deposit()).deposit(e.deposit(), 1);
            }
            case AchievementRevoked e ->
                    sums(events, e.issuer(), e.withdrawn()).revoke(e.withdrawn());
            case Posts e -> e.postings().forEach(posting -> eventsUsed
                    .computeIfAbsent(Pool.of(posting), _ -> new Sums()).post(posting));
            case AccountOpened _, IdentityCorrected _, AccountRestricted _, RestrictionLifted _,
                    LearnerErased _, EnrolmentBegun _, EnrolmentMoved _, ApplicationEvent _ -> {
                // Moves no credits.
            }
        }
    }

    /** Adds an account as it stood last; an erased one as it stood before. */
    void add(Account.Open account) {
        for (Held held : account.achievements()) {
            Sums sums = sums(accounts, held.issuer(), held.deposit());
            sums.deposit(held.deposit(), 1);
            if (held.revoked()) {
                sums.revoke(held.deposit());
            }
            if (held.reserved() != 0 || held.redeemed() != 0 || held.transferred() != 0) {
                accountsUsed.computeIfAbsent(Pool.of(held.deposit()), _ -> new Sums())
                        .use(held.reserved(), held.redeemed(), held.transferred());
            }
            Deposit left = held.free();
            free.computeIfAbsent(left.credits().unit(), _ -> new Sums()).deposit(left, 1);
        }
    }

    private static Sums sums(
            Map<String, Sums> all, InstitutionId institution, Deposit deposit) {
        return all.computeIfAbsent(institution + "|" + deposit.sector() + "|"
                + deposit.credits().unit(), _ -> new Sums());
    }

    /** @param zone whose day it is */
    void compare(LocalDate day, ZoneId zone) {
        if (finding.isSettled()) {
            return;
        }
        // A correction to another unit leaves a line that is empty again.
        events.values().removeIf(Sums::isNothing);
        Set<String> lines = new TreeSet<>(events.keySet());
        lines.addAll(accounts.keySet());
        lines.forEach(line -> compare(line, events.getOrDefault(line, Sums.NONE),
                accounts.getOrDefault(line, Sums.NONE)));
        eventsUsed.values().removeIf(Sums::isNothing);
        Set<Pool> pools = new TreeSet<>(eventsUsed.keySet());
        pools.addAll(accountsUsed.keySet());
        pools.forEach(pool -> compare(pool, eventsUsed.getOrDefault(pool, Sums.NONE),
                accountsUsed.getOrDefault(pool, Sums.NONE)));
        if (accounts.isEmpty()) {
            finding.nothing("books.nothing");
        } else {
            finding.counted(accounts.size(), day, inAll(day), zone);
        }
    }

    private void compare(String line, Sums books, Sums sums) {
        if (books.recorded != sums.recorded || books.revoked != sums.revoked
                || books.achievements != sums.achievements) {
            finding.failsAtLarge("books.differ", line, Credits.amount(books.recorded),
                    Credits.amount(books.revoked), books.achievements,
                    Credits.amount(sums.recorded), Credits.amount(sums.revoked),
                    sums.achievements);
        } else if (!books.expiring.equals(sums.expiring)) {
            finding.failsAtLarge("books.expiries-differ", line);
        }
    }

    private void compare(Pool pool, Sums books, Sums sums) {
        if (books.reserved != sums.reserved || books.redeemed != sums.redeemed
                || books.transferred != sums.transferred) {
            finding.failsAtLarge("books.uses-differ", pool.sector(), pool.unit(),
                    Credits.amount(books.reserved), Credits.amount(books.redeemed),
                    Credits.amount(books.transferred), Credits.amount(sums.reserved),
                    Credits.amount(sums.redeemed), Credits.amount(sums.transferred));
        }
    }

    /**
     * One for each unit: recorded = available + reserved + redeemed + expired + revoked +
     * transferred, such as {@code CN 15.00 = 6.00 + 2.00 + 1.00 + 2.00 + 1.00 + 3.00}.
     */
    private String inAll(LocalDate day) {
        Map<CreditUnit, long[]> units = new EnumMap<>(CreditUnit.class);
        accounts.forEach((line, sums) -> {
            CreditUnit unit = CreditUnit.of(line.substring(line.lastIndexOf('|') + 1));
            long[] sum = units.computeIfAbsent(unit, _ -> new long[7]);
            sum[0] += sums.recorded;
            sum[5] += sums.revoked;
        });
        accountsUsed.forEach((pool, sums) -> {
            long[] sum = units.computeIfAbsent(pool.unit(), _ -> new long[7]);
            sum[2] += sums.reserved;
            sum[3] += sums.redeemed;
            sum[6] += sums.transferred;
        });
        units.forEach((unit, sum) -> {
            sum[4] = free.getOrDefault(unit, Sums.NONE).expired(day);
            sum[1] = sum[0] - sum[2] - sum[3] - sum[4] - sum[5] - sum[6];
        });
        return units.entrySet().stream().map(e -> e.getKey() + " "
                + Credits.amount(e.getValue()[0]) + " = "
                + Arrays.stream(e.getValue()).skip(1).mapToObj(Credits::amount)
                        .collect(Collectors.joining(" + "))).collect(Collectors.joining("; "));
    }

    Finding finding() {
        return finding;
    }
}
