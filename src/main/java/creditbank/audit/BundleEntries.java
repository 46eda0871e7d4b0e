package creditbank.audit;

import creditbank.proof.Hash;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The entries of a bundle against their records, the table and what was asked for. */
final class BundleEntries {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final String FORMAT = "creditbank-evidence/1";
    private static final int SMALL = 1 << 20;
    private static final int LONGEST_ENTRY = 16 << 20;
    private static final int LONGEST_RECORD = 100;
    /** Format, selection, entries, log and size. */
    private static final int ABOUT_FIELDS = 5;
    private static final Pattern RECORD =
            Pattern.compile("(0|[1-9][0-9]{0,17}) ([0-9a-f]{64})");
    private static final String BOM = "\ufeff";
    private static final List<String> COLUMNS = List.of("position", "recordedAt", "type", "actor",
            "onBehalfOf", "command", "stream", "sequence", "sealed", "erasedAt");
    private static final int ERASED_AT = COLUMNS.size() - 1;

    private final Finding entries = new Finding("bundle-entries");
    private final Finding selection = new Finding("bundle-selection");
    private final Finding table = new Finding("bundle-table");
    private final Finding erasures = new Finding("bundle-erasures");
    private final Map<Long, Hash> records = new LinkedHashMap<>();
    /** By stream: where the table says that the key was destroyed, if at all; where entries do. */
    private final Map<String, String> erasedAtSaid = new LinkedHashMap<>();
    private final Map<String, Long> erasedAt = new LinkedHashMap<>();
    private final List<String> streams = new ArrayList<>();
    private final List<Long> sequences = new ArrayList<>();
    private boolean read;

    List<Finding> findings() {
        return List.of(entries, selection, table, erasures);
    }

    /** By position, in the order of the entries. */
    Map<Long, Hash> records() {
        return Collections.unmodifiableMap(records);
    }

    /** Whether all of them could be read. */
    boolean isRead() {
        return read;
    }

    void check(BundleFile bundle, Verification.Progress progress) throws IOException {
        try (InputStream lines = new BufferedInputStream(bundle.open(BundleFile.ENTRIES));
                InputStream of = new BufferedInputStream(bundle.open(BundleFile.RECORDS));
                BufferedReader csv = new BufferedReader(new InputStreamReader(
                        bundle.open(BundleFile.TABLE), StandardCharsets.UTF_8));
                CloseableIterator<CsvRecord> rows = rows(csv)) {
            walk(lines, of, rows, progress);
        } catch (CsvParseException | UncheckedIOException e) {
            table.failsAtLarge("bundle-table.malformed");
        }
        if (!read) {
            List.of(selection, table, erasures)
                    .forEach(f -> f.notChecked("not-checked.bundle-entries"));
            return;
        }
        entries.counted(records.size());
        table.counted(records.size());
        checkSelection(bundle);
        checkErasures();
    }

    private CloseableIterator<CsvRecord> rows(BufferedReader csv) throws IOException {
        csv.mark(1);
        if (csv.read() != BOM.charAt(0)) {
            csv.reset();
        }
        CloseableIterator<CsvRecord> rows = CsvReader.builder().ofCsvRecord(csv).iterator();
        if (!rows.hasNext() || !rows.next().getFields().equals(COLUMNS)) {
            table.failsAtLarge("bundle-table.malformed");
        }
        return rows;
    }

    // ------------------------------------------------------------------ one after the other

    private void walk(InputStream lines, InputStream of, CloseableIterator<CsvRecord> rows,
            Verification.Progress progress) throws IOException {
        long last = -1;
        for (byte[] line = line(lines, LONGEST_ENTRY); line != null;
                line = line(lines, LONGEST_ENTRY)) {
            byte[] says = line(of, LONGEST_RECORD);
            Matcher record = RECORD.matcher(
                    says == null ? "" : new String(says, StandardCharsets.UTF_8));
            int number = records.size() + 1;
            if (!record.matches()) {
                entries.failsAtLarge("bundle-entries.no-record", number);
                return;
            }
            long position = Long.parseLong(record.group(1));
            if (position <= last) {
                entries.failsAtLarge("bundle-entries.order", number);
                return;
            }
            last = position;
            Hash hash = Hash.sha(line);
            if (!HexFormat.of().formatHex(hash.bytes()).equals(record.group(2))) {
                entries.fails(position, "bundle-entries.differ", position);
            }
            records.put(position, hash);
            JsonNode json = json(line);
            if (json == null) {
                entries.fails(position, "bundle-entries.unreadable", position);
                return;
            }
            note(position, json);
            compare(position, json, rows);
            progress.at(number, number);
        }
        if (line(of, LONGEST_RECORD) != null) {
            entries.failsAtLarge("bundle-entries.fewer", records.size());
            return;
        }
        if (table.holds() && rows.hasNext()) {
            table.failsAtLarge("bundle-table.more-rows", records.size());
        }
        read = true;
    }

