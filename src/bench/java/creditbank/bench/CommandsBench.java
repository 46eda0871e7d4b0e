package creditbank.bench;

import creditbank.Bank;
import creditbank.account.AchievementForm;
import creditbank.account.AchievementForm.CreditsForm;
import creditbank.account.IdentityForm;
import creditbank.api.account.LearnerId;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.Sender;
import creditbank.projections.Balance;
import creditbank.publishing.PublishedLog;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Durable commands in process: new achievements on cached accounts, from many virtual threads, with
 * the views following, and then the balance of one of them.
 */
final class CommandsBench {

    /** Commands a second that the views must keep up with. */
    static final int STEADY = 20_000;
    private static final int STEADY_SECONDS = 10;
    /** Commands a second within a second of which a checkpoint has to be signed. */
    static final int PUBLISHED = 10_000;
    private static final long AS_FAST_AS_POSSIBLE = 0;

    private final Path folder;
    private final int learners;
    private final int callers;

    CommandsBench(Path folder, int learners, int callers) {
        this.folder = folder;
        this.learners = learners;
        this.callers = callers;
    }

    /** Durable commands a second in each measured round, the largest lag of the views, and more. */
    record Result(List<Double> perSecond, double medianMillis, double p99Millis,
            double worstLagSeconds, double steadyPerSecond, double steadyLagSeconds,
            List<Double> publishedPerSecond, double logLagSeconds,
            double balanceMicros, double balanceP99Micros,
            long entries, double cpuMicros) {
    }

