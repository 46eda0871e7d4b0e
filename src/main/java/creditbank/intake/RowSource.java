package creditbank.intake;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The rows of a file, one after the other; never more than one of them in memory. */
interface RowSource extends AutoCloseable {

    /** Longer rows are no rows of achievements; in characters. */
    int LONGEST_ROW = 1 << 18;

    /** The next row; {@code null} after the last one. */
    @Nullable Row next();

    /** How much of the file was read. */
    long bytes();

    @Override
    void close();

    static RowSource open(Path file, FileReading reading) {
        try {
            Counting in = new Counting(Files.newInputStream(file));
            try {
                Reader text = new InputStreamReader(new BufferedInputStream(in, 1 << 16),
                        Charset.forName(reading.encoding()));
                if (reading.mark()) {
                    text.read();
                }
                return switch (reading.form()) {
                    case CSV -> new CsvRows(text, reading.separator(), in);
                    case JSON_LINES -> new JsonRows(text, in);
                    case ELMO -> new ElmoRows(text, in);
                };
            } catch (IOException | RuntimeException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw Sniffing.unreadable(e);
        }
    }

    /** Counts what was read, for progress. */
    final class Counting extends FilterInputStream {
        private volatile long bytes;

        Counting(InputStream in) {
            super(in);
        }

        long bytes() {
            return bytes;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            bytes += read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int read = super.read(into, offset, length);
            bytes += Math.max(read, 0);
            return read;
        }
    }
}
