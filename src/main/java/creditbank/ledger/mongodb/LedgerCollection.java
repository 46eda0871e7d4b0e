package creditbank.ledger.mongodb;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.FindIterable;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoCursor;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.CreateCollectionOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.InsertManyOptions;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.ValidationOptions;
import creditbank.store.Cursor;
import creditbank.store.MongoFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * The collection {@code ledger}, and the document in {@code bank} that says whose it is. Lets the
 * driver's exceptions pass: what they mean depends on what was asked.
 */
final class LedgerCollection {

    static final String LEDGER = "ledger";
    static final String BANK = "bank";
    /** The {@code _id} of the one document of {@code bank}. */
    static final String HEADER = "creditbank";
    static final int FORMAT = 1;
    /** A second fence: the first is the {@code _id}. */
    static final String COMMANDS = "command";

    private static final int ALREADY_THERE = 48;
    private static final int NO_SUCH_COMMAND = 59;

    /** Keeps what is not a commit out, whoever tries to write it. */
    static final Bson SHAPE = Document.parse("""
            {"$jsonSchema": {
              "bsonType": "object",
              "required": ["_id", "commit", "command", "entries"],
              "additionalProperties": false,
              "properties": {
                "_id": {"bsonType": "long", "minimum": 0},
                "commit": {"bsonType": "binData"},
                "after": {"bsonType": "binData"},
                "command": {"bsonType": "string"},
                "entries": {"bsonType": "array", "minItems": 1, "items": {
                  "bsonType": "object",
                  "required": ["stream", "sequence", "checksum", "bytes"],
                  "additionalProperties": false,
                  "properties": {
                    "stream": {"bsonType": "string"},
                    "sequence": {"bsonType": "long", "minimum": 0},
                    "checksum": {"bsonType": "long", "minimum": 0},
                    "bytes": {"bsonType": "binData"}
                  }}}
              }}}""");

    private final MongoDatabase database;
    private final MongoCollection<BsonDocument> documents;

    /**
     * Opens the ledger in a database, or makes it where the database is empty.
     *
     * @param bank a mark of the bank: the same on all of its nodes and on no other bank's
     * @throws MongoFailure if the database is another bank's or something else's
     */
    LedgerCollection(MongoDatabase database, String bank) {
        this.database = database;
        this.documents = database.getCollection(LEDGER, BsonDocument.class);
        refuseForeign(bank);
        makeWhatIsMissing();
    }

    private void refuseForeign(String bank) {
        MongoCollection<Document> headers = database.getCollection(BANK);
        Bson ours = Filters.eq("_id", HEADER);
        Document header = headers.find(ours).first();
        if (header == null) {
            if (headers.find().first() != null || documents.find().first() != null) {
                throw new MongoFailure("The database " + name() + " has a collection " + BANK
                        + " or " + LEDGER + " that belongs to something else. Name a database of"
                        + " its own for the bank.");
            }
            header = new Document("_id", HEADER).append("format", FORMAT).append("bank", bank);
            try {
                headers.insertOne(header);
            } catch (MongoWriteException e) {
                if (e.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                    throw e;
                }
                // Another node was quicker.
                header = headers.find(ours).first();
            }
        }
        if (header == null || !Integer.valueOf(FORMAT).equals(header.get("format"))) {
            throw new MongoFailure("The ledger in the database " + name() + " is of a format that"
                    + " this version of the bank does not know. Use the version that made it, or"
                    + " a newer one.");
        }
        if (!bank.equals(header.get("bank"))) {
            throw new MongoFailure("The database " + name() + " holds the ledger of another bank:"
                    + " it was made with other keys than those of this node. Name this bank's"
                    + " database, or give the node the keys folder of the bank that is in it.");
        }
    }

    private void makeWhatIsMissing() {
        try {
            database.createCollection(LEDGER, new CreateCollectionOptions()
                    .validationOptions(new ValidationOptions().validator(SHAPE)));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != ALREADY_THERE) {
                throw e;
            }
            validateAsThisVersionDoes();
        }
        documents.createIndex(Indexes.ascending("command"),
                new IndexOptions().name(COMMANDS).unique(true));
    }

    private void validateAsThisVersionDoes() {
        try {
            database.runCommand(new Document("collMod", LEDGER).append("validator", SHAPE)
                    .append("validationLevel", "strict").append("validationAction", "error"));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != NO_SUCH_COMMAND) {
                throw e;
            }
            // A stand-in for MongoDB without validators; readers check every document anyhow.
        }
    }

    String name() {
        return database.getName();
    }

    /**
     * Writes documents one after the other and stops at the first that cannot be written. When this
     * returns, all of them stand.
     *
     * @throws MongoException if some may not; the driver sends nothing a second time
     */
    void insert(List<CommitDocument> commits) {
        documents.insertMany(commits.stream().map(CommitDocument::bson).toList(),
                new InsertManyOptions().ordered(true));
    }

    boolean hasAt(long position) {
        return documents.find(Filters.eq("_id", position))
                .projection(new Document("_id", 1)).first() != null;
    }

    /** All commits whose first entry stands at a position or behind it, in order. */
    Cursor<CommitDocument> from(long position) {
        MongoCursor<BsonDocument> cursor = inOrderFrom(position).iterator();
        return new Cursor<>() {
            @Override
            public @Nullable CommitDocument next() {
                return cursor.hasNext() ? CommitDocument.read(cursor.next()) : null;
            }

            @Override
            public void close() {
                cursor.close();
            }
        };
    }

    /** The same, at most so many of them. */
    List<CommitDocument> from(long position, int limit) {
        return list(inOrderFrom(position).limit(limit));
    }

    private FindIterable<BsonDocument> inOrderFrom(long position) {
        return documents.find(Filters.gte("_id", position)).sort(Sorts.ascending("_id"));
    }

    /** Those whose first entries stand at these positions. */
    List<CommitDocument> at(Collection<Long> positions) {
        return list(documents.find(Filters.in("_id", positions)));
    }

    private static List<CommitDocument> list(FindIterable<BsonDocument> found) {
        List<CommitDocument> commits = new ArrayList<>();
        found.forEach(document -> commits.add(CommitDocument.read(document)));
        return commits;
    }

    /** The last commit that begins at a position or before it. */
    @Nullable CommitDocument covering(long position) {
        return first(documents.find(Filters.lte("_id", position)).sort(Sorts.descending("_id")));
    }

    @Nullable CommitDocument last() {
        return first(documents.find().sort(Sorts.descending("_id")));
    }

    @Nullable CommitDocument ofCommand(String command) {
        return first(documents.find(Filters.eq("command", command)));
    }

    private static @Nullable CommitDocument first(FindIterable<BsonDocument> found) {
        BsonDocument document = found.limit(1).first();
        return document == null ? null : CommitDocument.read(document);
    }
}
