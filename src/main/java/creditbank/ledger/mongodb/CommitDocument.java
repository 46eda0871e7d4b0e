package creditbank.ledger.mongodb;

import creditbank.ledger.Commit;
import creditbank.ledger.Commit.Draft;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonSerializationException;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * A commit as it is kept ({@code docs/formats/ledger-mongodb.md}).
 *
 * @param position of its first entry
 * @param id       random, made by the writer for this commit at this position: whoever was not
 *                 answered knows by it whether it was heard
 * @param after    the id of the commit before, which chains them; null in the first
 */
record CommitDocument(long position, UUID id, @Nullable UUID after, String command,
        List<Entry> entries) {

    private static final Set<String> FIELDS =
            Set.of("_id", "commit", "after", "command", "entries");
    /** What a document and an entry of it need beside the bytes, names of fields included. */
    private static final int AROUND = 256;

    /** The commit with the times that its drafts have by now. */
    static CommitDocument of(Commit commit, long position, UUID id, @Nullable UUID after) {
        List<Entry> entries = new ArrayList<>(commit.drafts().size());
        for (Draft draft : commit.drafts()) {
            entries.add(new Entry(position + entries.size(), draft.stream(), draft.sequence(),
                    draft.bytes()));
        }
        return new CommitDocument(position, id, after, commit.commandId(), entries);
    }

    /** How many bytes a commit will take, or a few more. */
    static long bytesOf(Commit commit) {
        long bytes = AROUND + commit.commandId().getBytes(StandardCharsets.UTF_8).length;
        for (Draft draft : commit.drafts()) {
            bytes += AROUND + draft.bytes().length
                    + draft.stream().getBytes(StandardCharsets.UTF_8).length;
        }
        return bytes;
    }

    /** The position behind its last entry: the {@code _id} of the document that follows. */
    long next() {
        return position + entries.size();
    }

    BsonDocument bson() {
        BsonArray list = new BsonArray(entries.size());
        for (Entry entry : entries) {
            list.add(new BsonDocument("stream", new BsonString(entry.stream()))
                    .append("sequence", new BsonInt64(entry.sequence()))
                    .append("checksum", new BsonInt64(EntryFormat.checksum(entry.bytes())))
                    .append("bytes", new BsonBinary(entry.bytes())));
        }
        BsonDocument document = new BsonDocument("_id", new BsonInt64(position))
                .append("commit", new BsonBinary(id));
        if (after != null) {
            document.append("after", new BsonBinary(after));
        }
        return document.append("command", new BsonString(command)).append("entries", list);
    }

    /** @throws LedgerFailure if it is not as {@link #bson} wrote it */
    static CommitDocument read(BsonDocument document) {
        BsonValue place = document.get("_id");
        try {
            return readFrom(document);
        } catch (BsonInvalidOperationException | BsonSerializationException
                | IllegalArgumentException e) {
            throw LedgerFailure.damaged("The document at position " + place + " of the ledger is"
                    + " not as it was written (" + e.getMessage() + "): it was edited by hand or"
                    + " is damaged; restore a backup", e);
        }
    }

    private static CommitDocument readFrom(BsonDocument document) {
        if (!FIELDS.containsAll(document.keySet())) {
            throw new IllegalArgumentException("it has other fields than " + FIELDS);
        }
        long position = document.getInt64("_id").getValue();
        List<Entry> entries = new ArrayList<>();
        for (BsonValue each : document.getArray("entries")) {
            BsonDocument part = each.asDocument();
            byte[] bytes = part.getBinary("bytes").getData();
            if (EntryFormat.checksum(bytes) != part.getInt64("checksum").getValue()) {
                throw new IllegalArgumentException("the bytes of its entry " + entries.size()
                        + " do not agree with their checksum");
            }
            entries.add(new Entry(position + entries.size(),
                    part.getString("stream").getValue(), part.getInt64("sequence").getValue(),
                    bytes));
        }
        if (entries.isEmpty()) {
            throw new IllegalArgumentException("it has no entries");
        }
        return new CommitDocument(position, document.getBinary("commit").asUuid(),
                document.containsKey("after") ? document.getBinary("after").asUuid() : null,
                document.getString("command").getValue(), entries);
    }
}
