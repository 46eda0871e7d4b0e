package creditbank.audit;

import creditbank.api.Recorded;
import creditbank.projections.Achievements;
import creditbank.projections.Books;
import creditbank.projections.Books.Line;
import creditbank.projections.Documents;
import creditbank.projections.Projection;
import creditbank.projections.View;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fold that keeps the books, overheard: by how much each entry behind a position changes each
 * line of a business day. Of every line so many entries are kept as are asked for; the others are
 * counted.
 */
public final class BooksChanges implements Projection {

    private static final int FIELDS = 7;

    /**
     * How a line of the books changed.
     *
     * @param change    in hundredths, as in {@link Line}; the last is a number of achievements
     * @param entries   the first of those that changed it, in their order
     * @param entryCount how many changed it
     */
    public record Change(long recorded, long reserved, long redeemed, long expired, long revoked,
            long transferred, long achievements, List<Long> entries, long entryCount) {

        public long available() {
            return recorded - reserved - redeemed - expired - revoked - transferred;
        }
    }

    private static final class Sum {
        private final long[] change = new long[FIELDS];
        private final List<Long> entries = new ArrayList<>();
        private long count;
    }

    private final Achievements fold = new Achievements();
    private final long behind;
    private final LocalDate on;
    private final int most;
    private final Map<String, Sum> lines = new TreeMap<>();

    /**
     * @param behind the entries up to this position change nothing that is told
     * @param on     the business day of the books
     * @param most   how many entries of a line are named
     */
    public BooksChanges(long behind, LocalDate on, int most) {
        this.behind = behind;
        this.on = on;
        this.most = most;
    }

    @Override
    public String name() {
        return fold.name();
    }

    @Override
    public int version() {
        return fold.version();
    }

    @Override
    public List<View<?>> views() {
        return fold.views();
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.position() <= behind) {
            fold.fold(entry, documents);
            return;
        }
        Map<String, @Nullable Line> before = new HashMap<>();
        fold.fold(entry, new Overheard(documents, before));
        Map<String, long[]> changes = new HashMap<>();
        before.forEach((key, was) -> {
            int day = key.lastIndexOf('|');
            if (!LocalDate.parse(key.substring(day + 1)).isAfter(on)) {
                long[] change = changes.computeIfAbsent(
                        key.substring(0, day), _ -> new long[FIELDS]);
                add(change, documents.get(Books.DAYS, key), 1);
                add(change, was, -1);
            }
        });
        changes.forEach((line, change) -> add(line, change, entry.position()));
    }

    private void add(String line, long[] change, long position) {
        if (Arrays.stream(change).allMatch(each -> each == 0)) {
            return;
        }
        Sum sum = lines.computeIfAbsent(line, _ -> new Sum());
        Arrays.setAll(sum.change, i -> sum.change[i] + change[i]);
        sum.count++;
        if (sum.entries.size() < most) {
            sum.entries.add(position);
        }
    }

    private static void add(long[] sums, @Nullable Line line, int sign) {
        if (line != null) {
            long[] fields = {line.recorded(), line.reserved(), line.redeemed(), line.expired(),
                line.revoked(), line.transferred(), line.achievements()};
            Arrays.setAll(sums, i -> sums[i] + sign * fields[i]);
        }
    }

    /** Takes note of what each day of a line was before an entry. */
    private record Overheard(Documents documents, Map<String, @Nullable Line> before)
            implements Documents {

        @Override
        public <T> @Nullable T get(View<T> view, String key) {
            return documents.get(view, key);
        }

        @Override
        public <T> void put(View<T> view, String key, T document) {
            if (view == (View<?>) Books.DAYS && !before.containsKey(key)) {
                before.put(key, documents.get(Books.DAYS, key));
            }
            documents.put(view, key, document);
        }
    }

    /** Lines that are not what they were, by institution, sector and unit as the books key them. */
    public Map<String, Change> found() {
        Map<String, Change> found = new TreeMap<>();
        lines.forEach((line, sum) -> {
            long[] c = sum.change;
            if (Arrays.stream(c).anyMatch(each -> each != 0)) {
                found.put(line, new Change(c[0], c[1], c[2], c[3], c[4], c[5], c[6],
                        List.copyOf(sum.entries), sum.count));
            }
        });
        return found;
    }
}
