package creditbank.audit;

import creditbank.account.Account;
import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.Deposit;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import java.time.LocalDate;
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

        private void expire(Deposit deposit, int sign) {
            long amount = sign * deposit.credits().hundredths();
            if (deposit.validUntil() != null && amount != 0) {
                // What comes to nothing is left out, so that sums can be held side by side.
                expiring.merge(deposit.validUntil(), amount,
                        (a, b) -> a + b == 0 ? null : Long.valueOf(Math.addExact(a, b)));
            }
        }

        private boolean isNothing() {
            return recorded == 0 && revoked == 0 && achievements == 0 && expiring.isEmpty();
        }

        private long expired(LocalDate day) {
            return expiring.entrySet().stream().filter(e -> e.getKey().isBefore(day))
                    .mapToLong(Map.Entry::getValue).sum();
        }
    }

    private final Finding finding = new Finding("books");
    private final Map<String, Sums> events = new TreeMap<>();
    private final Map<String, Sums> accounts = new TreeMap<>();

    void fold(List<Recorded> entries) {
        for (Recorded entry : entries) {
            if (finding.isSettled()) {
                return;
            }
            try {
                fold(entry.event());
            } catch (ArithmeticException e) {
                finding.failsAtLarge("books.fold", entry.position(),
                        String.valueOf(e.getMessage()));
            }
        }
    }

    private void fold(Event event) {
        switch (event) {
            case AchievementRecorded e ->
                    sums(events, e.achievement().issuer(), e.deposit()).deposit(e.deposit(), 1);
            case AchievementCorrected e -> {
                sums(events, e.after().issuer(), e.before()).deposit(e.before(), -1);
                sums(events, e.after().issuer(), e.deposit()).deposit(e.deposit(), 1);
            }
            case AchievementRevoked e ->
                    sums(events, e.issuer(), e.withdrawn()).revoke(e.withdrawn());
            default -> {
                // Moves no credits.
            }
        }
    }

    /** Adds an account as it stood last; an erased one as it stood before. */
    void add(Account.Open account) {
        for (Account.Held held : account.achievements()) {
            Sums sums = sums(accounts, held.issuer(), held.deposit());
            sums.deposit(held.deposit(), 1);
            if (held.revoked()) {
                sums.revoke(held.deposit());
            }
        }
    }

    private static Sums sums(
            Map<String, Sums> all, InstitutionId institution, Deposit deposit) {
        return all.computeIfAbsent(institution + "|" + deposit.sector() + "|"
                + deposit.credits().unit(), _ -> new Sums());
    }

    void compare(LocalDate day) {
        if (finding.isSettled()) {
            return;
        }
        // A correction to another unit leaves a line that is empty again.
        events.values().removeIf(Sums::isNothing);
        Set<String> lines = new TreeSet<>(events.keySet());
        lines.addAll(accounts.keySet());
        lines.forEach(line -> compare(line, events.getOrDefault(line, Sums.NONE),
                accounts.getOrDefault(line, Sums.NONE)));
        if (accounts.isEmpty()) {
            finding.nothing("books.nothing");
        } else {
            finding.counted(accounts.size(), day, inAll(day));
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

    /** Such as {@code CN 12.00 = 9.00 + 2.00 + 1.00}, one for each unit. */
    private String inAll(LocalDate day) {
        Map<CreditUnit, long[]> units = new EnumMap<>(CreditUnit.class);
        accounts.forEach((line, sums) -> {
            CreditUnit unit = CreditUnit.of(line.substring(line.lastIndexOf('|') + 1));
            long[] sum = units.computeIfAbsent(unit, _ -> new long[4]);
            long expired = sums.expired(day);
            sum[0] += sums.recorded;
            sum[1] += sums.recorded - sums.revoked - expired;
            sum[2] += expired;
            sum[3] += sums.revoked;
        });
        return units.entrySet().stream().map(e -> e.getKey() + " "
                + Credits.amount(e.getValue()[0]) + " = " + Credits.amount(e.getValue()[1])
                + " + " + Credits.amount(e.getValue()[2]) + " + "
                + Credits.amount(e.getValue()[3])).collect(Collectors.joining("; "));
    }

    Finding finding() {
        return finding;
    }
}
