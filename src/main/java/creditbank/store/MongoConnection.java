package creditbank.store;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.util.concurrent.TimeUnit;
import org.bson.Document;

/**
 * A connection to a MongoDB database, with what the bank demands of it: what is acknowledged stands
 * on the disks of most members, what is read can never be taken back, and nothing is sent twice
 * behind the bank's back.
 */
public final class MongoConnection implements AutoCloseable {

    /** As MongoDB counts its versions: 7.0. */
    private static final int OLDEST_WIRE_VERSION = 21;
    private static final int NO_SUCH_COMMAND = 59;
    private static final int SECONDS_TO_FIND_A_SERVER = 10;
    private static final int SECONDS_TO_CONNECT = 5;
    private static final int SECONDS_TO_ANSWER = 20;
    private static final int SECONDS_TO_REPLICATE = 10;

    private final MongoClient client;
    private final MongoDatabase database;

    private MongoConnection(MongoClient client, MongoDatabase database) {
        this.client = client;
        this.database = database;
    }

    /**
     * Connects.
     *
     * @param uri a connection string that names the database
     * @throws MongoFailure if it asks for less than the bank demands, or the server cannot be
     *                      reached, is too old or is no replica set
     */
    public static MongoConnection open(String uri) {
        MongoConnection connection = unchecked(uri);
        try {
            connection.refuseUnfit();
            return connection;
        } catch (MongoException e) {
            connection.close();
            throw new MongoFailure(connection.database.getName(), e);
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The same whatever the server is; for a stand-in. */
    public static MongoConnection unchecked(String uri) {
        ConnectionString string = parsed(uri);
        refuseUnsafe(string);
        String name = string.getDatabase();
        if (name == null) {
            throw new MongoFailure("The connection string names no database. Put its name behind"
                    + " the hosts: mongodb://HOST,HOST,HOST/creditbank?replicaSet=NAME");
        }
        MongoClient client = MongoClients.create(MongoClientSettings.builder()
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(
                        SECONDS_TO_FIND_A_SERVER, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket
                        .connectTimeout(SECONDS_TO_CONNECT, TimeUnit.SECONDS)
                        .readTimeout(SECONDS_TO_ANSWER, TimeUnit.SECONDS))
                // Behind what it may say otherwise, before what it may not.
                .applyConnectionString(string)
                .writeConcern(WriteConcern.MAJORITY.withJournal(true)
                        .withWTimeout(SECONDS_TO_REPLICATE, TimeUnit.SECONDS))
                .readConcern(ReadConcern.MAJORITY)
                .readPreference(ReadPreference.primary())
                .retryWrites(false)
                .applicationName("creditbank")
                .build());
        return new MongoConnection(client, client.getDatabase(name));
    }

    private static ConnectionString parsed(String uri) {
        try {
            return new ConnectionString(uri);
        } catch (IllegalArgumentException e) {
            // The string holds a password, so it is not shown.
            throw new MongoFailure("The connection string cannot be read: " + e.getMessage());
        }
    }

    /** Rather than to be quietly overruled, somebody may want to know. */
    private static void refuseUnsafe(ConnectionString string) {
        WriteConcern asked = string.getWriteConcern();
        if (asked != null && (!"majority".equals(asked.getWObject())
                || Boolean.FALSE.equals(asked.getJournal()))) {
            throw new MongoFailure("The connection string asks for w=" + asked.getWObject()
                    + ", journal=" + asked.getJournal() + ": a commit that was acknowledged could"
                    + " be lost. Leave both away; the bank writes with w=majority and"
                    + " journal=true.");
        }
        ReadPreference read = string.getReadPreference();
        if (read != null && !read.equals(ReadPreference.primary())) {
            throw new MongoFailure("The connection string asks for readPreference="
                    + read.getName() + ": a node would not see what it has just written. Leave it"
                    + " away.");
        }
        ReadConcern concern = string.getReadConcern();
        if (concern != null && !concern.equals(ReadConcern.MAJORITY)) {
            throw new MongoFailure("The connection string asks for readConcernLevel="
                    + concern.getLevel() + ": what was read could be taken back. Leave it away;"
                    + " the bank reads with majority.");
        }
    }

    private void refuseUnfit() {
        Document hello = hello();
        if (hello.getInteger("maxWireVersion", 0) < OLDEST_WIRE_VERSION) {
            throw new MongoFailure("The MongoDB of the database " + database.getName()
                    + " is older than 7.0. Use 7.0 or newer.");
        }
        if (!hello.containsKey("setName")) {
            throw new MongoFailure("The MongoDB of the database " + database.getName()
                    + " is no replica set: a single server can lose what it has acknowledged, and"
                    + " a sharded cluster is not what the ledger was made for. Make it a replica"
                    + " set, of three members where several nodes are to go on through a"
                    + " failure.");
        }
    }

    /** What the server says of itself; nothing where it is too old to know the word. */
    private Document hello() {
        try {
            return database.runCommand(new Document("hello", 1));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() == NO_SUCH_COMMAND) {
                return new Document();
            }
            throw e;
        }
    }

    public MongoDatabase database() {
        return database;
    }

    @Override
    public void close() {
        client.close();
    }
}
