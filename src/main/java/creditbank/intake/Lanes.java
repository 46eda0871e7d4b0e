package creditbank.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Many pieces of work at a time, but those with the same key one after the other, in the order they
 * came. Bounded: who brings more waits.
 *
 * @param <T> a piece of work
 */
final class Lanes<T> {

    private final List<BlockingQueue<Optional<T>>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Consumer<T> work;
    private volatile @Nullable Throwable failure;

    /**
     * @param lanes   how many pieces at a time
     * @param waiting how many more may wait in each lane
     */
    @SuppressWarnings("NullAway") // T is never null
    Lanes(int lanes, int waiting, Consumer<T> work) {
        this.work = work;
        for (int i = 0; i < lanes; i++) {
            BlockingQueue<Optional<T>> queue = new ArrayBlockingQueue<>(waiting);
            queues.add(queue);
            threads.add(Thread.ofVirtual().name("intake-" + i).start(() -> run(queue)));
        }
    }

    /** Returns when there was room for it; throws what an earlier piece threw. */
    void put(int key, T piece) throws InterruptedException {
        rethrow();
        int spread = (key ^ key >>> 16) * 0x45d9f3b;
        queues.get(Math.floorMod(spread ^ spread >>> 16, queues.size())).put(Optional.of(piece));
    }

    /**
     * Returns when all is done, also when the caller is interrupted meanwhile; throws what a piece
     * threw.
     */
    void finish() {
        boolean interrupted = false;
        for (int i = 0; i < queues.size(); ) {
            try {
                queues.get(i).put(Optional.empty());
                threads.get(i).join();
                i++;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow();
    }

    private void run(BlockingQueue<Optional<T>> queue) {
        while (true) {
            try {
                Optional<T> piece = queue.take();
                if (piece.isEmpty()) {
                    return;
                }
                if (failure == null) {
                    work.accept(piece.get());
                }
            } catch (InterruptedException e) {
                // Nobody holds these threads but this class, which ends them by an empty piece.
            } catch (RuntimeException | Error e) {
                // Told to whoever brings or waits; the lane goes on taking, so that nobody hangs.
                failure = e;
            }
        }
    }

    private void rethrow() {
        switch (failure) {
            case null -> {
                // All is well.
            }
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IllegalStateException(e);
        }
    }
}
