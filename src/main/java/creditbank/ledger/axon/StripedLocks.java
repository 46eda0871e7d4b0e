package creditbank.ledger.axon;

import java.util.concurrent.locks.ReentrantLock;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockFactory;

/**
 * One lock for each of many stripes of identifiers. A command holds one lock at a time, so there is
 * no deadlock to search for, which is what Axon's own pessimistic locks spend their time on.
 */
final class StripedLocks implements LockFactory {

    private static final int STRIPES = 1 << 14;

    private final ReentrantLock[] stripes = new ReentrantLock[STRIPES];

    StripedLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    @Override
    public Lock obtainLock(String identifier) {
        int hash = identifier.hashCode();
        ReentrantLock stripe = stripes[(hash ^ hash >>> 16) & (STRIPES - 1)];
        stripe.lock();
        return new Held(stripe);
    }

    private record Held(ReentrantLock stripe) implements Lock {
        @Override
        public void release() {
            stripe.unlock();
        }

        @Override
        public boolean isHeld() {
            return stripe.isHeldByCurrentThread();
        }
    }
}
