package creditbank.intake;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * CSV in which no field is longer than a reader's buffer: of a longer one only the beginning is
 * passed on, enough to see that it is too long. So one such field spoils its row and not the file,
 * and a buffer that does not suffice means a quotation mark that nobody closed.
 */
final class ShortFields extends FilterReader {

    private enum At {
        START,
        PLAIN,
        QUOTED,
        /** The end of a quoted value, or the first half of a quotation mark within it. */
        MARK
    }

    private final char separator;
    private final int most;
    private At at = At.START;
    private int length;

    /** @param most characters of a field */
    ShortFields(Reader text, char separator, int most) {
        super(text);
        this.separator = separator;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(char[] into, int offset, int size) throws IOException {
        int passed = 0;
        while (passed == 0) {
            int read = in.read(into, offset, size);
            if (read < 0) {
                return -1;
            }
            for (int i = offset; i < offset + read; i++) {
                if (passes(into[i])) {
                    into[offset + passed++] = into[i];
                }
            }
            if (size == 0) {
                return 0;
            }
        }
        return passed;
    }

    /** Marks and ends of lines always pass: by them fields end and lines are counted. */
    private boolean passes(char c) {
        boolean newline = c == '\n' || c == '\r';
        at = switch (at) {
            case START, PLAIN, MARK -> {
                if (c == '"' && at != At.PLAIN) {
                    yield At.QUOTED;
                }
                yield c == separator || newline ? At.START : At.PLAIN;
            }
            case QUOTED -> c == '"' ? At.MARK : At.QUOTED;
        };
        if (at == At.START) {
            length = 0;
            return true;
        }
        length++;
        return length <= most || newline || c == '"';
    }
}
