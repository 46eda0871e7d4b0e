package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Refused;
import creditbank.api.account.AccountCommand;
import creditbank.api.account.AccountCommand.RevokeAchievement;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.TransferEvent.TransferUndone;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.Claim;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import creditbank.formats.Samples;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One learner with few outcomes that go from school to school and are revoked by whoever has them,
 * so that they come back, through as many schools as they went. The seed in a name makes it again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransferHistoriesTest {

    private static final int COMMANDS = 200;
    private static final int OUTCOMES = 6;
    private static final LocalDate BEGIN = LocalDate.of(2020, 9, 1);
    private static final AtomicInteger CAME_BACK = new AtomicInteger();
    private static final AtomicInteger BACK_AND_BACK = new AtomicInteger();

    private LocalDate today = BEGIN;
    private Account.Open open = (Account.Open) Account.evolve(Account.NONE, new AccountOpened(
            Samples.LEARNER, Samples.identity("王小明"),
            List.of(Samples.claim(Claim.Kind.IDENTITY, "one"))));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    /** Histories without any would prove nothing. */
    @AfterAll
    static void pieces_came_back_and_some_to_schools_that_had_received_them() {
        assertThat(CAME_BACK.get()).isPositive();
        assertThat(BACK_AND_BACK.get()).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_went_stands_somewhere_or_comes_back(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomStudies studies = new RandomStudies(random);
        KnownSurroundings around = Schools.around(today);
        for (InstitutionId school : List.of(Schools.FIRST, Schools.SECOND)) {
            around.institution(school, new Institution.Active(
                    Sector.VOCATIONAL, InstitutionKind.SCHOOL, null, null));
        }
        for (int number = 1; number <= OUTCOMES; number++) {
            open = (Account.Open) Account.evolve(open, new AchievementRecorded(
                    Samples.achievement(number), Sector.VOCATIONAL, BEGIN, outcome(random),
                    List.of(Samples.claim(Claim.Kind.RECORD, "record-" + number))));
        }
        for (int i = 0; i < COMMANDS; i++) {
            today = today.plusDays(random.nextInt(3));
            around.today(today);
            AccountCommand command = random.nextInt(8) > 0
                    ? studies.transfer(open, today) : revocation(random);
            try {
                for (AccountEvent event : Account.decide(open, command, around)) {
                    counts(event);
                    open = (Account.Open) Account.evolve(open, event);
                }
            } catch (Refused refused) {
                continue;
            }
            Uses.hold(open);
        }
    }

    /** Mostly of what was received, of which there is always the last. */
    private RevokeAchievement revocation(RandomGenerator random) {
        int last = open.achievements().size();
        Held held = open.achievements().get(
                random.nextInt(4) > 0 ? random.nextInt(last / 2, last) : random.nextInt(last));
        return new RevokeAchievement(held.id(), held.issuer(), null, Samples.REASON);
    }

    /** Before it is folded. */
    private void counts(AccountEvent event) {
        if (event instanceof TransferUndone e && e.received() != null) {
            CAME_BACK.incrementAndGet();
            if (open.held(e.achievement()).achievement().origin() != null) {
                BACK_AND_BACK.incrementAndGet();
            }
        }
    }

    private static Achievement outcome(RandomGenerator random) {
        return new Achievement(AchievementKind.COURSE,
                random.nextBoolean() ? Schools.FIRST : Schools.SECOND, null,
                Samples.box("record key"), "课程", random.nextBoolean() ? "C1" : "C2", null, null,
                null, new Credits(random.nextInt(300, 1_500), CreditUnit.CN), BEGIN, null, null,
                null, null, Attributes.NONE);
    }
}
