package creditbank.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Many callers, one writer: what waits is written together in one durable step, and each caller
 * goes on only when its own part is safe. The queue is bounded, so a store that is too slow shows
 * as {@link Full} and never as memory.
 *
 * @param <T> what a caller hands in
 * @param <R> what the caller gets back
 */
public final class GroupCommit<T, R> implements AutoCloseable {

    /** Nothing was handed in: too many are waiting. */
    public static final class Full extends RuntimeException {
        private final int waiting;

        Full(int waiting) {
            super(waiting + " are waiting already", null, false, false);
            this.waiting = waiting;
        }

        public int waiting() {
            return waiting;
        }
    }

    /** Nothing of what was handed in is written, nor will be. */
    public static final class Closed extends IllegalStateException {
        Closed() {
            super("The bank is being stopped.");
        }
    }

    private record Waiting<T, R>(T item, CompletableFuture<R> answer) {
    }

    private final BlockingQueue<Waiting<T, R>> queue;
    private final int most;
    private final Function<List<T>, List<R>> write;
    private final Thread writer;
    private volatile boolean closed;

    /**
     * @param capacity how many may wait
     * @param most     how many are written in one step
     * @param write    writes a batch durably; one answer for each item, in their order
     */
    public GroupCommit(String name, int capacity, int most, Function<List<T>, List<R>> write) {
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.most = most;
        this.write = write;
        this.writer = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /**
     * Returns when the item's batch is durable; throws what the batch threw.
     *
     * @throws Full   if too many are waiting
     * @throws Closed if it comes too late
     */
    public R submit(T item) {
        Waiting<T, R> waiting = new Waiting<>(item, new CompletableFuture<>());
        if (closed) {
            throw new Closed();
        }
        if (!queue.offer(waiting)) {
            throw new Full(queue.size());
        }
        if (closed && queue.remove(waiting)) {
            // Handed in behind the back of close(), which has looked through the queue already.
            throw new Closed();
        }
        try {
            return waiting.answer().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    /** How many are handed in and not yet being written. */
    public int waiting() {
        return queue.size();
    }

    private void run() {
        List<Waiting<T, R>> batch = new ArrayList<>();
        while (true) {
            batch.clear();
            try {
                if (closed && queue.isEmpty()) {
                    return;
                }
                batch.add(queue.take());
            } catch (InterruptedException e) {
                // Only close() interrupts; the loop looks at closed again.
                continue;
            }
            queue.drainTo(batch, most - 1);
            writeAndAnswer(batch);
        }
    }

    private void writeAndAnswer(List<Waiting<T, R>> batch) {
        try {
            List<R> answers = write.apply(batch.stream().map(Waiting::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException | Error e) {
            // Whatever it was, the callers are told; the writer itself goes on.
            batch.forEach(w -> w.answer().completeExceptionally(e));
        }
    }

    /** Writes what waits, then ends the writer. */
    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        try {
            writer.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Handed in while the writer was ending: never written, so never acknowledged.
        for (Waiting<T, R> late = queue.poll(); late != null; late = queue.poll()) {
            late.answer().completeExceptionally(new Closed());
        }
    }
}
