package creditbank.intake;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** CSV as this program writes it: RFC 4180, with a mark by which sheets know it for UTF-8. */
final class CsvText {

    static final String BOM = "\ufeff";

    private CsvText() {
    }

    static CsvWriter.CsvWriterBuilder writer() {
        return CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF);
    }

    static String line(List<String> values) {
        StringWriter text = new StringWriter();
        try (CsvWriter writer = writer().build(text)) {
            writer.writeRecord(values.stream().map(Cleaning::harmless).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Memory does not fail to be written", e);
        }
        return text.toString();
    }
}
