package creditbank.intake;

import creditbank.api.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file, as it stands there.
 *
 * @param line   where it begins, from 1
 * @param values in the order of the columns; there may be too few or too many of them
 * @param broken why it cannot be read as a row, if so
 */
record Row(long line, Columns columns, List<String> values, @Nullable Refusal broken) {

    /** The cleaned value of a column; empty where there is none. */
    String text(String column) {
        int place = columns.place(column);
        return place < 0 || place >= values.size() ? "" : Cleaning.text(values.get(place));
    }

    boolean isBlank() {
        for (int i = 0; i < values.size(); i++) {
            boolean own = i < columns.size() && columns.names().get(i).startsWith(Columns.OWN);
            if (!own && !Cleaning.text(values.get(i)).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Rows hold personal data. */
    @Override
    public String toString() {
        return "Row " + line;
    }
}
