package creditbank.intake;

import creditbank.api.Refused;
import creditbank.api.value.Rule;
import creditbank.intake.FileReading.Form;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out how a file is to be read, and refuses one that is not a text of rows. */
final class Sniffing {

    static final Charset GB18030 = Charset.forName("GB18030");

    private static final int HEAD = 8_192;
    private static final int FIRST_LINE = 65_536;
    private static final int CHUNK = 1 << 16;

    /** So many good multi-byte characters are no accident: the file is UTF-8, but damaged. */
    private static final int SURELY_UTF_8 = 10;

    private static final Map<String, String> MAGIC = Map.of(
            "504b0304", "XLSX or ZIP", "d0cf11e0", "XLS", "25504446", "PDF", "1f8b", "GZIP",
            "feff", "UTF-16", "fffe", "UTF-16", "53514c697465", "SQLite");

    private Sniffing() {
    }

    static FileReading of(Path file, String fileName) {
        if (!Files.exists(file)) {
            throw Rule.FILE_NOT_FOUND.brokenBy(fileName);
        }
        if (Files.isDirectory(file)) {
            throw Rule.FILE_IS_FOLDER.brokenBy(fileName);
        }
        try {
            long bytes = Files.size(file);
            if (bytes == 0) {
                throw Rule.FILE_EMPTY.brokenBy(fileName);
            }
            byte[] head;
            try (InputStream in = Files.newInputStream(file)) {
                head = in.readNBytes(HEAD);
            }
            refuseBinary(head);
            boolean mark = head.length >= 3 && (head[0] & 0xff) == 0xef
                    && (head[1] & 0xff) == 0xbb && (head[2] & 0xff) == 0xbf;
            Charset encoding = encoding(file, mark);
            String first = firstLine(file, encoding);
            if (first.isBlank()) {
                throw Rule.FILE_EMPTY.brokenBy(fileName);
            }
            Form form = form(fileName, first);
            return new FileReading(form, encoding.name(), mark,
                    form == Form.CSV ? separator(first) : ' ', bytes, 0, List.of());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static Refused unreadable(IOException e) {
        return Rule.FILE_NOT_READABLE.brokenBy(e.getClass().getSimpleName());
    }

    private static void refuseBinary(byte[] head) {
        String hex = HexFormat.of().formatHex(head, 0, Math.min(head.length, 8));
        MAGIC.forEach((magic, what) -> {
            if (hex.startsWith(magic)) {
                throw Rule.FILE_NOT_TEXT.brokenBy(what);
            }
        });
        int controls = 0;
        for (byte b : head) {
            if (b >= 0 && b < 9 || b > 13 && b < 32) {
                controls++;
            }
        }
        // One stray control character is a mistake in a row; many are another kind of file.
        if (controls >= 3 && controls * 50 > head.length) {
            throw Rule.FILE_NOT_TEXT.brokenBy("binary");
        }
    }

    // ------------------------------------------------------------------ encoding

    /** UTF-8 if the whole file is; else GB18030 if the whole file is. */
    private static Charset encoding(Path file, boolean mark) throws IOException {
        Flaw flaw = flaw(file, StandardCharsets.UTF_8);
        if (flaw == null) {
            return StandardCharsets.UTF_8;
        }
        if (mark || flaw.goodBefore() >= SURELY_UTF_8 || flaw(file, GB18030) != null) {
            throw Rule.FILE_ENCODING_BROKEN.brokenBy("line " + flaw.line());
        }
        return GB18030;
    }

    /** @param goodBefore how many characters of more than one byte came before the flaw */
    private record Flaw(long line, long goodBefore) {
    }

    private static @Nullable Flaw flaw(Path file, Charset charset) throws IOException {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK).limit(0);
        CharBuffer chars = CharBuffer.allocate(CHUNK);
        long line = 1;
        long good = 0;
        try (InputStream in = Files.newInputStream(file)) {
            boolean end = false;
            while (!end) {
                bytes.compact();
                int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
                end = read < 0;
                bytes.position(bytes.position() + Math.max(read, 0)).flip();
                CoderResult result;
                do {
                    chars.clear();
                    result = decoder.decode(bytes, chars, end);
                    chars.flip();
                    for (int i = 0; i < chars.limit(); i++) {
                        char c = chars.get(i);
                        line += c == '\n' ? 1 : 0;
                        good += c > 0x7f ? 1 : 0;
                    }
                } while (result.isOverflow());
                if (result.isError()) {
                    return new Flaw(line, good);
                }
            }
        }
        return null;
    }

    // ------------------------------------------------------------------ form

    private static String firstLine(Path file, Charset encoding) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(Files.newInputStream(file), encoding))) {
            StringBuilder line = new StringBuilder();
            for (int c = reader.read(); c >= 0 && line.length() < FIRST_LINE; c = reader.read()) {
                if (c != '\n' && c != '\r') {
                    line.append((char) c);
                } else if (!line.toString().replace(CsvText.BOM, "").isBlank()) {
                    break;
                }
            }
            return line.toString().replace(CsvText.BOM, "");
        }
    }

    private static Form form(String fileName, String first) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")) {
            return Form.JSON_LINES;
        }
        if (name.endsWith(".xml") || first.stripLeading().startsWith("<")) {
            return Form.ELMO;
        }
        return first.stripLeading().startsWith("{") ? Form.JSON_LINES : Form.CSV;
    }

    /** Whatever of the usual ones stands in the header most often, outside quotation marks. */
    private static char separator(String header) {
        char best = ',';
        int most = 0;
        for (char separator : new char[] {',', ';', '\t', '|'}) {
            int count = 0;
            boolean quoted = false;
            for (char c : header.toCharArray()) {
                quoted ^= c == '"';
                count += !quoted && c == separator ? 1 : 0;
            }
            if (count > most) {
                most = count;
                best = separator;
            }
        }
        return best;
    }
}
