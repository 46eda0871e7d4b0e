package creditbank;

import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.ledger.Receipt;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A bank in a process of its own that works until it is killed, and says of each command, only
 * after it was acknowledged, where it stands. Begins by sending commands of the round before once
 * more: whatever became of them, they must stand once.
 */
final class BusyBank {

    private static final int THREADS = 16;
    private static final int THREADS_SENDING_AGAIN = 3;
    private static final int SENT_AGAIN = 2;

    private final Bank bank;

    private BusyBank(Bank bank) {
        this.bank = bank;
    }

    public static void main(String[] arguments) {
        int round = Integer.parseInt(arguments[1]);
        Bank bank = Sample.open(Path.of(arguments[0]));
        bank.follower().start();
        bank.publish(Sample.LOG);
        Sample.register(bank);
        BusyBank busy = new BusyBank(bank);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                threads.submit(() -> busy.work(round, thread));
            }
        }
    }

    private void work(int round, int thread) {
        String part = "-" + thread + "-";
        try {
            if (round > 0 && thread < THREADS_SENDING_AGAIN) {
                for (int i = 0; i < SENT_AGAIN; i++) {
                    person(round - 1 + part + i, i);
                }
            }
            for (int i = 0; ; i++) {
                person(round + part + i, i);
            }
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            System.out.println("failed " + e + " .");
            System.out.flush();
        }
    }

    private void person(String name, int number) {
        Receipt opened = bank.counter().open(Sample.sender("open " + name), Sample.person(name));
        say("open " + name, opened);
        LearnerId learner = new LearnerId(opened.id());
        for (String key : new String[] {name + "a", name + "b", name + "c"}) {
            say("record " + key, Sample.record(bank, learner, key));
        }
        AchievementId second = new AchievementId(learner, 2);
        say("correct " + second, Sample.correct(bank, second, name + "d"));
        AchievementId third = new AchievementId(learner, 3);
        say("revoke " + third, Sample.revoke(bank, third));
        if (number % 4 == 1) {
            say("erase " + name, bank.counter().erase(
                    Sample.sender("erase " + name), learner, "本人申请"));
        }
    }

    private static void say(String command, Receipt receipt) {
        // In one piece; the full stop shows that the line was not cut short.
        String line = Sample.sender(command).commandId() + " " + receipt.position() + " .\n";
        synchronized (System.out) {
            System.out.print(line);
            System.out.flush();
        }
    }
}
