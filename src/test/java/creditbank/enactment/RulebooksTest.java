package creditbank.enactment;

import static creditbank.enactment.Texts.text;
import static creditbank.enactment.Texts.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Bank;
import creditbank.Sample;
import creditbank.api.Refused;
import creditbank.api.rulebook.RulebookCommand;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.rulebook.RulebookCommand.WithdrawRulebook;
import creditbank.api.value.Reason;
import creditbank.ledger.Sender;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the bank is opened before each test
class RulebooksTest {

    @TempDir
    Path folder;

    private Bank bank;

    @BeforeEach
    void open() {
        bank = Sample.open(folder);
    }

    @AfterEach
    void close() {
        bank.close();
    }

    private void send(RulebookCommand command) {
        bank.commands().send(command,
                new Sender("user/test", null, bank.newCommandId(), null));
    }

    private void propose(String text) {
        send(new RulebookForm(text).proposal("user/one"));
    }

    private void approve(int version) {
        send(new ApproveRulebook(version(version), "user/other"));
    }

    private void assertRefused(int version, String code) {
        assertThatThrownBy(() -> bank.rulebooks().get(version(version)))
                .isInstanceOf(Refused.class).hasMessage(code);
    }

    @Test
    void only_an_approved_version_is_found() {
        assertRefused(1, "rulebook-unknown");
        propose(text(1, "2020-01-01", null));
        assertRefused(1, "rulebook-not-approved");
        approve(1);
        assertThat(bank.rulebooks().get(version(1)).version()).isEqualTo(version(1));
        assertRefused(2, "rulebook-unknown");
    }

    @Test
    void of_a_number_that_was_proposed_twice_the_approved_text_is_found() {
        propose(text(1, "2020-01-01", null));
        send(new WithdrawRulebook(version(1), null, new Reason.Clear("写错")));
        assertRefused(1, "rulebook-not-approved");
        propose(text(1, "2021-01-01", null));
        approve(1);
        assertThat(bank.rulebooks().get(version(1)).head()).isEqualTo(
                Texts.head("2021-01-01", null));
    }

    @Test
    void what_was_found_once_is_not_read_again() {
        propose(text(1, "2020-01-01", null));
        approve(1);
        assertThat(bank.rulebooks().get(version(1))).isSameAs(bank.rulebooks().get(version(1)));
    }

    @Test
    void a_bank_that_is_opened_again_decides_on_what_stands() {
        propose(text(1, "2020-01-01", null));
        approve(1);
        bank.close();
        bank = Sample.open(folder);
        assertThatThrownBy(() -> approve(1)).hasMessage("rulebook-already-approved");
        assertThat(bank.rulebooks().get(version(1)).head()).isEqualTo(
                Texts.head("2020-01-01", null));
    }
}