    Result run(int warmUps, int rounds, int commandsARound) throws Exception {
        try (Bank bank = Bank.open(folder.resolve("data"), folder.resolve("keys"),
                Clock.systemDefaultZone())) {
            bank.follower().start();
            bank.commands().send(new InstitutionForm("bench-college", "Bench College",
                    "VOCATIONAL", "COLLEGE", null, null, null).read(bank.claims()), sender(bank));
            List<LearnerId> accounts = open(bank);
            for (int i = 0; i < warmUps; i++) {
                round(bank, accounts, commandsARound, AS_FAST_AS_POSSIBLE,
                        new ConcurrentLinkedQueue<>());
            }
            ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
            List<Double> rates = new ArrayList<>();
            awaitViews(bank);
            long cpu = cpuNanos();
            double worstLag = worstLagDuring(bank, bank.follower()::reached, () -> {
                for (int i = 0; i < rounds; i++) {
                    rates.add(round(
                            bank, accounts, commandsARound, AS_FAST_AS_POSSIBLE, nanos));
                }
            });
            awaitViews(bank);
            double cpuMicros = (cpuNanos() - cpu) / 1e3 / rounds / commandsARound;
            List<Double> steady = new ArrayList<>();
            double steadyLag = worstLagDuring(bank, bank.follower()::reached, () -> steady.add(
                    round(bank, accounts, STEADY * STEADY_SECONDS, 1_000_000_000L / STEADY,
                            new ConcurrentLinkedQueue<>())));
            awaitViews(bank);
            PublishedLog log = bank.publish("bench.example/log");
            log.awaitPublished(bank.ledger().reader().size(), Duration.ofMinutes(10));
            List<Double> published = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                published.add(round(bank, accounts, commandsARound, AS_FAST_AS_POSSIBLE,
                        new ConcurrentLinkedQueue<>()));
            }
            awaitViews(bank);
            log.awaitPublished(bank.ledger().reader().size(), Duration.ofMinutes(10));
            double logLag = worstLagDuring(bank, log::publishedSize, () -> round(bank, accounts,
                    PUBLISHED * STEADY_SECONDS, 1_000_000_000L / PUBLISHED,
                    new ConcurrentLinkedQueue<>()));
            awaitViews(bank);
            long[] latencies = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
            long[] balances = balances(bank, accounts);
            return new Result(rates, latencies[latencies.length / 2] / 1e6,
                    latencies[latencies.length * 99 / 100] / 1e6, worstLag,
                    steady.getFirst(), steadyLag, published, logLag,
                    balances[balances.length / 2] / 1e3,
                    balances[balances.length * 99 / 100] / 1e3,
                    bank.ledger().reader().size(), cpuMicros);
        }
    }

    private static void awaitViews(Bank bank) {
        while (bank.follower().reached() < bank.ledger().reader().size()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** The longest that the views or the log were behind the ledger, in seconds. */
    private static double worstLagDuring(Bank bank, LongSupplier reached, Work work)
            throws InterruptedException {
        AtomicBoolean measuring = new AtomicBoolean(true);
        AtomicLong worst = new AtomicLong();
        Thread watch = Thread.ofPlatform().start(() -> watchLag(bank, reached, measuring, worst));
        work.run();
        measuring.set(false);
        watch.join();
        return worst.get() / 1e9;
    }

    /** Processor time that this process has used so far, of all threads. */
    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private List<LearnerId> open(Bank bank) throws InterruptedException {
        ConcurrentLinkedQueue<LearnerId> accounts = new ConcurrentLinkedQueue<>();
        AtomicLong next = new AtomicLong();
        inParallel(learners, () -> accounts.add(new LearnerId(bank.counter().open(sender(bank),
                new IdentityForm("名字", "PASSPORT", null, "P" + next.incrementAndGet(), null))
                .id())));
        return List.copyOf(accounts);
    }

    /** @param apart nanoseconds from one command to the next; none waits for those before it */
    private double round(Bank bank, List<LearnerId> accounts, int commands, long apart,
            ConcurrentLinkedQueue<Long> nanos) throws InterruptedException {
        AtomicLong next = new AtomicLong();
        String run = UUID.randomUUID().toString();
        long begun = System.nanoTime();
        inParallel(commands, () -> {
            long n = next.incrementAndGet();
            while (System.nanoTime() < begun + n * apart) {
                LockSupport.parkNanos(begun + n * apart - System.nanoTime());
            }
            long sent = System.nanoTime();
            bank.counter().record(sender(bank), accounts.get((int) (n % accounts.size())),
                    new AchievementForm("COURSE", "bench-college", null, run + n, "机械制图",
                            "ME101", null, "64", "90", new CreditsForm("4.50", "CN"),
                            "2024-06-30", null, null, null, null));
            nanos.add(System.nanoTime() - sent);
        });
        return commands / ((System.nanoTime() - begun) / 1e9);
    }

    private void inParallel(int times, Runnable work) throws InterruptedException {
        inParallel(callers, times, work);
    }

    static void inParallel(int callers, int times, Runnable work) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(callers);
        AtomicLong left = new AtomicLong(times);
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < callers; i++) {
            Thread.ofVirtual().start(() -> {
                try {
                    while (left.getAndDecrement() > 0 && failures.isEmpty()) {
                        work.run();
                    }
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                } finally {
                    done.countDown();
                }
            });
        }
        done.await();
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.peek());
        }
    }

    /** How long ago the entry was written that has just been reached. */
    private static void watchLag(
            Bank bank, LongSupplier reaching, AtomicBoolean measuring, AtomicLong worst) {
        // When each size of the ledger was first seen, to be looked up when it is reached.
        ArrayList<long[]> seen = new ArrayList<>();
        int at = 0;
        while (measuring.get()) {
            long now = System.nanoTime();
            seen.add(new long[] {bank.ledger().reader().size(), now});
            long reached = reaching.getAsLong();
            while (at < seen.size() && seen.get(at)[0] <= reached) {
                at++;
            }
            if (at < seen.size()) {
                worst.accumulateAndGet(now - seen.get(at)[1], Math::max);
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static long[] balances(Bank bank, List<LearnerId> accounts) {
        SplittableRandom dice = new SplittableRandom(1);
        LocalDate today = LocalDate.now();
        long[] nanos = new long[20_000];
        for (int i = 0; i < 40_000; i++) {
            LearnerId learner = accounts.get(dice.nextInt(accounts.size()));
            long begun = System.nanoTime();
            Balance.of(bank.views(), learner, today);
            nanos[i % nanos.length] = System.nanoTime() - begun;
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private static Sender sender(Bank bank) {
        return new Sender("user/bench", null, bank.newCommandId(), null);
    }
}
