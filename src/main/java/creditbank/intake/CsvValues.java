package creditbank.intake;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.List;

/**
 * Gathers the values of one row after the other, and of an endless one no more than memory is for:
 * what goes beyond is counted only.
 */
final class CsvValues extends AbstractBaseCsvCallbackHandler<CsvValues.Gathered> {

    /** In characters, each value and the separator behind it. */
    private static final long MOST_KEPT = 1 << 20;

    /**
     * @param line   where the row begins, from 1
     * @param values those that were kept, from the first on
     * @param count  how many values there are
     * @param length of all of them, in characters
     */
    record Gathered(long line, List<String> values, int count, long length) {
    }

    private List<String> values = new ArrayList<>();
    private long length;

    @Override
    protected void handleBegin(long line) {
        values = new ArrayList<>();
        length = 0;
    }

    @Override
    protected void handleField(int place, char[] buffer, int offset, int size, boolean quoted) {
        length += size;
        // Once one value is left out, so is every later one: each stays in its place.
        if (values.size() == place && length + place <= MOST_KEPT) {
            values.add(new String(buffer, offset, size));
        }
    }

    @Override
    protected Gathered buildRecord() {
        return new Gathered(getStartingLineNumber(), values, getFieldCount(), length);
    }
}
