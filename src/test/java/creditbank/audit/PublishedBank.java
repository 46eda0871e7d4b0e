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

    /** The business, and then as many records more as are asked for. */
    static void make(Path folder, int more) throws InterruptedException {
        try (Bank bank = Sample.open(folder)) {
            Sample.business(bank);
            LearnerId third = more > 0 ? Sample.account(bank, "three") : null;
            for (int i = 1; i < more && third != null; i++) {
                Sample.record(bank, third, "M-" + i);
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
