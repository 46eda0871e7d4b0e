package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Refused;
import creditbank.api.account.AccountCommand;
import creditbank.api.account.AccountCommand.CorrectAchievement;
import creditbank.api.account.AccountCommand.RevokeAchievement;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.Posting;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.RedemptionPurpose.Diploma;
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
 * One learner with few outcomes who does nothing but study, so that the same evidence counts in
 * several courses of studies and for several diplomas. The seed in a name makes it again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharingHistoriesTest {

    private static final int COMMANDS = 300;
    private static final int OUTCOMES = 4;
    private static final LocalDate BEGIN = LocalDate.of(2020, 9, 1);
    private static final AtomicInteger SHARED = new AtomicInteger();
    private static final AtomicInteger HANDED_OVER = new AtomicInteger();

    private LocalDate today = BEGIN;
    private Account.Open open = opened();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    /** Histories without any would prove nothing. */
    @AfterAll
    static void pieces_counted_for_two_diplomas_of_which_one_was_reversed() {
        assertThat(SHARED.get()).isPositive();
        assertThat(HANDED_OVER.get()).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void evidence_of_a_diploma_is_used_and_of_studies_that_go_on_is_bound(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        RandomStudies studies = new RandomStudies(random);
        KnownSurroundings around = Schools.around(today);
        for (InstitutionId school : List.of(Schools.FIRST, Schools.SECOND, Schools.THIRD)) {
            around.institution(school, new Institution.Active(
                    Sector.VOCATIONAL, InstitutionKind.SCHOOL, null, null));
        }
        for (int number = 1; number <= OUTCOMES; number++) {
            open = (Account.Open) Account.evolve(open, new AchievementRecorded(
                    Samples.achievement(number), Sector.VOCATIONAL, BEGIN, outcome(random),
                    List.of(claim(number))));
        }
        for (int i = 0; i < COMMANDS; i++) {
            today = today.plusDays(random.nextInt(3));
            around.today(today);
            AccountCommand command = random.nextInt(40) > 0
                    ? studies.command(open, today) : mistaken(random);
            try {
                for (AccountEvent event : Account.decide(open, command, around)) {
                    counts(event);
                    again(event, around);
                    open = (Account.Open) Account.evolve(open, event);
                }
            } catch (Refused refused) {
                continue;
            }
            Uses.hold(open);
        }
    }

    private AccountCommand mistaken(RandomGenerator random) {
        AchievementId id = Samples.achievement(random.nextInt(OUTCOMES) + 1);
        InstitutionId issuer = open.held(id).issuer();
        return random.nextInt(8) == 0
                ? new RevokeAchievement(id, issuer, null, Samples.REASON)
                : new CorrectAchievement(id, outcome(random, issuer),
                        List.of(claim(id.number())), Samples.REASON);
    }

    private void again(AccountEvent event, Surroundings around) {
        if (event instanceof CreditsRedeemed e && e.purpose() instanceof Diploma diploma) {
            assertThat(Redemption.again(open, e, diploma, Attributes.NONE, around)).isEqualTo(e);
        }
    }

    /** Before it is folded. */
    private void counts(AccountEvent event) {
        if (event instanceof CreditsRedeemed e && e.purpose() instanceof Diploma
                && open.redemptions().stream().anyMatch(other -> other.stands()
                        && other.purpose() instanceof Diploma
                        && other.evidence().stream().anyMatch(e.evidence()::contains))) {
            SHARED.incrementAndGet();
        }
        if (event instanceof RedemptionReversed e && !open.redemption(e.id()).used().stream()
                .map(Redemption.Used::achievement).toList()
                .equals(e.postings().stream().map(Posting::achievement).toList())) {
            HANDED_OVER.incrementAndGet();
        }
    }

    private static Account.Open opened() {
        return (Account.Open) Account.evolve(Account.NONE, new AccountOpened(Samples.LEARNER,
                Samples.identity("王小明"), List.of(Samples.claim(Claim.Kind.IDENTITY, "one"))));
    }

    private static Achievement outcome(RandomGenerator random) {
        return outcome(random, List.of(Schools.FIRST, Schools.SECOND, Schools.THIRD)
                .get(random.nextInt(3)));
    }

    private static Achievement outcome(RandomGenerator random, InstitutionId issuer) {
        return new Achievement(AchievementKind.COURSE, issuer, null, Samples.box("record key"),
                "课程", random.nextBoolean() ? "C1" : "C2", null, null, null,
                new Credits(random.nextInt(300, 1_500), CreditUnit.CN), BEGIN, null, null, null,
                null, Attributes.NONE);
    }

    private static Claim claim(int number) {
        return Samples.claim(Claim.Kind.RECORD, "record-" + number);
    }
}
