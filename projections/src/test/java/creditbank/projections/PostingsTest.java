package creditbank.projections;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.value.CreditUnit;
import creditbank.projections.Achievements.Standing;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of any valid postings. The seed in a name makes the history again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostingsTest {

    private static final int STEPS = 120;
    private static final LocalDate LAST = LocalDate.of(9999, 12, 31);
    private static final Set<String> HAPPENED = new ConcurrentSkipListSet<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    /** Histories in which nothing happens would prove nothing. */
    @AfterAll
    static void every_kind_of_posting_was_met() {
        assertThat(HAPPENED).contains("AchievementRecorded", "AchievementCorrected",
                "AchievementRevoked", "RecognitionDecided", "RecognitionWithdrawn",
                "EnrolmentWithdrawn", "CreditsRedeemed", "RedemptionReversed",
                "RedemptionQuestioned", "TransferRequested", "TransferAccepted",
                "TransferDeclined", "TransferUndone");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void balances_and_books_agree_on_every_day_at_every_position(long seed) {
        RandomPostings history = history(seed);
        for (int i = 0; i < STEPS; i++) {
            history.step();
            for (LocalDate day : days(history)) {
                booksAreTheSumOfBalances(history.facts.shelf, day);
            }
        }
        HAPPENED.addAll(history.happened);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void what_is_bound_in_the_end_is_what_was_bound_and_not_given_back(long seed) {
        RandomPostings history = history(seed);
        for (int i = 0; i < STEPS; i++) {
            history.step();
            for (int number = 1; number <= history.achievements.size(); number++) {
                Standing standing = history.facts.standing(number);
                Amounts last = standing.amounts(LAST);
                assertThat(last.recorded())
                        .isEqualTo(history.achievements.get(number - 1).credits().hundredths());
                assertThat(last.reserved()).isEqualTo(history.reserved(number));
                assertThat(last.redeemed()).isEqualTo(history.redeemed(number));
                assertThat(last.revoked())
                        .isEqualTo(standing.revokedOn() == null ? 0 : last.recorded());
                assertThat(last.expired()).isEqualTo(standing.revokedOn() != null
                        || standing.achievement().validUntil() == null ? 0
                        : last.recorded() - last.reserved() - last.redeemed()
                                - last.transferred());
                assertThat(last.transferred()).isEqualTo(history.transferred(number));
            }
        }
    }

    /** Some at random, and every one on which something changes for the achievement of last. */
    private static List<LocalDate> days(RandomPostings history) {
        List<LocalDate> days = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            days.add(history.someDay());
        }
        if (!history.achievements.isEmpty()) {
            for (LocalDate day :
                    history.facts.standing(history.achievements.size()).days()) {
                days.addAll(List.of(day.minusDays(1), day));
            }
        }
        days.add(LAST);
        return days;
    }

    private static void booksAreTheSumOfBalances(Shelf shelf, LocalDate day) {
        Map<CreditUnit, Amounts> accounts = new TreeMap<>();
        for (Balance.Line line : Balance.of(shelf, Facts.LEARNER, day).lines()) {
            accounts.put(line.unit(), new Amounts(line.recorded(), line.reserved(),
                    line.redeemed(), line.expired(), line.revoked(), line.transferred()));
            assertThat(line.available()).isNotNegative();
        }
        Map<CreditUnit, Amounts> books = new TreeMap<>();
        for (Books.Line line : Books.on(shelf, null, day)) {
            assertThat(List.of(line.recorded(), line.available(), line.reserved(),
                    line.redeemed(), line.expired(), line.revoked(),
                    line.transferred())).allMatch(a -> a >= 0);
            books.merge(line.unit(), new Amounts(line.recorded(), line.reserved(),
                    line.redeemed(), line.expired(), line.revoked(), line.transferred()),
                    Amounts::plus);
        }
        assertThat(books).isEqualTo(accounts);
        for (Standing standing : shelf.all(Achievements.ACHIEVEMENTS)) {
            Amounts a = standing.amounts(day);
            assertThat(List.of(a.available(), a.reserved(), a.redeemed(), a.expired(),
                    a.revoked(), a.transferred()))
                    .allMatch(part -> part >= 0 && part <= a.recorded());
        }
    }

    private static RandomPostings history(long seed) {
        return new RandomPostings(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }
}
