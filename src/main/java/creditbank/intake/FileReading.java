package creditbank.intake;

import java.util.List;

/**
 * How a file is read. What was assumed is shown to the user before anything is recorded.
 *
 * @param form      what the rows are written in
 * @param encoding  {@code UTF-8} or {@code GB18030}
 * @param mark      whether the file begins with a byte order mark
 * @param separator what stands between two fields of CSV; a space for other forms
 * @param bytes     size of the file
 * @param rows      how many rows it has, without the header
 * @param unused    columns that the profile does not look at
 */
public record FileReading(Form form, String encoding, boolean mark, char separator, long bytes,
        long rows, List<String> unused) {

    public enum Form {
        CSV,
        JSON_LINES,
        /** XML of transcripts, a row for each course that was taken. */
        ELMO
    }

    public FileReading {
        unused = List.copyOf(unused);
    }

    FileReading surveyed(long rowsNow, List<String> unusedNow) {
        return new FileReading(form, encoding, mark, separator, bytes, rowsNow, unusedNow);
    }
}
