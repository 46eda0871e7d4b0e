package creditbank.ledger.mongodb;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.mongodb.client.MongoDatabase;
import creditbank.store.MongoConnection;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A database of its own for a test: in a stand-in in memory, or, where {@code
 * CREDITBANK_MONGODB_URI} names one, in a real server.
 */
public final class MongoServers implements AutoCloseable {

    private static final @Nullable String REAL = System.getenv("CREDITBANK_MONGODB_URI");

    private final String name = "creditbank_test_" + UUID.randomUUID().toString().substring(0, 8);
    private final @Nullable MongoServer standIn;
    private final @Nullable InetSocketAddress address;
    private final List<MongoConnection> connections = new ArrayList<>();

    public MongoServers() {
        this(REAL == null);
    }

    private MongoServers(boolean inMemory) {
        // The stand-in tells of every connection and command; what matters the tests look at.
        ((Logger) LoggerFactory.getLogger("de.bwaldvogel.mongo")).setLevel(Level.OFF);
        ((Logger) LoggerFactory.getLogger("org.mongodb.driver")).setLevel(Level.ERROR);
        ((Logger) LoggerFactory.getLogger("io.netty")).setLevel(Level.ERROR);
        standIn = inMemory ? new MongoServer(new MemoryBackend()) : null;
        address = standIn == null ? null : standIn.bind();
    }

    /** In memory whatever is named: a real server is reached by its own names, not by a proxy's. */
    public static MongoServers standIn() {
        return new MongoServers(true);
    }

    /** The stand-in's port, to put something in between. */
    public int port() {
        return Objects.requireNonNull(address).getPort();
    }

    /** Over a connection of its own, as each node has. */
    public MongoDatabase database() {
        return over(uri());
    }

    public String uri() {
        return address == null
                ? Objects.requireNonNull(REAL).replaceFirst("(//[^/?]*)/?[^?]*", "$1/" + name)
                : "mongodb://127.0.0.1:" + address.getPort() + "/" + name;
    }

    /** Through something that listens on a port of this machine. */
    public MongoDatabase through(int port, String options) {
        return over("mongodb://127.0.0.1:" + port + "/" + name + options);
    }

    private MongoDatabase over(String uri) {
        MongoConnection connection = MongoConnection.unchecked(uri);
        connections.add(connection);
        return connection.database();
    }

    @Override
    public void close() {
        if (standIn == null) {
            database().drop();
        }
        connections.forEach(MongoConnection::close);
        if (standIn != null) {
            standIn.shutdownNow();
        }
    }
}
