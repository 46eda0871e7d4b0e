package creditbank.intake;

import creditbank.intake.FileReading.Form;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The file of rejected rows: each row as it came, and in columns beginning with {@code _} what is
 * wrong with it, in the form the rows came in, or in JSON Lines where that form was no rows. Corrected, it can be sent as it is: the columns of
 * the bank's own are passed over. It holds personal data in clear; only its owner can read it.
 */
final class RejectedRows implements AutoCloseable {

    static final String ROW = "_row";
    /** How many rows of the first file shared an amount; the corrected file may not have them. */
    static final String ALIKE = "_rowsWithSame";
    /** What came too much or too little in a row; such a row is taken once this is emptied. */
    static final String REST = "_rest";
    private static final List<String> OWN =
            List.of(ROW, "_column", "_code", "_message", ALIKE, REST);

    private final Path path;
    private final Form form;
    private final Function<RowProblem, String> words;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Writer text;
    private @Nullable CsvWriter csv;

    /** @param words says in the user's language what is wrong and what to do */
    RejectedRows(Path path, Form form, Function<RowProblem, String> words) throws IOException {
        this.path = path;
        this.form = form;
        this.words = words;
        // What an earlier attempt at the same file rejected may go in now.
        Files.deleteIfExists(path);
    }

    void add(Row row, RowProblem problem, long alike) throws IOException {
        List<String> said = List.of(Long.toString(problem.row()), problem.column(),
                problem.refusal().code(), words.apply(problem),
                alike > 1 ? Long.toString(alike) : "");
        lock.lock();
        try {
            Writer to = text == null ? create() : text;
            if (form == Form.CSV) {
                addCsv(to, row, said);
            } else {
                addJson(to, row, said);
            }
        } finally {
            lock.unlock();
        }
    }

    private Writer create() throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
        Writer created = new BufferedWriter(Files.newBufferedWriter(path, StandardCharsets.UTF_8),
                1 << 16);
        text = created;
        return created;
    }

    private void addCsv(Writer to, Row row, List<String> said) throws IOException {
        CsvWriter writer = csv;
        List<String> names = row.columns().names();
        if (writer == null) {
            to.write(CsvText.BOM);
            writer = CsvText.writer().build(to);
            csv = writer;
            List<String> header = new ArrayList<>();
            names.stream().filter(RejectedRows::isTheirs).forEach(header::add);
            header.addAll(OWN);
            write(writer, header);
        }
        List<String> values = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (isTheirs(names.get(i))) {
                values.add(i < row.values().size() ? row.values().get(i) : "");
            }
        }
        values.addAll(said);
        values.add(rest(row));
        write(writer, values);
    }

    private static String rest(Row row) {
        int expected = row.columns().size();
        int sentBack = row.columns().place(REST);
        if (row.values().size() < expected) {
            return (expected - row.values().size()) + " missing";
        }
        if (row.values().size() > expected) {
            return String.join(",", row.values().subList(expected, row.values().size()));
        }
        return sentBack < 0 ? "" : row.values().get(sentBack);
    }

    private static void write(CsvWriter writer, List<String> values) throws IOException {
        try {
            writer.writeRecord(values.stream().map(Cleaning::harmless).toList());
        } catch (UncheckedIOException e) {
            throw new IOException(e);
        }
    }

    private static void addJson(Writer to, Row row, List<String> said) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        for (int i = 0; i < row.columns().size(); i++) {
            String name = row.columns().names().get(i);
            if (isTheirs(name) || name.equals(JsonRows.LINE)) {
                members.put(name, row.values().get(i));
            }
        }
        for (int i = 0; i < said.size(); i++) {
            members.put(OWN.get(i), said.get(i));
        }
        to.write(JsonRows.write(members));
        to.write('\n');
    }

    private static boolean isTheirs(String column) {
        return !column.startsWith(Columns.OWN);
    }

    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            if (csv != null) {
                csv.close();
            } else if (text != null) {
                text.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
