package creditbank.intake;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.api.value.CreditUnit;
import creditbank.intake.Oulad.Figures;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OuladImportTest {

    private static final Options DRY = new Options(true, null, true, "user/test", null);
    private static final Options COMMIT = new Options(false, null, true, "user/test", null);

    @TempDir
    Path folder;

    @Test
    void a_dry_run_tells_what_the_commit_then_does_and_a_second_commit_changes_nothing() {
        Path file = Oulad.studentInfo();
        Profile oulad = Profiles.named("oulad");
        try (Bank bank = Oulad.open(folder)) {
            Intake intake = Oulad.intake(bank);
            Outcome dry = intake.run(file, oulad, DRY, _ -> { });
            assertWhole(dry);
            assertThat(bank.ledger().reader().size()).isZero();

            long start = System.nanoTime();
            Outcome commit = intake.run(file, oulad, COMMIT, _ -> { });
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("OULAD: %,d rows in %.2f s, %,.0f rows a second%n", commit.rows(),
                    seconds, commit.rows() / seconds);
            assertWhole(commit);
            assertThat(Figures.of(bank)).isEqualTo(Figures.WHOLE);

            long size = bank.ledger().reader().size();
            Outcome again = intake.run(file, oulad, COMMIT, _ -> { });
            assertThat(again.recorded()).isZero();
            assertThat(again.accountsOpened()).isZero();
            assertThat(again.alreadyThere()).isEqualTo(15_385);
            assertThat(again.creditsAlreadyThere()).isEqualTo(Map.of(CreditUnit.UK, 110_141_250L));
            assertThat(bank.ledger().reader().size()).isEqualTo(size);
        }
    }

    private static void assertWhole(Outcome outcome) {
        assertThat(outcome.problems()).isEmpty();
        assertThat(outcome.finished()).isTrue();
        assertThat(outcome.institutionRegistered()).isTrue();
        assertThat(outcome.rows()).isEqualTo(32_593);
        assertThat(outcome.recorded()).isEqualTo(15_385);
        assertThat(outcome.passedOverInAll()).isEqualTo(32_593 - 15_385);
        assertThat(outcome.accountsOpened()).isEqualTo(14_581);
        assertThat(outcome.credits()).isEqualTo(Map.of(CreditUnit.UK, 110_141_250L));
    }
}
