package creditbank.audit;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.Sample;
import creditbank.api.account.LearnerId;
import creditbank.publishing.PublishedLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** Ten entries of {@link Sample#business}, signed for, in the folders data and keys. */
final class PublishedBank {

    static final Duration LONG = Duration.ofSeconds(30);

    private PublishedBank() {
    }

    static void business(Path folder) throws InterruptedException {
        try (Bank bank = Sample.open(folder)) {
            Sample.business(bank);
            publish(bank);
        }
    }

    /** So many entries more: an account and its records. */
    static void more(Path folder, int entries) throws InterruptedException {
        try (Bank bank = Sample.open(folder)) {
            LearnerId learner = Sample.account(bank, "three");
            for (int i = 1; i < entries; i++) {
                Sample.record(bank, learner, "M-" + i);
            }
            bank.follower().catchUp(_ -> { });
            publish(bank);
        }
    }

    /** Signs for all that stands. */
    static void publish(Bank bank) throws InterruptedException {
        PublishedLog log = bank.publish(Sample.LOG);
        assertThat(log.awaitPublished(bank.ledger().reader().size(), LONG))
                .as(String.valueOf(log.halted())).isTrue();
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path there = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(there);
                } else {
                    Files.deleteIfExists(there);
                    Files.copy(file, there);
                }
            }
        }
    }
}
