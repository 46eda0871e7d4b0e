package creditbank.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@Timeout(60)
class GroupCommitTest {

    /** A store that writes when it is let go, and remembers what it wrote. */
    private static final class Gate {
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);
        private final List<List<Integer>> written =
                Collections.synchronizedList(new ArrayList<>());

        List<Integer> write(List<Integer> batch) {
            entered.countDown();
            boolean interrupted = false;
            while (true) {
                try {
                    open.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            written.add(List.copyOf(batch));
            return batch.stream().map(i -> i * 10).toList();
        }
    }

    @Test
    void each_caller_gets_the_answer_to_its_own_item() {
        try (var commits = new GroupCommit<Integer, Integer>(
                "test", 100, 10, batch -> batch.stream().map(i -> i * 10).toList());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                int item = i;
                answers.add(callers.submit(() -> commits.submit(item)));
            }
            for (int i = 0; i < 100; i++) {
                assertThat(answers.get(i)).succeedsWithin(10, TimeUnit.SECONDS)
                        .isEqualTo(i * 10);
            }
        }
    }

    @Test
    void what_waits_is_written_together_in_its_order_and_no_more_than_the_most()
            throws Exception {
        Gate gate = new Gate();
        try (var commits = new GroupCommit<>("test", 100, 4, gate::write);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            answers.add(callers.submit(() -> commits.submit(0)));
            gate.entered.await();
            for (int i = 1; i <= 6; i++) {
                int item = i;
                answers.add(callers.submit(() -> commits.submit(item)));
                awaitWaiting(commits, i);
            }
            gate.open.countDown();
            for (Future<Integer> answer : answers) {
                answer.get();
            }
        }
        assertThat(gate.written).containsExactly(
                List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
    }

    private static void awaitWaiting(GroupCommit<?, ?> commits, int count) {
        while (commits.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_full_queue_turns_callers_away_and_writes_nothing_of_theirs() throws Exception {
        Gate gate = new Gate();
        try (var commits = new GroupCommit<>("test", 2, 10, gate::write);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> first = callers.submit(() -> commits.submit(0));
            gate.entered.await();
            Future<Integer> second = callers.submit(() -> commits.submit(1));
            awaitWaiting(commits, 1);
            Future<Integer> third = callers.submit(() -> commits.submit(2));
            awaitWaiting(commits, 2);
            assertThatThrownBy(() -> commits.submit(3))
                    .isInstanceOfSatisfying(GroupCommit.Full.class,
                            full -> assertThat(full.waiting()).isEqualTo(2));
            gate.open.countDown();
            assertThat(List.of(first.get(), second.get(), third.get()))
                    .containsExactly(0, 10, 20);
            assertThat(commits.submit(4)).isEqualTo(40);
        }
        assertThat(gate.written).doesNotContain(List.of(3)).last().isEqualTo(List.of(4));
    }

    @Test
    void a_batch_that_fails_tells_all_its_callers_and_the_next_one_is_written()
            throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Gate gate = new Gate();
        try (var commits = new GroupCommit<Integer, Integer>("test", 100, 100, batch -> {
            List<Integer> answers = gate.write(batch);
            if (calls.incrementAndGet() == 2) {
                throw new IllegalArgumentException("no disk");
            }
            return answers;
        }); ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> answers = new ArrayList<>();
            answers.add(callers.submit(() -> commits.submit(0)));
            gate.entered.await();
            for (int i = 1; i <= 5; i++) {
                int item = i;
                answers.add(callers.submit(() -> commits.submit(item)));
                awaitWaiting(commits, i);
            }
            gate.open.countDown();
            assertThat(answers.removeFirst()).succeedsWithin(10, TimeUnit.SECONDS);
            assertThat(answers).allSatisfy(a -> assertThatThrownBy(a::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasRootCauseInstanceOf(IllegalArgumentException.class)
                    .hasRootCauseMessage("no disk"));
            assertThat(commits.submit(9)).isEqualTo(90);
        }
    }

    @Test
    void an_error_while_writing_does_not_end_the_writer() {
        AtomicInteger calls = new AtomicInteger();
        try (var commits = new GroupCommit<Integer, Integer>("test", 100, 100, batch -> {
            if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
            return batch;
        })) {
            assertThatThrownBy(() -> commits.submit(1))
                    .hasRootCauseInstanceOf(StackOverflowError.class);
            assertThat(commits.submit(2)).isEqualTo(2);
        }
    }

    @Test
    void closing_writes_what_waits_and_then_turns_callers_away() throws Exception {
        Gate gate = new Gate();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var commits = new GroupCommit<>("test", 100, 2, gate::write);
            List<Future<Integer>> answers = new ArrayList<>();
            answers.add(callers.submit(() -> commits.submit(0)));
            gate.entered.await();
            for (int i = 1; i <= 5; i++) {
                int item = i;
                answers.add(callers.submit(() -> commits.submit(item)));
                awaitWaiting(commits, i);
            }
            Future<?> closing = callers.submit(commits::close);
            gate.open.countDown();
            closing.get();
            for (int i = 0; i <= 5; i++) {
                assertThat(answers.get(i).get()).isEqualTo(i * 10);
            }
            assertThatThrownBy(() -> commits.submit(7))
                    .isInstanceOf(GroupCommit.Closed.class);
        }
        assertThat(gate.written.stream().flatMap(List::stream))
                .containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void a_caller_that_comes_while_it_closes_is_answered_or_turned_away_but_never_hangs()
            throws Exception {
        for (int round = 0; round < 300; round++) {
            List<Integer> written = Collections.synchronizedList(new ArrayList<>());
            try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var commits = new GroupCommit<Integer, Integer>("test", 100, 10, batch -> {
                    written.addAll(batch);
                    return batch;
                });
                CountDownLatch together = new CountDownLatch(9);
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    int item = i;
                    answers.add(callers.submit(() -> {
                        together.countDown();
                        together.await();
                        return commits.submit(item);
                    }));
                }
                together.countDown();
                commits.close();
                for (int i = 0; i < 8; i++) {
                    assertThat(standsOrWasTurnedAway(answers.get(i)))
                            .isEqualTo(written.contains(i));
                }
            }
        }
    }

    private static boolean standsOrWasTurnedAway(Future<Integer> answer) throws Exception {
        try {
            answer.get(20, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(GroupCommit.Closed.class);
            return false;
        }
    }
}
