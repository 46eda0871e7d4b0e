package creditbank.audit;

import creditbank.account.Account;
import creditbank.api.Recorded;
import creditbank.api.account.Deposit;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.projections.Books;
import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.projections.Views;
import creditbank.views.memory.MemoryViews;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The books, kept from the amounts that events carry, against the sum of all accounts as decisions
 * see them. Both are kept in memory: they are as large as the books, not as the ledger.
 */
final class BooksCheck {

    /** The sums of one institution, sector and unit, in hundredths. */
    private static final class Sums {
        private long recorded;
        private long revoked;
        private long achievements;
        private final Map<LocalDate, Long> expiring = new TreeMap<>();

        private long expired(LocalDate day) {
            return expiring.entrySet().stream().filter(e -> e.getKey().isBefore(day))
                    .mapToLong(Map.Entry::getValue).sum();
        }
    }

    private final Finding finding = new Finding("books");
    private final List<Projection> projection = List.of(new Books());
    private final MemoryViews events = new MemoryViews();
    private final Map<String, Sums> accounts = new TreeMap<>();

    void fold(List<Recorded> entries) {
        if (finding.isSettled()) {
            return;
        }
        try {
            events.fold(projection, entries);
        } catch (RuntimeException e) {
            // The fold does not say at which entry of the run it stumbled.
            finding.failsAtLarge("books.fold", entries.getFirst().position(),
                    String.valueOf(e.getMessage()));
        }
    }

    /** Adds an account as it stood last; an erased one as it stood before. */
    void add(Account.Open account) {
        for (Account.Held held : account.achievements()) {
            Deposit deposit = held.deposit();
            Sums sums = accounts.computeIfAbsent(held.issuer() + "|" + deposit.sector() + "|"
                    + deposit.credits().unit(), _ -> new Sums());
            long amount = deposit.credits().hundredths();
            sums.recorded += amount;
            sums.revoked += held.revoked() ? amount : 0;
            sums.achievements++;
            LocalDate until = deposit.validUntil();
            if (until != null && !held.revoked() && amount != 0) {
                sums.expiring.merge(until, amount, Long::sum);
            }
        }
    }

    void compare(LocalDate day) {
        if (finding.isSettled()) {
            return;
        }
        Map<String, Sums> booked = booked();
        for (Map.Entry<String, Sums> line : booked.entrySet()) {
            compare(line.getKey(), line.getValue(),
                    accounts.getOrDefault(line.getKey(), new Sums()));
        }
        for (Map.Entry<String, Sums> line : accounts.entrySet()) {
            compare(line.getKey(), booked.getOrDefault(line.getKey(), new Sums()),
                    line.getValue());
        }
        finding.counted(accounts.size(), day, inAll(day));
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

    private Map<String, Sums> booked() {
        Map<String, Sums> booked = new TreeMap<>();
        for (Views.Row<Books.Line> row : all(Books.LINES)) {
            Sums sums = new Sums();
            sums.recorded = row.document().recorded();
            sums.revoked = row.document().revoked();
            sums.achievements = row.document().achievements();
            // A correction to another unit leaves a line that is empty again.
            if (sums.recorded != 0 || sums.revoked != 0 || sums.achievements != 0) {
                booked.put(row.at(), sums);
            }
        }
        for (Views.Row<Books.Expiry> row : all(Books.EXPIRIES)) {
            if (row.document().amount() != 0) {
                String line = row.at().substring(0, row.at().lastIndexOf('|'));
                booked.computeIfAbsent(line, _ -> new Sums()).expiring.put(
                        row.document().validUntil(), row.document().amount());
            }
        }
        return booked;
    }

    private <T> List<Views.Row<T>> all(View<T> view) {
        return events.views().page(view, Views.Range.ofKeys("", Integer.MAX_VALUE));
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
