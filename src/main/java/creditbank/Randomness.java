package creditbank;

import creditbank.api.account.LearnerId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Random ids, from the system's secure source in slices of a larger draw: asking it for sixteen
 * bytes at a time costs more than everything else about an id.
 */
final class Randomness {

    private static final int DRAW = 4_096;

    private final SecureRandom source;
    private final ReentrantLock lock = new ReentrantLock();
    private final ByteBuffer drawn = ByteBuffer.allocate(DRAW).limit(0);

    Randomness(SecureRandom source) {
        this.source = source;
    }

    /** A random UUID of version 4. */
    UUID uuid() {
        long[] bits = bits();
        return new UUID(bits[0] & ~0xf000L | 0x4000L,
                bits[1] & 0x3fffffffffffffffL | 0x8000000000000000L);
    }

    /**
     * A UUID of version 7 (RFC 9562): later ones sort behind earlier ones, so an index of them
     * grows at its end instead of everywhere.
     */
    UUID timeOrderedUuid(long epochMillis) {
        long[] bits = bits();
        return new UUID(epochMillis << 16 | 0x7000L | bits[0] & 0xfffL,
                bits[1] & 0x3fffffffffffffffL | 0x8000000000000000L);
    }

    LearnerId learnerId() {
        long[] bits = bits();
        return LearnerId.ofRandom(bits[0], bits[1]);
    }

    private long[] bits() {
        lock.lock();
        try {
            if (drawn.remaining() < 16) {
                byte[] fresh = new byte[DRAW];
                source.nextBytes(fresh);
                drawn.clear().put(fresh).flip();
            }
            return new long[] {drawn.getLong(), drawn.getLong()};
        } finally {
            lock.unlock();
        }
    }
}