    /** Without its end; {@code null} behind the last. */
    private static byte @Nullable [] line(InputStream in, int most) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                return line.size() == 0 ? null : line.toByteArray();
            }
            if (line.size() == most) {
                throw new IOException("a line of more than " + most + " bytes");
            }
            line.write(next);
        }
        return line.toByteArray();
    }

    private static @Nullable JsonNode json(byte[] line) {
        try {
            JsonNode json = JSON.readTree(line);
            return json.isObject() && json.path("stream").isString()
                    && json.path("sequence").isIntegralNumber()
                    && json.path("type").isString() ? json : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private void note(long position, JsonNode json) {
        String stream = json.path("stream").asString();
        streams.add(stream);
        sequences.add(json.path("sequence").asLong());
        if (json.path("type").asString().equals("learner.erased")) {
            erasedAt.put(stream, position);
        }
    }

    private void compare(long position, JsonNode json, CloseableIterator<CsvRecord> rows) {
        if (!table.holds()) {
            return;
        }
        if (!rows.hasNext()) {
            table.fails(position, "bundle-table.fewer-rows", position);
            return;
        }
        List<String> row = rows.next().getFields();
        List<String> sealed = new ArrayList<>();
        sealed(json, "", sealed);
        List<String> is = List.of(String.valueOf(position), of(json, "recordedAt"),
                of(json, "type"), of(json, "actor"), of(json, "onBehalfOf"),
                of(json, "commandId"), of(json, "stream"), of(json, "sequence"),
                String.join(" ", sealed));
        for (int i = 0; i < COLUMNS.size(); i++) {
            if (row.size() != COLUMNS.size()
                    || i < ERASED_AT && !row.get(i).equals(asShown(is.get(i)))) {
                table.fails(position, "bundle-table.differs", position, COLUMNS.get(i));
                return;
            }
        }
        noteErasure(position, of(json, "stream"), row.get(ERASED_AT), sealed.isEmpty());
    }

    /** All that is sealed of a learner is sealed with one key. */
    private void noteErasure(long position, String stream, String said, boolean nothingSealed) {
        String before = nothingSealed ? "" : erasedAtSaid.putIfAbsent(stream, said);
        if (before != null && !before.equals(said)) {
            table.fails(position, "bundle-table.differs", position, COLUMNS.get(ERASED_AT));
        }
    }

    private static String of(JsonNode json, String field) {
        return json.path(field).asString("");
    }

    /** A sheet takes what begins so for a formula; the table has a mark before it. */
    private static String asShown(String value) {
        return !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    private static void sealed(JsonNode at, String path, List<String> found) {
        if (at.isObject() && at.size() == 1 && at.path("sealed").isString()) {
            found.add(path);
            return;
        }
        String before = path.isEmpty() ? "" : path + ".";
        if (at.isObject()) {
            at.properties().forEach(p -> sealed(p.getValue(), before + p.getKey(), found));
        }
        for (int i = 0; at.isArray() && i < at.size(); i++) {
            sealed(at.get(i), before + i, found);
        }
    }

    // ------------------------------------------------------------------ all of them

    private void checkSelection(BundleFile bundle) throws IOException {
        JsonNode about;
        try {
            about = JSON.readTree(bundle.bytes(BundleFile.ABOUT, SMALL));
        } catch (JacksonException e) {
            selection.failsAtLarge("bundle-selection.malformed");
            return;
        }
        JsonNode asked = about.path("selection");
        if (!about.path("format").asString("").equals(FORMAT)) {
            selection.notChecked("bundle-selection.another-format");
        } else if (asked.path("stream").isString() && asked.size() == 1) {
            checkStream(asked.path("stream").asString());
        } else if (asked.path("from").isIntegralNumber() && asked.path("to").isIntegralNumber()
                && asked.size() == 2) {
            checkRange(asked.path("from").asLong(), asked.path("to").asLong());
        } else {
            selection.failsAtLarge("bundle-selection.malformed");
        }
        if (about.path("entries").asLong(-1) != records.size() || about.size() != ABOUT_FIELDS) {
            selection.failsAtLarge("bundle-selection.malformed");
        }
    }

    private void checkStream(String stream) {
        long next = 0;
        int at = 0;
        for (long position : records.keySet()) {
            if (!streams.get(at).equals(stream)) {
                selection.fails(position, "bundle-selection.another-stream", position, stream);
            } else if (sequences.get(at) != next) {
                selection.fails(position, "bundle-selection.hole-in-stream", stream, next);
            }
            next = sequences.get(at++) + 1;
        }
        selection.nothing("bundle-selection.stream");
        selection.counted(stream, records.size() - 1);
        if (records.isEmpty()) {
            selection.failsAtLarge("bundle-selection.empty");
        }
    }

    private void checkRange(long from, long to) {
        long next = from;
        for (long position : records.keySet()) {
            if (position != next) {
                selection.fails(next, "bundle-selection.hole", next);
                return;
            }
            next++;
        }
        if (next != to + 1) {
            selection.fails(next, "bundle-selection.hole", next);
        }
        selection.counted(from, to);
    }

    private void checkErasures() {
        if (!table.holds()) {
            erasures.notChecked("not-checked.bundle-table");
            return;
        }
        erasedAt.forEach((stream, position) -> {
            String said = erasedAtSaid.get(stream);
            if (said != null && !said.equals(String.valueOf(position))) {
                erasures.fails(position, "bundle-erasures.differ", stream, position);
            }
        });
        long said = erasedAtSaid.values().stream().filter(s -> !s.isEmpty()).count();
        long elsewhere = erasedAtSaid.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty() && !erasedAt.containsKey(e.getKey()))
                .count();
        if (elsewhere > 0) {
            erasures.notChecked("bundle-erasures.elsewhere", elsewhere);
        }
        erasures.counted(erasedAtSaid.size(), said);
    }
}
