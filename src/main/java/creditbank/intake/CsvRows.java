package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.value.Rule;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV of RFC 4180. The first row names the columns. */
final class CsvRows implements RowSource {

    /** More names of columns than these are rows without ends of lines. */
    static final int MOST_COLUMNS = 1 << 14;

    /** Of a longer field the rest is left out; in characters. */
    private static final int LONGEST_FIELD = 1 << 20;

    private final Counting in;
    private final CloseableIterator<CsvValues.Gathered> rows;
    private final Columns columns;
    private long line = 1;

    CsvRows(Reader text, char separator, Counting in) {
        this.in = in;
        this.rows = CsvReader.builder()
                .fieldSeparator(separator)
                .maxBufferSize(2 * LONGEST_FIELD)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .build(new CsvValues(), new ShortFields(text, separator, LONGEST_FIELD))
                .iterator();
        CsvValues.Gathered header = row();
        if (header == null) {
            throw Rule.FILE_EMPTY.brokenBy("");
        }
        if (header.count() > MOST_COLUMNS) {
            throw Rule.COLUMNS_TOO_MANY.brokenBy(header.count());
        }
        if (header.length() > LONGEST_ROW) {
            throw Rule.ROW_TOO_LONG.brokenBy("line " + header.line() + ": " + header.length()
                    + " / " + LONGEST_ROW);
        }
        this.columns = new Columns(
                header.values().stream().map(Cleaning::text).toList());
    }

    Columns columns() {
        return columns;
    }

    @Override
    public @Nullable Row next() {
        CsvValues.Gathered row = row();
        return row == null ? null : new Row(row.line(), columns, row.values(), broken(row));
    }

    private @Nullable Refusal broken(CsvValues.Gathered row) {
        List<String> values = row.values();
        if (row.length() > LONGEST_ROW) {
            return new ValueInvalid("", Rule.ROW_TOO_LONG, row.length() + " / " + LONGEST_ROW);
        }
        // What was sent back for its number of columns is out of step until somebody says not.
        int rest = columns.place(RejectedRows.REST);
        if (rest >= 0 && rest < values.size() && !Cleaning.text(values.get(rest)).isEmpty()) {
            return new ValueInvalid(RejectedRows.REST, Rule.ROW_COLUMN_COUNT,
                    Cleaning.text(values.get(rest)));
        }
        // Sheets like to add separators at the end; empty fields too many mean nothing.
        boolean fits = row.count() == values.size() && values.size() >= columns.size()
                && values.subList(columns.size(), values.size()).stream()
                        .allMatch(v -> Cleaning.text(v).isEmpty());
        return fits ? null : new ValueInvalid(
                "", Rule.ROW_COLUMN_COUNT, row.count() + " / " + columns.size());
    }

    private CsvValues.@Nullable Gathered row() {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            CsvValues.Gathered row = rows.next();
            line = row.line() + 1;
            return row;
        } catch (CsvParseException e) {
            throw Rule.FILE_QUOTE_WITHOUT_END.brokenBy("line " + line);
        } catch (UncheckedIOException e) {
            throw Sniffing.unreadable(new IOException(e));
        }
    }

    @Override
    public long bytes() {
        return in.bytes();
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw Sniffing.unreadable(e);
        }
    }
}
