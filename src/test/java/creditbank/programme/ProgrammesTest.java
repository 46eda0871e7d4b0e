package creditbank.programme;

import static creditbank.programme.Plans.ID;
import static creditbank.programme.Plans.plan;
import static creditbank.programme.Plans.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Bank;
import creditbank.Sample;
import creditbank.api.Command;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionCommand.SuspendInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeCommand.CloseProgramme;
import creditbank.api.programme.ProgrammeCommand.DefineProgramme;
import creditbank.api.programme.ProgrammeCommand.ReviseProgramme;
import creditbank.api.value.Reason;
import creditbank.ledger.Sender;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the bank is opened before each test
class ProgrammesTest {

    private static final Plan PLAN = plan(Sample.COLLEGE, "140.00", List.of());
    private static final Plan NEXT = plan(Sample.COLLEGE, "142.00", List.of());
    private static final Reason REASON = new Reason.Clear("方案修订");
    private static final InstitutionId COLLEGE = new InstitutionId(Sample.COLLEGE);

    @TempDir
    Path folder;

    private Bank bank;

    @BeforeEach
    void open() {
        bank = Sample.open(folder);
        Sample.register(bank);
    }

    @AfterEach
    void close() {
        bank.close();
    }

    private void send(Command command) {
        bank.commands().send(command,
                new Sender("user/test", null, bank.newCommandId(), null));
    }

    private void assertRefused(int version, String code) {
        assertThatThrownBy(() -> bank.programmes().get(version(version)))
                .isInstanceOf(Refused.class).hasMessage(code);
    }

    @Test
    void each_version_is_found_as_it_was_stated_though_it_was_revised_and_closed() {
        assertRefused(1, "programme-unknown");
        send(new DefineProgramme(ID, PLAN));
        assertRefused(2, "programme-version-unknown");
        send(new ReviseProgramme(version(1), NEXT, REASON));
        send(new CloseProgramme(ID, COLLEGE, null, REASON));
        assertThat(bank.programmes().plan(version(1))).isEqualTo(PLAN);
        assertThat(bank.programmes().plan(version(2))).isEqualTo(NEXT);
        assertThat(bank.programmes().get(version(1)).credits()).isEqualTo(14_000);
        assertThat(bank.programmes().get(version(2)).credits()).isEqualTo(14_200);
        assertRefused(3, "programme-version-unknown");
        assertRefused(4, "programme-version-unknown");
    }

    @Test
    void what_was_found_once_is_not_read_again() {
        send(new DefineProgramme(ID, PLAN));
        assertThat(bank.programmes().get(version(1)))
                .isSameAs(bank.programmes().get(version(1)));
    }

    @Test
    void a_bank_that_is_opened_again_decides_on_what_stands() {
        send(new DefineProgramme(ID, PLAN));
        send(new ReviseProgramme(version(1), NEXT, REASON));
        bank.close();
        bank = Sample.open(folder);
        assertThatThrownBy(() -> send(new ReviseProgramme(version(1), PLAN, REASON)))
                .hasMessage("programme-already-revised");
        send(new ReviseProgramme(version(2), PLAN, REASON));
        assertThat(bank.programmes().plan(version(3))).isEqualTo(PLAN);
    }

    @Test
    void a_suspension_that_came_in_between_is_not_overlooked() {
        send(new DefineProgramme(ID, PLAN));
        send(new SuspendInstitution(COLLEGE, REASON));
        assertThatThrownBy(() -> send(new ReviseProgramme(version(1), NEXT, REASON)))
                .hasMessage("institution-suspended");
        send(new CloseProgramme(ID, COLLEGE, null, REASON));
    }

    @Test
    void of_many_who_revise_the_same_version_at_once_one_does() throws Exception {
        send(new DefineProgramme(ID, PLAN));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> outcomes = IntStream.range(0, 20).mapToObj(n ->
                    threads.submit(() -> {
                        try {
                            send(new ReviseProgramme(version(1), plan(
                                    Sample.COLLEGE, "15" + n + ".00", List.of()), REASON));
                            return "revised";
                        } catch (Refused refused) {
                            return refused.refusal().code();
                        }
                    })).toList();
            int revised = 0;
            for (Future<String> outcome : outcomes) {
                assertThat(outcome.get()).isIn("revised", "programme-already-revised");
                revised += outcome.get().equals("revised") ? 1 : 0;
            }
            assertThat(revised).isEqualTo(1);
        }
        assertRefused(3, "programme-version-unknown");
    }
}
