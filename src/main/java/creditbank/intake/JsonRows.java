package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.value.Rule;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON Lines: one object a line. The columns of a row are its members; those of an object within it
 * are named with a dot, such as {@code credits.amount}.
 */
final class JsonRows implements RowSource {

    /** The column of a line that is no object, so that it can be sent back as it is. */
    static final String LINE = "_line";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Columns NONE = new Columns(List.of(LINE));

    private final Reader text;
    private final Counting in;
    private final char[] buffer = new char[1 << 16];
    private final StringBuilder current = new StringBuilder();
    private int at;
    private int filled;
    private long line;
    private Columns columns = NONE;

    JsonRows(Reader text, Counting in) {
        this.text = text;
        this.in = in;
    }

    @Override
    public @Nullable Row next() {
        while (true) {
            int length = readLine();
            if (length < 0) {
                return null;
            }
            line++;
            if (length > LONGEST_ROW) {
                return broken(Rule.ROW_TOO_LONG, length + " / " + LONGEST_ROW);
            }
            if (!current.toString().isBlank()) {
                return row(current.toString());
            }
        }
    }

    private Row row(String json) {
        Map<String, String> members = new LinkedHashMap<>();
        String list;
        try {
            JsonNode object = JSON.readTree(json);
            if (!object.isObject()) {
                return broken(Rule.ROW_NOT_JSON, object.getNodeType().name());
            }
            list = flatten("", object, members);
        } catch (JacksonException e) {
            // The parser's words show what stands in the line, which may be personal.
            int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            return broken(Rule.ROW_NOT_JSON, "character " + column);
        }
        String sentBack = members.get(LINE);
        if (sentBack != null && members.keySet().stream()
                .allMatch(n -> n.startsWith(Columns.OWN))) {
            return new Row(line, NONE, List.of(sentBack),
                    new ValueInvalid("", Rule.ROW_NOT_JSON, LINE));
        }
        List<String> names = List.copyOf(members.keySet());
        if (!names.equals(columns.names())) {
            columns = new Columns(names);
        }
        Refusal broken =
                list == null ? null : new ValueInvalid(list, Rule.ROW_NOT_JSON, "ARRAY");
        return new Row(line, columns, List.copyOf(members.values()), broken);
    }

    /** Answers the name of a list among the members, if there is one: no column can hold it. */
    private static @Nullable String flatten(
            String prefix, JsonNode object, Map<String, String> members) {
        String list = null;
        for (String name : object.propertyNames()) {
            JsonNode value = object.get(name);
            if (value.isObject()) {
                String inner = flatten(prefix + name + ".", value, members);
                list = list == null ? inner : list;
            } else if (value.isArray()) {
                members.put(prefix + name, value.toString());
                list = list == null ? prefix + name : list;
            } else {
                members.put(prefix + name, scalar(value));
            }
        }
        return list;
    }

    private static String scalar(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        // 1e999999 is short as it stands and very long in full.
        return value.isBigDecimal() && Math.abs(value.decimalValue().scale()) < 20
                ? value.decimalValue().toPlainString() : value.asString();
    }

    private Row broken(Rule rule, String found) {
        return new Row(line, NONE, List.of(current.toString()),
                new ValueInvalid("", rule, found));
    }

    /** Reads a line into {@link #current}; answers its length, or -1 at the end of the file. */
    private int readLine() {
        current.setLength(0);
        int length = 0;
        boolean any = false;
        while (true) {
            if (at == filled && !fill()) {
                return any ? length : -1;
            }
            any = true;
            char c = buffer[at++];
            if (c == '\n') {
                return length;
            }
            length++;
            if (length <= LONGEST_ROW) {
                current.append(c);
            }
        }
    }

    private boolean fill() {
        try {
            filled = text.read(buffer);
            at = 0;
            if (filled < 0) {
                filled = 0;
            }
            return filled > 0;
        } catch (IOException e) {
            throw Sniffing.unreadable(e);
        }
    }

    static String write(Map<String, String> members) {
        return JSON.writeValueAsString(members);
    }

    @Override
    public long bytes() {
        return in.bytes();
    }

    @Override
    public void close() {
        try {
            text.close();
        } catch (IOException e) {
            throw Sniffing.unreadable(e);
        }
    }
}
