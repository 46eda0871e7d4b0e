package creditbank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.digest.DigestEvent;
import creditbank.api.digest.DigestEvent.StateDigested;
import creditbank.api.digest.StateDigest;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Digest;
import creditbank.api.value.Sector;
import creditbank.audit.History;
import creditbank.audit.Moment;
import creditbank.audit.StatedDigests;
import creditbank.audit.StatedDigests.StatedDigest;
import creditbank.audit.Verification;
import creditbank.audit.WholeReplay;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Sender;
import creditbank.projections.Projection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecordingDigestsTest {

    private static final Sender AUDITOR = auditor("look-1", null);

    private static Sender auditor(String command, @Nullable Long seen) {
        return new Sender("user/auditor", null, command, seen);
    }

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

    private static List<Recorded> looks(Bank bank) {
        return bank.ledger().reader().read(0, 1_000).stream().map(EntryFormat::read)
                .filter(entry -> entry.event() instanceof StateDigested).toList();
    }

    private static Bank open(Path folder, Clock clock) {
        return Bank.open(folder, folder.resolve("keys"), clock);
    }

    @Test
    void the_bank_looks_once_a_day_and_only_when_there_is_something_new() {
        try (Bank bank = open(folder, days)) {
            assertThat(bank.digests().round()).isFalse();
            registered(bank);
            assertThat(bank.digests().round()).isTrue();
            registered(bank);
            assertThat(bank.digests().round()).isFalse();
            days.now = Instant.parse("2026-11-23T00:00:00Z");
            assertThat(bank.digests().round()).isTrue();
            days.now = Instant.parse("2026-11-24T00:00:00Z");
            bank.follower().catchUp(_ -> { });
            assertThat(bank.digests().round()).isFalse();
            assertThat(looks(bank)).hasSize(2)
                    .allMatch(entry -> entry.actor().equals(RecordingDigests.ACTOR));
        }
    }

    @Test
    void what_others_had_stated_neither_replaces_the_banks_own_look_nor_calls_for_one() {
        try (Bank bank = open(folder, days)) {
            registered(bank);
            bank.digests().record(AUDITOR);
            assertThat(bank.digests().round()).isTrue();
            days.now = Instant.parse("2026-11-23T00:00:00Z");
            bank.digests().record(auditor("look-2", null));
            assertThat(bank.digests().round()).isFalse();
            assertThat(looks(bank)).extracting(Recorded::actor).containsExactly(
                    "user/auditor", RecordingDigests.ACTOR, "user/auditor");
        }
    }

    @Test
    void a_look_is_one_entry_whatever_was_folded_and_the_same_command_is_one_look() {
        try (Bank bank = open(folder, days)) {
            registered(bank);
            long position = bank.digests().record(AUDITOR);
            registered(bank);
            assertThat(bank.digests().record(AUDITOR)).isEqualTo(position);
            long again = bank.digests().record(auditor("look-2", null));
            assertThat(looks(bank)).extracting(Recorded::position)
                    .containsExactly(position, again);
            assertThat(looks(bank)).extracting(Recorded::sequence).containsExactly(0L, 1L);
            assertThat(looks(bank)).allSatisfy(look -> {
                assertThat(look.stream()).isEqualTo(DigestEvent.STREAM);
                assertThat(StatedDigests.in(look)).extracting(StateDigest::projection)
                        .containsExactlyElementsOf(
                                Projection.all().stream().map(Projection::name).toList());
            });
        }
    }

    @Test
    void whoever_has_not_seen_the_last_look_is_told_so() {
        try (Bank bank = open(folder, days)) {
            registered(bank);
            bank.digests().record(AUDITOR);
            assertThatThrownBy(() -> bank.digests().record(auditor("look-2", -1L)))
                    .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.refusal())
                            .isEqualTo(new Refusal.VersionMismatch(-1, 0)));
            bank.digests().record(auditor("look-2", 0L));
            assertThat(looks(bank)).hasSize(2);
        }
    }

    @Test
    void looks_at_once_stand_one_after_the_other() throws Exception {
        try (Bank bank = open(folder, days);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            registered(bank);
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                Sender sender = auditor("look-" + i, null);
                running.add(threads.submit(() -> bank.digests().record(sender)));
            }
            for (Future<Long> each : running) {
                each.get();
            }
            assertThat(looks(bank)).extracting(Recorded::sequence)
                    .containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        }
    }

    @Test
    void what_is_stated_is_what_a_replay_comes_to_and_verify_finds_nothing_wrong()
            throws Exception {
        try (Bank bank = open(folder, days)) {
            registered(bank);
            registered(bank);
            bank.digests().round();
            registered(bank);
            Path scratch = Files.createDirectory(folder.resolve("scratch"));
            Moment then = new History(bank.ledger().reader()).at(1);
            List<StateDigest> made = new WholeReplay(bank.ledger().reader(), scratch)
                    .digests(then, Projection.all(), (_, _) -> { });
            assertThat(StatedDigests.in(looks(bank).getFirst())).isEqualTo(made);
            for (StatedDigests stated : List.of(StatedDigests.of(bank.ledger().reader()),
                    StatedDigests.behind(then, bank.ledger().reader()))) {
                StateDigest one = made.getFirst();
                assertThat(stated.sameAs(one))
                        .containsExactly(new StatedDigest(2, one.digest(), true));
                assertThat(stated.sameAs(new StateDigest(one.projection(), one.version(),
                        one.entries(), new Digest("0".repeat(64)))))
                        .containsExactly(new StatedDigest(2, one.digest(), false));
                assertThat(stated.sameAs(new StateDigest(one.projection(), one.version() + 1,
                        one.entries(), one.digest()))).isEmpty();
                assertThat(stated.sameAs(new StateDigest(one.projection(), one.version(),
                        one.entries() + 1, one.digest()))).isEmpty();
            }
            bank.follower().catchUp(_ -> { });
        }
        assertThat(new Verification(folder, Projection.all(), ZoneOffset.UTC, Locale.ENGLISH)
                .verify(folder, (_, _) -> { }).checks()).extracting(
                Verification.Check::outcome).containsOnly(Verification.Outcome.HOLDS);
    }

    @Test
    void a_look_is_at_something_and_at_each_projection_once() {
        StateDigest one = new StateDigest("accounts", 1, 9, new Digest("0".repeat(64)));
        for (List<StateDigest> none : List.of(List.<StateDigest>of(), List.of(one, one))) {
            assertThatThrownBy(() -> new StateDigested(none))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Accounts", "a-b", "_a", "a/b"})
    void a_name_that_no_projection_has_is_none(String name) {
        assertThatThrownBy(() -> new StateDigest(name, 1, 9, new Digest("0".repeat(64))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
