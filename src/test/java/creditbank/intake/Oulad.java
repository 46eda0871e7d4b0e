package creditbank.intake;

import creditbank.Bank;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Assumptions;

/** The real records, where they are at hand, and what the ledger says of them. */
final class Oulad {

    static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-11-22T03:00:00Z"), ZoneId.of("Asia/Shanghai"));

    private Oulad() {
    }

    /** The file, looked for from the working folder upwards; a test is left out without it. */
    static Path studentInfo() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path file = at.resolve("../shared/data/oulad/studentInfo.csv").normalize();
            if (Files.exists(file)) {
                return file;
            }
        }
        String missing = "Left out: ../shared/data/oulad/studentInfo.csv is not there.";
        System.out.println(missing);
        return Assumptions.abort(missing);
    }

    static Bank open(Path folder) {
        return Bank.open(folder.resolve("data"), folder.resolve("keys"), CLOCK);
    }

    static Intake intake(Bank bank) {
        return new Intake(bank.commands(), bank.counter(), bank.ledger().reader(), bank.claims(),
                bank.clock(), problem -> "said: " + problem.refusal().code());
    }

    /** Sums over the whole ledger, by hand. */
    record Figures(long learners, long achievements, long hundredths) {

        static final Figures WHOLE = new Figures(14_581, 15_385, 110_141_250);

        static Figures of(Bank bank) {
            long learners = 0;
            long achievements = 0;
            long hundredths = 0;
            for (Entry entry : bank.ledger().reader().read(0)) {
                switch (EntryFormat.read(entry).event()) {
                    case AccountOpened _ -> learners++;
                    case AchievementRecorded e -> {
                        achievements++;
                        hundredths += e.deposit().credits().hundredths();
                    }
                    default -> {
                        // Not counted.
                    }
                }
            }
            return new Figures(learners, achievements, hundredths);
        }
    }
}
