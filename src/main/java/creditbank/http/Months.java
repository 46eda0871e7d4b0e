package creditbank.http;

import creditbank.api.account.Achievement;
import creditbank.api.value.Rule;
import creditbank.projections.Indicators;
import creditbank.projections.Indicators.Span;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spans of months as they are asked for, such as {@code from=2025-01&until=2025-06}. */
final class Months {

    /** How a span is cut: by the calendar, whatever month it begins with. */
    enum Every {
        MONTH(1),
        QUARTER(3),
        HALF_YEAR(6),
        YEAR(12);

        private final int months;

        Every(int months) {
            this.months = months;
        }

        List<Span> of(Span span) {
            List<Span> parts = new ArrayList<>();
            YearMonth from = span.from();
            while (!from.isAfter(span.until())) {
                YearMonth last = from.plusMonths(
                        months - 1 - (from.getMonthValue() - 1) % months);
                parts.add(new Span(from, last.isBefore(span.until()) ? last : span.until()));
                from = last.plusMonths(1);
            }
            return parts;
        }
    }

    private Months() {
    }

    /** This year up to this month, where nothing is said. */
    static Span span(@Nullable String from, @Nullable String until, LocalDate today) {
        YearMonth last = until == null ? YearMonth.from(today) : month("until", until);
        YearMonth first = from == null ? YearMonth.of(last.getYear(), 1) : month("from", from);
        if (last.isBefore(first)) {
            throw Rule.PERIOD_REVERSED.brokenIn("until", first + " / " + last);
        }
        if (ChronoUnit.MONTHS.between(first, last) >= Indicators.MOST_MONTHS) {
            throw Rule.PERIOD_TOO_LONG.brokenIn("until", first + " / " + last);
        }
        return new Span(first, last);
    }

    private static YearMonth month(String field, String text) {
        if (!text.matches("[0-9]{4}-(0[1-9]|1[0-2])")
                || YearMonth.parse(text).isBefore(YearMonth.from(Achievement.EARLIEST))) {
            throw Rule.MONTH_MALFORMED.brokenIn(field, text);
        }
        return YearMonth.parse(text);
    }
}
