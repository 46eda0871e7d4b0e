package creditbank.ledger.mongodb;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a node and its MongoDB and lets every message through but those it was told to
 * spoil: the next insertions, one for each fault.
 */
final class FaultyProxy implements AutoCloseable {

    /** What becomes of an insertion and of the connection that it came over. */
    enum Fault {
        NONE,
        /** It arrives and is carried out; the node never hears of it. */
        DROP_REPLY,
        DROP_REQUEST,
        /** Half of it arrives. */
        CUT,
        RESET,
        /** The connection breaks, and {@link #release} lets it arrive long after. */
        ARRIVE_LATE
    }

    private static final int HEADER = 16;
    private static final byte[] INSERT = "insert\0".getBytes(StandardCharsets.US_ASCII);
    /** Flags, kind of section, length of the document and type of its first field. */
    private static final int COMMAND_AT = HEADER + 4 + 1 + 4 + 1;

    private final ServerSocket listening;
    private final int port;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch arrived = new CountDownLatch(1);
    private volatile @Nullable Fault always;
    private volatile Runnable meanwhile = () -> { };

    /** @param port of the server */
    FaultyProxy(int port) throws IOException {
        this.port = port;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void spoil(Fault... next) {
        faults.addAll(List.of(next));
    }

    void spoilAll(@Nullable Fault fault) {
        always = fault;
    }

    /** Done at a fault, before the node notices. */
    void meanwhile(Runnable what) {
        meanwhile = what;
    }

    /** Lets what was kept back arrive, and returns when the server has answered it. */
    void release() throws InterruptedException {
        release.countDown();
        arrived.await();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(client);
                sockets.add(server);
                Thread.ofPlatform().daemon().start(() -> carry(client, server));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    /** Question and answer by turns, as the driver asks over one connection. */
    private void carry(Socket client, Socket server) {
        try (client; server) {
            DataInputStream questions = new DataInputStream(client.getInputStream());
            DataInputStream answers = new DataInputStream(server.getInputStream());
            while (true) {
                byte[] question = message(questions);
                Fault fault = isInsertion(question) ? next() : Fault.NONE;
                if (fault != Fault.NONE) {
                    spoil(fault, question, client, server, answers);
                    return;
                }
                server.getOutputStream().write(question);
                client.getOutputStream().write(message(answers));
            }
        } catch (IOException e) {
            // One of them has gone.
        }
    }

    private Fault next() {
        Fault every = always;
        Fault fault = faults.poll();
        return every != null ? every : fault == null ? Fault.NONE : fault;
    }

    private void spoil(Fault fault, byte[] question, Socket client, Socket server,
            DataInputStream answers) throws IOException {
        switch (fault) {
            case NONE -> throw new IllegalStateException();
            case DROP_REPLY -> {
                server.getOutputStream().write(question);
                message(answers);
            }
            case DROP_REQUEST, ARRIVE_LATE -> {
                // Closing is all that the node sees of it.
            }
            case CUT -> server.getOutputStream().write(question, 0, question.length / 2);
            case RESET -> client.setSoLinger(true, 0);
        }
        meanwhile.run();
        client.close();
        if (fault == Fault.ARRIVE_LATE) {
            awaitRelease();
            server.getOutputStream().write(question);
            message(answers);
            arrived.countDown();
        }
    }

    private void awaitRelease() {
        try {
            release.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] message(DataInputStream in) throws IOException {
        byte[] length = in.readNBytes(4);
        if (length.length < 4) {
            throw new IOException("the other side has closed");
        }
        int bytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt();
        byte[] message = new byte[bytes];
        System.arraycopy(length, 0, message, 0, 4);
        in.readFully(message, 4, bytes - 4);
        return message;
    }

    private static boolean isInsertion(byte[] message) {
        return message.length > COMMAND_AT + INSERT.length && ByteBuffer.wrap(INSERT).equals(
                ByteBuffer.wrap(message, COMMAND_AT, INSERT.length));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        release.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
