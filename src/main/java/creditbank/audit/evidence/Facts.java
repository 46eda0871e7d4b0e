package creditbank.audit.evidence;

import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.proof.Hash;
import creditbank.proof.InclusionProof;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What a bundle says of an entry beside its bytes. */
final class Facts {

    /** The columns of {@code entries.csv}. */
    static final List<String> COLUMNS = List.of("position", "recordedAt", "type", "actor",
            "onBehalfOf", "command", "stream", "sequence", "sealed", "erasedAt");

    /**
     * One entry.
     *
     * @param record SHA-256 of its bytes
     * @param row    of the table for people
     */
    record Fact(long position, Hash record, InclusionProof proof, List<String> row) {
        Fact {
            row = List.copyOf(row);
        }
    }

    private Facts() {
    }

    /** @throws IllegalStateException if it is none */
    static JsonNode json(Entry entry) {
        try {
            return EntryFormat.JSON.readTree(entry.bytes());
        } catch (JacksonException e) {
            throw new IllegalStateException("The entry at position " + entry.position()
                    + " cannot be read; creditbank verify says more.", e);
        }
    }

    static List<String> row(Entry entry, Entries entries) {
        JsonNode json = json(entry);
        List<String> sealed = new ArrayList<>();
        sealed(json, "", sealed);
        String stream = text(json, "stream");
        OptionalLong erased = sealed.isEmpty() ? OptionalLong.empty() : entries.erasedAt(stream);
        return List.of(String.valueOf(entry.position()), text(json, "recordedAt"),
                text(json, "type"), text(json, "actor"), text(json, "onBehalfOf"),
                text(json, "commandId"), stream, text(json, "sequence"),
                String.join(" ", sealed),
                erased.isPresent() ? String.valueOf(erased.getAsLong()) : "");
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).asString("");
    }

    /** Where boxes stand: {@code reason}, {@code data.identity.name}, {@code data.list.0.text}. */
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
}
