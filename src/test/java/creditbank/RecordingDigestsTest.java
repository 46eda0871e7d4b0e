package creditbank;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Recorded;
import creditbank.api.digest.DigestEvent.StateDigested;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Sector;
import creditbank.audit.History;
import creditbank.audit.Verification;
import creditbank.audit.WholeReplay;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Sender;
import creditbank.projections.Projection;
import creditbank.views.StateDigest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordingDigestsTest {

    private static final int PROJECTIONS = Projection.all().size();

    /** Days pass when a test says so. */
    private static final class Days extends Clock {
        private Instant now = Instant.parse("2026-11-22T03:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @TempDir
    Path folder;

    private final Days days = new Days();
    private int institutions;

    private void registered(Bank bank) {
        String id = "college-" + ++institutions;
        bank.commands().send(new RegisterInstitution(new InstitutionId(id), "学校",
                        Sector.VOCATIONAL, InstitutionKind.COLLEGE, null, null, null, null),
                new Sender("user/registrar", null, id, null));
        bank.follower().catchUp(_ -> { });
    }

    private static List<Recorded> stated(Bank bank) {
        return bank.ledger().reader().read(0, 1_000).stream().map(EntryFormat::read)
                .filter(entry -> entry.event() instanceof StateDigested).toList();
    }

    @Test
    void the_bank_states_digests_once_a_day_and_only_when_there_is_something_new() {
        try (Bank bank = Bank.open(folder, folder.resolve("keys"), days)) {
            assertThat(bank.digests().round()).isZero();
            registered(bank);
            assertThat(bank.digests().round()).isEqualTo(PROJECTIONS);
            registered(bank);
            assertThat(bank.digests().round()).isZero();
            days.now = Instant.parse("2026-11-23T00:00:00Z");
            assertThat(bank.digests().round()).isEqualTo(PROJECTIONS);
            days.now = Instant.parse("2026-11-24T00:00:00Z");
            bank.follower().catchUp(_ -> { });
            assertThat(bank.digests().round()).isZero();
            assertThat(stated(bank)).hasSize(2 * PROJECTIONS)
                    .allMatch(entry -> entry.actor().equals(RecordingDigests.ACTOR));
        }
    }

    @Test
    void what_is_stated_is_what_a_replay_comes_to_and_verify_finds_nothing_wrong()
            throws Exception {
        try (Bank bank = Bank.open(folder, folder.resolve("keys"), days)) {
            registered(bank);
            registered(bank);
            bank.digests().round();
            registered(bank);
            Path scratch = Files.createDirectory(folder.resolve("scratch"));
            WholeReplay replay = new WholeReplay(bank.ledger().reader(), scratch);
            History history = new History(bank.ledger().reader());
            List<StateDigest> made = replay.digests(
                    history.at(1), Projection.all(), (_, _) -> { });
            assertThat(stated(bank)).extracting(entry -> (StateDigested) entry.event())
                    .extracting(e -> new StateDigest(e.projection().text(), e.version(),
                            e.entries(), e.digest())).containsExactlyElementsOf(made);
            assertThat(replay.digestsBehind(history.at(1))).isEqualTo(stated(bank));
            bank.follower().catchUp(_ -> { });
        }
        assertThat(new Verification(folder, Projection.all(), ZoneOffset.UTC, Locale.ENGLISH)
                .verify(folder, (_, _) -> { }).checks()).extracting(
                Verification.Check::outcome).containsOnly(Verification.Outcome.HOLDS);
    }
}
