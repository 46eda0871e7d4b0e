package creditbank.agreement;

import static creditbank.agreement.Terms.ID;
import static creditbank.agreement.Terms.RULES;
import static creditbank.agreement.Terms.party;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Bank;
import creditbank.Sample;
import creditbank.api.Command;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.agreement.AgreementCommand;
import creditbank.api.agreement.AgreementCommand.AcceptAgreement;
import creditbank.api.agreement.AgreementCommand.EndAgreement;
import creditbank.api.agreement.AgreementCommand.ProposeAgreement;
import creditbank.api.agreement.Direction;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionCommand.SuspendInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.rulebook.RulebookCommand.WithdrawRulebook;
import creditbank.api.value.Reason;
import creditbank.enactment.RulebookForm;
import creditbank.enactment.Texts;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.CommandScope;
import creditbank.ledger.Sender;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agreements of a real bank, in which the college and the university are registered. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings("NullAway.Init") // the bank is opened before each test
class AgreementsTest {

    private static final InstitutionId COLLEGE = new InstitutionId("college");
    private static final InstitutionId UNIVERSITY = new InstitutionId("university");
    private static final Reason REASON = new Reason.Clear("试验");

    @TempDir
    Path folder;

    private Bank bank;
    private LocalDate today;

    @BeforeEach
    void open() {
        bank = Sample.open(folder);
        today = LocalDate.now(bank.clock());
        for (InstitutionId id : List.of(COLLEGE, UNIVERSITY)) {
            send(new InstitutionForm(id.text(), "试验", "VOCATIONAL", "COLLEGE",
                    "210600", null, null).read(bank.claims()));
        }
        send(new RulebookForm(Texts.text(1, "2020-01-01", null)).proposal("user/one"));
    }

    @AfterEach
    void close() {
        bank.close();
    }

    private void send(Command command) {
        bank.commands().send(command,
                new Sender("user/test", null, bank.newCommandId(), null));
    }

    private AgreementCommand proposal() {
        return new ProposeAgreement(ID, Terms.with("2020-01-01", null,
                List.of(new Direction(Party.of(COLLEGE), Party.of(UNIVERSITY))),
                Party.of(COLLEGE), Party.of(UNIVERSITY)), Party.of(COLLEGE), "user/one");
    }

    private void conclude() {
        send(new ApproveRulebook(Texts.version(1), "user/other"));
        send(proposal());
        send(new AcceptAgreement(ID, Party.of(UNIVERSITY), "user/other"));
    }

    /** As a decision of another stream asks, and on which streams it then depends. */
    private Map<String, Long> asks(
            AtomicReference<@Nullable Refusal> answer, InstitutionId issuer, InstitutionId at) {
        CommandScope scope = new CommandScope(new Sender("user/test", null, "x", null), null);
        scope.around(() -> answer.set(
                bank.agreements().objection(ID, issuer, at, RULES, today.plusDays(1))));
        return scope.unchanged();
    }

    private @Nullable Refusal objection(InstitutionId issuer, InstitutionId at) {
        AtomicReference<@Nullable Refusal> answer = new AtomicReference<>();
        asks(answer, issuer, at);
        return answer.get();
    }

    @Test
    void a_decision_learns_what_an_agreement_allows_and_depends_on_what_it_looked_at() {
        assertThat(objection(COLLEGE, UNIVERSITY)).isEqualTo(new Refusal.AgreementUnknown(ID));
        bank.agreements().forget(ID.stream());
        conclude();
        AtomicReference<@Nullable Refusal> answer = new AtomicReference<>();
        assertThat(asks(answer, COLLEGE, UNIVERSITY)).isEqualTo(Map.of(ID.stream(), 1L,
                "institution/college", 0L, "institution/university", 0L));
        assertThat(answer.get()).isNull();
        assertThat(objection(UNIVERSITY, COLLEGE)).isEqualTo(
                new Refusal.AgreementWithoutDirection(
                        ID, party("institution/university"), party("institution/college")));
        assertThatThrownBy(() -> objection(COLLEGE, new InstitutionId("nowhere")))
                .isInstanceOf(Refused.class).hasMessage("institution-unknown");
    }

    @Test
    void what_was_seen_is_remembered_until_it_is_forgotten() {
        conclude();
        assertThat(objection(COLLEGE, UNIVERSITY)).isNull();
        send(new EndAgreement(ID, Party.of(COLLEGE), today, REASON));
        // A commit that rests on the old sequence fails, and then the bank forgets it.
        AtomicReference<@Nullable Refusal> answer = new AtomicReference<>();
        assertThat(asks(answer, COLLEGE, UNIVERSITY)).containsEntry(ID.stream(), 1L);
        bank.agreements().forget(ID.stream());
        assertThat(asks(answer, COLLEGE, UNIVERSITY)).containsEntry(ID.stream(), 2L);
        assertThat(answer.get())
                .isEqualTo(new Refusal.AgreementNotInForce(ID, today.plusDays(1)));
    }

    @Test
    void a_rulebook_that_was_approved_may_be_named_even_if_it_was_ended() {
        assertThatThrownBy(() -> send(proposal())).hasMessage("rulebook-never-approved");
        send(new ApproveRulebook(Texts.version(1), "user/other"));
        send(new WithdrawRulebook(Texts.version(1), today, REASON));
        send(proposal());
    }

    @Test
    void a_suspension_that_came_in_between_is_never_overlooked() {
        send(new ApproveRulebook(Texts.version(1), "user/other"));
        send(proposal());
        send(new SuspendInstitution(UNIVERSITY, REASON));
        assertThatThrownBy(() -> send(new AcceptAgreement(ID, Party.of(UNIVERSITY), "user/x")))
                .hasMessage("institution-suspended");
    }

    @Test
    void a_bank_that_is_opened_again_decides_on_what_stands() {
        conclude();
        bank.close();
        bank = Sample.open(folder);
        assertThatThrownBy(() -> send(proposal())).hasMessage("agreement-already-concluded");
        assertThat(objection(COLLEGE, UNIVERSITY)).isNull();
    }
}
