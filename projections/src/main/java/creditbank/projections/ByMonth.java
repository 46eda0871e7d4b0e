package creditbank.projections;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Numbers by month, none of them zero; written {@code {"2025-01":3,"2025-03":1}}. Every fact copies
 * some, so they lie in arrays and not in a map.
 */
public final class ByMonth {

    static final ByMonth NONE = new ByMonth(new String[0], new long[0]);

    private final String[] months;
    private final long[] numbers;

    private ByMonth(String[] months, long[] numbers) {
        this.months = months;
        this.numbers = numbers;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ByMonth of(Map<String, Long> written) {
        Map<String, Long> sorted = new TreeMap<>(written);
        return new ByMonth(sorted.keySet().toArray(String[]::new),
                sorted.values().stream().mapToLong(Long::longValue).toArray());
    }

    @JsonValue
    public Map<String, Long> written() {
        Map<String, Long> written = new LinkedHashMap<>();
        for (int i = 0; i < months.length; i++) {
            written.put(months[i], numbers[i]);
        }
        return written;
    }

    ByMonth plus(String month, long more) {
        int at = Arrays.binarySearch(months, month);
        if (at < 0) {
            int gap = -at - 1;
            String[] names = Arrays.copyOf(months, months.length + 1);
            long[] sums = Arrays.copyOf(numbers, numbers.length + 1);
            System.arraycopy(months, gap, names, gap + 1, months.length - gap);
            System.arraycopy(numbers, gap, sums, gap + 1, numbers.length - gap);
            names[gap] = month;
            sums[gap] = more;
            return new ByMonth(names, sums);
        }
        if (numbers[at] + more != 0) {
            long[] sums = numbers.clone();
            sums[at] += more;
            return new ByMonth(months, sums);
        }
        String[] names = Arrays.copyOf(months, months.length - 1);
        long[] sums = Arrays.copyOf(numbers, numbers.length - 1);
        System.arraycopy(months, at + 1, names, at, names.length - at);
        System.arraycopy(numbers, at + 1, sums, at, sums.length - at);
        return new ByMonth(names, sums);
    }

    boolean has(String month) {
        return Arrays.binarySearch(months, month) >= 0;
    }

    /** The last month in front of this one; null where there is none. */
    @Nullable String before(String month) {
        int at = Arrays.binarySearch(months, month);
        int last = (at < 0 ? -at - 1 : at) - 1;
        return last < 0 ? null : months[last];
    }

    /** The first month behind this one; null where there is none. */
    @Nullable String after(String month) {
        int at = Arrays.binarySearch(months, month);
        int first = at < 0 ? -at - 1 : at + 1;
        return first == months.length ? null : months[first];
    }

    /** The sum of all in front of a month. */
    long sumBefore(String month) {
        long sum = 0;
        for (int i = 0; i < months.length && months[i].compareTo(month) < 0; i++) {
            sum += numbers[i];
        }
        return sum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ByMonth that && Arrays.equals(months, that.months)
                && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(months) + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return written().toString();
    }
}
