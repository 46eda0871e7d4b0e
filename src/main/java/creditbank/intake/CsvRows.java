package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.value.Rule;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CSV of RFC 4180. The first row names the columns. */
final class CsvRows implements RowSource {

    /** A field longer than this has a quotation mark that nobody closed. In characters. */
    private static final int LONGEST_FIELD = 1 << 20;

    private final Counting in;
    private final CloseableIterator<CsvRecord> records;
    private final Columns columns;
    private long line = 1;

    CsvRows(Reader text, char separator, Counting in) {
        this.in = in;
        this.records = CsvReader.builder()
                .fieldSeparator(separator)
                .maxBufferSize(LONGEST_FIELD)
                .allowUnclosedQuote(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(text)
                .iterator();
        CsvRecord header = record();
        if (header == null) {
            throw Rule.FILE_EMPTY.brokenBy("");
        }
        this.columns = new Columns(
                header.getFields().stream().map(Cleaning::text).toList());
    }

    Columns columns() {
        return columns;
    }

    @Override
    public @Nullable Row next() {
        CsvRecord record = record();
        return record == null ? null : new Row(record.getStartingLineNumber(), columns,
                record.getFields(), broken(record.getFields()));
    }

    private @Nullable Refusal broken(List<String> values) {
        int length = 0;
        for (String value : values) {
            length += value.length();
        }
        if (length > LONGEST_ROW) {
            return new ValueInvalid("", Rule.ROW_TOO_LONG, length + " / " + LONGEST_ROW);
        }
        // What was sent back for its number of columns is out of step until somebody says not.
        int rest = columns.place(RejectedRows.REST);
        if (rest >= 0 && rest < values.size() && !Cleaning.text(values.get(rest)).isEmpty()) {
            return new ValueInvalid(RejectedRows.REST, Rule.ROW_COLUMN_COUNT,
                    Cleaning.text(values.get(rest)));
        }
        // Sheets like to add separators at the end; empty fields too many mean nothing.
        boolean fits = values.size() >= columns.size()
                && values.subList(columns.size(), values.size()).stream()
                        .allMatch(v -> Cleaning.text(v).isEmpty());
        return fits ? null : new ValueInvalid(
                "", Rule.ROW_COLUMN_COUNT, values.size() + " / " + columns.size());
    }

    private @Nullable CsvRecord record() {
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord record = records.next();
            line = record.getStartingLineNumber() + 1;
            return record;
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
            records.close();
        } catch (IOException e) {
            throw Sniffing.unreadable(e);
        }
    }
}
