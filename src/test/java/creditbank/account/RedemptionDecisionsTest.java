package creditbank.account;

import static creditbank.account.Campus.DAY;
import static creditbank.account.Campus.EVENING;
import static creditbank.account.Campus.ME101;
import static creditbank.account.Campus.ME102;
import static creditbank.account.Campus.MECHATRONICS;
import static creditbank.account.Campus.RULES;
import static creditbank.account.Campus.TODAY;
import static creditbank.account.Campus.UNIVERSITY;
import static creditbank.account.Campus.WELDING;
import static creditbank.account.Campus.cn;
import static creditbank.account.Campus.correct;
import static creditbank.account.Campus.enrol;
import static creditbank.account.Campus.enrolment;
import static creditbank.account.Campus.graduate;
import static creditbank.account.Campus.holding;
import static creditbank.account.Campus.own;
import static creditbank.account.Campus.posting;
import static creditbank.account.Campus.recognise;
import static creditbank.account.Campus.recognition;
import static creditbank.account.Campus.redeem;
import static creditbank.account.Campus.redemption;
import static creditbank.account.Campus.revoke;
import static creditbank.account.Campus.theirs;
import static creditbank.account.Campus.wish;
import static creditbank.formats.Samples.COLLEGE;
import static creditbank.formats.Samples.LEARNER;
import static creditbank.formats.Samples.REASON;
import static creditbank.formats.Samples.achievement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.account.Campus.Story;
import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.CreditState;
import creditbank.api.account.Deposit;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RedemptionCommand.Graduate;
import creditbank.api.account.RedemptionCommand.RedeemCredits;
import creditbank.api.account.RedemptionCommand.ReverseRedemption;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedemptionDecisionsTest {

    private static final RedemptionPurpose DIPLOMA = new RedemptionPurpose.Diploma(enrolment(1));
    private static final RedemptionPurpose CERTIFICATE =
            new RedemptionPurpose.Certificate("高级工");

    /** ME101 by recognition, ME102 at the school itself. */
    private final Story complete = holding(theirs(450), own("ME102", 300))
            .then(enrol(MECHATRONICS), recognise(1, RULES, wish(1, ME101)));
    /** Nothing but two outcomes of the university. */
    private final Story holding = holding(theirs(450), theirs(300));

    @Nested
    class Graduating {

        @Test
        void uses_what_was_recognised_and_the_school_s_own_courses() {
            complete.when(graduate(1)).expectEvents(diploma());
        }

        @Test
        void ends_the_studies() {
            complete.then(graduate(1))
                    .refuses(graduate(1), new Refusal.EnrolmentEnded(enrolment(1)));
        }

        @Test
        void counts_an_exempted_course_as_done() {
            Story exempted = holding(theirs(450), theirs(300)).then(enrol(MECHATRONICS),
                    recognise(1, RULES, wish(1, ME101)),
                    redeem(new RedemptionPurpose.Exemption(enrolment(1), ME102), 300));
            exempted.when(graduate(1)).expectEvents(new CreditsRedeemed(redemption(2), COLLEGE,
                    DIPLOMA, TODAY, List.of(achievement(1), achievement(2)),
                    List.of(posting(1, CreditState.RESERVED, CreditState.REDEEMED, 450))));
        }

        @Test
        void with_something_missing_is_refused_and_says_what() {
            holding(theirs(450)).then(enrol(MECHATRONICS), recognise(1, RULES, wish(1, ME101)))
                    .refuses(graduate(1), new Refusal.ProgrammeNotComplete(
                            enrolment(1), "programme 4.50/7.50, course/ME102 0.00/3.00"));
        }

        @Test
        void without_what_the_rulebook_requires_is_refused_and_names_the_clause() {
            holding(theirs(450)).then(enrol(WELDING),
                    recognise(1, Campus.DEMANDING, wish(1, ME101)))
                    .refuses(graduate(1), new Refusal.ProgrammeNotComplete(
                            enrolment(1), "enough/several 1/2"));
        }

        @Test
        void asks_for_an_entitlement_only_where_the_programme_names_it() {
            holding(theirs(450)).then(enrol(WELDING), recognise(1, Campus.OPENING, wish(1, ME101)))
                    .when(graduate(1)).expectSuccessfulHandlerExecution();
            holding(theirs(450)).then(enrol(Campus.HONOURS), recognise(1, Campus.OPENING, wish(1, ME101)))
                    .refuses(graduate(1), new Refusal.ProgrammeNotComplete(enrolment(1),
                            "with-honours/several 1/2, entitlement honours"));
            holding(theirs(450)).then(enrol(Campus.HONOURS), recognise(1, RULES, wish(1, ME101)))
                    .refuses(graduate(1), new Refusal.ProgrammeNotComplete(
                            enrolment(1), "entitlement honours"));
        }

        @Test
        void does_not_count_what_opened_the_door() {
            holding(own("ME101", 450)).then(new EnrolLearner(
                            LEARNER, WELDING, COLLEGE, null, DAY, achievement(1)))
                    .refuses(graduate(1), new Refusal.ProgrammeNotComplete(
                            enrolment(1), "programme 0.00/4.50, course/ME101 0.00/4.50"));
        }

        @Test
        void does_not_count_what_another_diploma_used() {
            holding(own("ME101", 450)).then(enrol(WELDING), graduate(1), enrol(WELDING))
                    .refuses(graduate(2), new Refusal.ProgrammeNotComplete(
                            enrolment(2), "programme 0.00/4.50, course/ME101 0.00/4.50"));
        }

        @Test
        void by_another_institution_is_refused() {
            holding.then(enrol(EVENING)).refuses(
                    graduate(1), new Refusal.NotYourInstitution(COLLEGE, UNIVERSITY));
        }

        @Test
        void by_a_suspended_school_is_refused() {
            suspend(complete);
            complete.refuses(graduate(1), new Refusal.InstitutionSuspended(COLLEGE));
        }

        @Test
        void where_nobody_is_enrolled_is_refused() {
            holding.refuses(graduate(1), new Refusal.EnrolmentUnknown("7K3M9Q2HX4T8W1ZC-e1"));
        }

        @Test
        void tomorrow_is_refused() {
            complete.refuses(new Graduate(enrolment(1), COLLEGE, TODAY.plusDays(1)),
                    new ValueInvalid("on", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }

        @Test
        void before_the_studies_began_is_refused() {
            complete.refuses(new Graduate(enrolment(1), COLLEGE, DAY.minusDays(1)),
                    new ValueInvalid("on", Rule.PERIOD_REVERSED, "2024-06-29"));
        }
    }

    @Nested
    class Redeeming {

        @Test
        void takes_what_expires_first() {
            holding(theirs(450), theirs(300, LocalDate.of(2027, 1, 1))).when(redeem(400))
                    .expectEvents(new CreditsRedeemed(redemption(1), COLLEGE, CERTIFICATE, TODAY,
                            List.of(achievement(2), achievement(1)),
                            List.of(used(2, 300), used(1, 100))));
        }

        @Test
        void takes_what_is_named_in_that_order() {
            holding.when(redeem(400, achievement(2), achievement(1))).expectEvents(
                    new CreditsRedeemed(redemption(1), COLLEGE, CERTIFICATE, TODAY,
                            List.of(achievement(2), achievement(1)),
                            List.of(used(2, 300), used(1, 100))));
        }

        @Test
        void for_an_entitlement_names_the_door() {
            RedemptionPurpose door = new RedemptionPurpose.Entitlement("admission-without-test");
            holding.when(redeem(door, 100, achievement(1))).expectEvents(new CreditsRedeemed(
                    redemption(1), COLLEGE, door, TODAY, List.of(achievement(1)),
                    List.of(used(1, 100))));
        }

        @Test
        void for_an_exemption_names_the_course() {
            RedemptionPurpose course = new RedemptionPurpose.Exemption(enrolment(1), ME102);
            holding.then(enrol(MECHATRONICS)).when(redeem(course, 300, achievement(2)))
                    .expectEvents(new CreditsRedeemed(redemption(1), COLLEGE, course, TODAY,
                            List.of(achievement(2)), List.of(used(2, 300))));
        }

        @Test
        void more_than_there_is_is_refused() {
            holding.refuses(redeem(751),
                    new Refusal.CreditsNotAvailable(cn(751), cn(750), TODAY));
        }

        @Test
        void what_is_reserved_is_refused() {
            holding.then(enrol(MECHATRONICS), recognise(1, RULES, wish(1, ME101))).refuses(
                    redeem(301), new Refusal.CreditsNotAvailable(cn(301), cn(300), TODAY));
        }

        @Test
        void what_was_redeemed_is_refused() {
            holding.then(redeem(750)).refuses(
                    redeem(1), new Refusal.CreditsNotAvailable(cn(1), cn(0), TODAY));
        }

        @Test
        void what_has_expired_is_refused() {
            Story expired = holding(theirs(450, DAY.plusYears(1)));
            expired.refuses(redeem(1), new Refusal.CreditsNotAvailable(cn(1), cn(0), TODAY));
            expired.refuses(redeem(1, achievement(1)),
                    new Refusal.AchievementDoesNotHold(achievement(1), TODAY));
        }

        @Test
        void what_was_revoked_is_refused() {
            holding.then(revoke(1, UNIVERSITY)).refuses(redeem(1, achievement(1)),
                    new Refusal.AchievementAlreadyRevoked(achievement(1)));
        }

        @Test
        void in_another_unit_than_was_earned_is_refused() {
            holding.refuses(new RedeemCredits(LEARNER, COLLEGE, CERTIFICATE, ects(1), List.of(),
                    null), new Refusal.CreditsNotAvailable(ects(1), ects(0), TODAY));
        }

        @Test
        void nothing_is_refused() {
            holding.refuses(redeem(0), new Refusal.CreditsNotAvailable(cn(0), cn(0), TODAY));
        }

        @Test
        void what_the_account_does_not_hold_is_refused() {
            holding.refuses(redeem(1, achievement(3)),
                    new Refusal.AchievementUnknown("7K3M9Q2HX4T8W1ZC-3"));
        }

        @Test
        void the_same_achievement_named_twice_is_refused() {
            refused(() -> redeem(1, achievement(1), achievement(1)), new ValueInvalid(
                    "from.1", Rule.LISTED_TWICE, "7K3M9Q2HX4T8W1ZC-1"));
        }

        @Test
        void for_a_diploma_is_refused_because_that_takes_graduating() {
            refused(() -> redeem(DIPLOMA, 1),
                    new ValueInvalid("purpose", Rule.PURPOSE_IS_DIPLOMA, "diploma"));
        }

        @Test
        void for_a_course_the_programme_does_not_have_is_refused() {
            TargetId none = TargetId.course("ME999");
            holding.then(enrol(MECHATRONICS)).refuses(
                    redeem(new RedemptionPurpose.Exemption(enrolment(1), none), 1),
                    new Refusal.TargetUnknown(none, MECHATRONICS));
        }

        @Test
        void for_an_exemption_in_the_studies_of_another_learner_is_refused() {
            EnrolmentId theirs = new EnrolmentId(new LearnerId("0X5N8RDW2J7QV4TM"), 1);
            holding.then(enrol(MECHATRONICS)).refuses(
                    redeem(new RedemptionPurpose.Exemption(theirs, ME102), 1),
                    new Refusal.EnrolmentUnknown("0X5N8RDW2J7QV4TM-e1"));
        }

        @Test
        void for_an_exemption_at_another_school_is_refused() {
            holding.then(enrol(EVENING)).refuses(
                    redeem(new RedemptionPurpose.Exemption(enrolment(1), ME101), 1),
                    new Refusal.NotYourInstitution(COLLEGE, UNIVERSITY));
        }

        @Test
        void by_a_suspended_institution_is_refused() {
            suspend(holding);
            holding.refuses(redeem(1), new Refusal.InstitutionSuspended(COLLEGE));
        }

        @Test
        void tomorrow_is_refused() {
            holding.refuses(new RedeemCredits(LEARNER, COLLEGE, CERTIFICATE, cn(1), List.of(),
                            TODAY.plusDays(1)),
                    new ValueInvalid("on", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }
    }

    @Nested
    class Reversing {

        @Test
        void makes_everything_available_again() {
            holding.then(redeem(400, achievement(1))).when(reverse(1, null)).expectEvents(
                    new RedemptionReversed(redemption(1), TODAY, List.of(used(1, 400).undone())));
        }

        @Test
        void a_diploma_reserves_again_what_was_recognised_and_the_studies_go_on() {
            Story graduate = complete.then(graduate(1));
            graduate.when(reverse(1, null)).expectEvents(reversed());
            Story again = graduate.then(reverse(1, null));
            assertThat(again.held(1).reserved()).isEqualTo(450);
            assertThat(again.held(2).available()).isEqualTo(300);
            again.when(graduate(1)).expectEvents(new CreditsRedeemed(redemption(2), COLLEGE,
                    DIPLOMA, TODAY, List.of(achievement(1), achievement(2)),
                    diploma().postings()));
        }

        @Test
        void withdraws_what_was_revoked_meanwhile() {
            complete.then(graduate(1), revoke(1, UNIVERSITY)).when(reverse(1, null)).expectEvents(
                    new RedemptionReversed(redemption(1), TODAY,
                            List.of(ownUsed(2, 300).undone())),
                    new RecognitionWithdrawn(recognition(1), achievement(1), Cause.REVOKED, TODAY,
                            List.of()));
        }

        @Test
        void withdraws_what_was_corrected_meanwhile() {
            complete.then(graduate(1), correct(1, theirs(600))).when(reverse(1, null))
                    .expectEvents(reversed(), new RecognitionWithdrawn(recognition(1),
                            achievement(1), Cause.CORRECTED, TODAY, List.of(posting(
                                    1, CreditState.RESERVED, CreditState.AVAILABLE, 450))));
        }

        @Test
        void twice_is_refused() {
            holding.then(redeem(400), reverse(1, null)).refuses(
                    reverse(1, null), new Refusal.RedemptionReversed(redemption(1)));
        }

        @Test
        void by_another_institution_is_refused() {
            holding.then(redeem(400)).refuses(
                    new ReverseRedemption(redemption(1), UNIVERSITY, null, REASON),
                    new Refusal.NotYourInstitution(UNIVERSITY, COLLEGE));
        }

        @Test
        void what_is_not_there_is_refused() {
            holding.refuses(reverse(1, null),
                    new Refusal.RedemptionUnknown("7K3M9Q2HX4T8W1ZC-d1"));
        }

        @Test
        void a_diploma_is_refused_while_the_learner_studies_for_it_again() {
            complete.then(graduate(1), enrol(MECHATRONICS)).refuses(
                    reverse(1, null), new Refusal.AlreadyEnrolled(enrolment(2)));
        }

        @Test
        void is_possible_for_an_institution_that_was_suspended_since() {
            Story redeemed = holding.then(redeem(400, achievement(1)));
            suspend(redeemed);
            redeemed.when(reverse(1, null)).expectEvents(new RedemptionReversed(
                    redemption(1), TODAY, List.of(used(1, 400).undone())));
        }

        @Test
        void tomorrow_is_refused() {
            holding.then(redeem(400)).refuses(reverse(1, TODAY.plusDays(1)),
                    new ValueInvalid("on", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }
    }

    @Nested
    class A_redemption {

        @Test
        void is_questioned_when_what_it_rests_on_is_revoked() {
            complete.then(graduate(1)).when(revoke(1, UNIVERSITY)).expectEvents(
                    questioned(Cause.REVOKED, 450),
                    new AchievementRevoked(achievement(1), UNIVERSITY,
                            new Deposit(Sector.ADULT, cn(450), null), DAY,
                            List.of(Campus.record(1))));
        }

        @Test
        void keeps_its_credits_when_they_are_corrected_upwards() {
            complete.then(graduate(1)).when(correct(1, theirs(600))).expectEvents(
                    questioned(Cause.CORRECTED, 0), corrected(600));
        }

        @Test
        void keeps_no_more_than_there_is_when_they_are_corrected_downwards() {
            complete.then(graduate(1)).when(correct(1, theirs(200))).expectEvents(
                    questioned(Cause.CORRECTED, 250), corrected(200));
            assertThat(complete.then(correct(1, theirs(200))).held(1).redeemed())
                    .isEqualTo(200);
        }

        @Test
        void keeps_its_credits_before_a_later_one_does() {
            Story parts = holding.then(redeem(200, achievement(1)), redeem(200, achievement(1)));
            parts.when(correct(1, theirs(300))).expectEvents(
                    new RedemptionQuestioned(redemption(1), achievement(1), Cause.CORRECTED, TODAY,
                            List.of()),
                    new RedemptionQuestioned(redemption(2), achievement(1), Cause.CORRECTED, TODAY,
                            List.of(used(1, 100).undone())),
                    corrected(300));
        }

        @Test
        void that_was_reversed_is_questioned_no_more() {
            holding.then(redeem(200, achievement(1)), reverse(1, null))
                    .when(correct(1, theirs(100))).expectEvents(corrected(100));
        }

        @Test
        void stands_when_something_else_is_revoked() {
            Story redeemed = holding.then(redeem(200, achievement(1)));
            redeemed.when(revoke(2, UNIVERSITY)).expectEvents(new AchievementRevoked(
                    achievement(2), UNIVERSITY, new Deposit(Sector.ADULT, cn(300), null), DAY,
                    List.of(Campus.record(2))));
        }
    }

    // ------------------------------------------------------------------

    private static CreditsRedeemed diploma() {
        return new CreditsRedeemed(redemption(1), COLLEGE, DIPLOMA, TODAY,
                List.of(achievement(1), achievement(2)), List.of(
                        posting(1, CreditState.RESERVED, CreditState.REDEEMED, 450),
                        ownUsed(2, 300)));
    }

    private static RedemptionReversed reversed() {
        return new RedemptionReversed(redemption(1), TODAY,
                diploma().postings().stream().map(Posting::undone).toList());
    }

    private static RedemptionQuestioned questioned(Cause cause, long returned) {
        return new RedemptionQuestioned(redemption(1), achievement(1), cause, TODAY,
                returned == 0 ? List.of() : List.of(
                        posting(1, CreditState.REDEEMED, CreditState.AVAILABLE, returned)));
    }

    private static AchievementCorrected corrected(long hundredths) {
        return new AchievementCorrected(achievement(1), new Deposit(Sector.ADULT, cn(450), null),
                theirs(hundredths), List.of(), List.of());
    }

    private static Posting used(int number, long hundredths) {
        return posting(number, CreditState.AVAILABLE, CreditState.REDEEMED, hundredths);
    }

    /** Of an achievement of the college. */
    private static Posting ownUsed(int number, long hundredths) {
        return new Posting(achievement(number), Sector.VOCATIONAL, CreditState.AVAILABLE,
                CreditState.REDEEMED, cn(hundredths));
    }

    private static ReverseRedemption reverse(int number, @Nullable LocalDate on) {
        return new ReverseRedemption(redemption(number), COLLEGE, on, REASON);
    }

    private static void suspend(Story story) {
        story.around().institution(COLLEGE, new Institution.Suspended(
                Sector.VOCATIONAL, InstitutionKind.COLLEGE, null));
    }

    private static Credits ects(long hundredths) {
        return new Credits(hundredths, CreditUnit.ECTS);
    }

    private static void refused(Runnable command, Refusal refusal) {
        assertThatThrownBy(command::run).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
