package creditbank.account;

import static creditbank.account.Campus.DAY;
import static creditbank.account.Campus.EVENING;
import static creditbank.account.Campus.ME101;
import static creditbank.account.Campus.ME102;
import static creditbank.account.Campus.MECHATRONICS;
import static creditbank.account.Campus.RULES;
import static creditbank.account.Campus.SHARING;
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
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.CreditState;
import creditbank.api.account.Deposit;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentCommand.WithdrawEnrolment;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionCommand.RecogniseCredits;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RedemptionCommand.Graduate;
import creditbank.api.account.RedemptionCommand.RedeemCredits;
import creditbank.api.account.RedemptionCommand.ReverseRedemption;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.Passed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.RedemptionPurpose.Award;
import creditbank.api.account.RedemptionPurpose.Counted;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Judgement;
import creditbank.api.recognition.RequirementLine;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import creditbank.api.value.Sector;
import creditbank.formats.Samples;
import creditbank.institution.Institution;
import creditbank.rulebook.Engine;
import creditbank.words.Words;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedemptionDecisionsTest {

    /** Of {@link #complete}. */
    private static final Diploma DIPLOMA = new Diploma(enrolment(1), MECHATRONICS, List.of(
            new Counted(achievement(1), ME101, cn(450), awarded(1, RULES)),
            new Counted(achievement(2), ME102, cn(300), null)),
            List.of(new Judgement(RULES, Engine.REVISION, List.of(), List.of())),
            Attributes.NONE, null);
    private static final RedemptionPurpose.ForAmount CERTIFICATE =
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
        void fills_with_the_school_s_own_course_what_was_recognised_in_part() {
            Story part = holding(theirs(300), own("ME101", 450))
                    .then(enrol(WELDING), recognise(1, Campus.PARTLY, wish(1, ME101)));
            assertThat(part.decided(graduate(1))).singleElement().isInstanceOfSatisfying(
                    CreditsRedeemed.class, e -> assertThat(((Diploma) e.purpose()).counted())
                            .containsExactly(
                                    new Counted(achievement(1), ME101, cn(300),
                                            awarded(1, Campus.PARTLY)),
                                    new Counted(achievement(2), ME101, cn(150), null)));
        }

        @Test
        void ends_the_studies() {
            complete.then(graduate(1))
                    .refuses(graduate(1), new Refusal.EnrolmentEnded(enrolment(1)));
        }

        @Test
        void with_something_missing_is_refused_and_says_what() {
            holding(theirs(450)).then(enrol(MECHATRONICS), recognise(1, RULES, wish(1, ME101)))
                    .lacks(1, "programme 4.50/7.50, course/ME102 0.00/3.00");
        }

        @Test
        void with_something_missing_is_told_by_titles_in_either_language() {
            Refusal refusal = holding(theirs(450)).then(enrol(MECHATRONICS),
                    recognise(1, RULES, wish(1, ME101)))
                    .lacks(1, "programme 4.50/7.50, course/ME102 0.00/3.00");
            assertThat(Words.of(refusal, Locale.CHINESE).what()).isEqualTo(enrolment(1)
                    + " 尚未达到毕业要求（已有/需要）：机电一体化技术 4.50/7.50、课程 0.00/3.00。");
            assertThat(Words.of(refusal, Locale.ENGLISH).what()).startsWith("For the diploma of "
                    + enrolment(1) + " something is missing (found/needed): Mechatronics 4.50/7.50, 课程");
            Refusal required = holding(theirs(450)).then(enrol(WELDING),
                    recognise(1, Campus.DEMANDING, wish(1, ME101))).lacks(1, "enough/several 1/2");
            assertThat(Words.parts(required, Locale.ENGLISH).get("says"))
                    .asString().endsWith(" 1/2").doesNotContain("enough/several");
        }

        @Test
        void without_what_the_rulebook_requires_is_refused_and_names_the_clause() {
            holding(theirs(450)).then(enrol(WELDING),
                    recognise(1, Campus.DEMANDING, wish(1, ME101)))
                    .lacks(1, "enough/several 1/2");
        }

        @Test
        void says_by_which_clause_each_piece_counts_and_what_each_rulebook_finds() {
            Story door = holding(theirs(450)).then(
                    enrol(WELDING), recognise(1, Campus.OPENING, wish(1, ME101)));
            CreditsRedeemed redeemed = (CreditsRedeemed) door.decided(graduate(1)).getFirst();
            Diploma diploma = (Diploma) redeemed.purpose();
            assertThat(diploma.counted()).containsExactly(new Counted(
                    achievement(1), ME101, cn(450), awarded(1, Campus.OPENING)));
            assertThat(diploma.judgements()).containsExactly(new Judgement(Campus.OPENING,
                    Engine.REVISION, List.of(new RequirementLine(new ClauseId("with-honours"),
                            "several", false, "1", "2")), List.of()));
        }

        @Test
        void meets_what_is_asked_of_the_learner_and_of_the_application() {
            Story asked = holding(theirs(450)).then(
                    enrol(WELDING), recognise(1, Campus.ASKING, wish(1, ME101)));
            asked.lacks(1, "thesis/several 1/2, patience/several 1/2");
            Attributes veteran = Attributes.NONE.with("learner-group", "veteran");
            Sealed sealed = Samples.box("sealed");
            CreditsRedeemed redeemed = (CreditsRedeemed) asked.decided(new Graduate(enrolment(1),
                    COLLEGE, null, Attributes.NONE.with("urgent", true), veteran, sealed))
                    .getFirst();
            assertThat(redeemed.purpose()).isInstanceOfSatisfying(Diploma.class, diploma -> {
                assertThat(diploma.request())
                        .isEqualTo(Attributes.NONE.with("urgent", true));
                assertThat(diploma.ofLearner()).isEqualTo(sealed);
                assertThat(diploma.unsaid().ofLearner()).isNull();
            });
            assertThat(redeemed.toString()).doesNotContain("veteran");
            assertThat(Redemption.again(asked.account(), redeemed, (Diploma) redeemed.purpose(),
                    veteran, asked.around())).isEqualTo(redeemed);
        }

        @Test
        void asks_what_a_rulebook_requires_also_after_its_last_day() {
            Story old = holding(theirs(450)).then(enrol(WELDING), on(DAY.plusDays(1),
                    recognise(1, Campus.LAPSED, wish(1, ME101))));
            old.lacks(1, "enough/several 1/2");
        }

        @Test
        void leaves_alone_what_counts_in_other_studies() {
            Story bound = holding(own("ME101", 450), own("ME101", 450)).then(
                    enrol(MECHATRONICS), recognise(1, RULES, wish(1, ME101)), enrol(WELDING));
            CreditsRedeemed redeemed = (CreditsRedeemed) bound.decided(graduate(2)).getFirst();
            assertThat(redeemed.evidence()).containsExactly(achievement(2));
            holding(own("ME101", 450)).then(
                    enrol(MECHATRONICS), recognise(1, RULES, wish(1, ME101)), enrol(WELDING))
                    .lacks(2, "programme 0.00/4.50, course/ME101 0.00/4.50");
        }

        @Test
        void before_what_counts_was_recognised_is_refused() {
            complete.refuses(graduate(1, TODAY.minusDays(1)),
                    new ValueInvalid("on", Rule.DATE_BEFORE_BASIS, "2026-11-21"));
        }

        @Test
        void asks_for_an_entitlement_only_where_the_programme_names_it() {
            holding(theirs(450)).then(enrol(WELDING), recognise(1, Campus.OPENING, wish(1, ME101)))
                    .when(graduate(1)).expectSuccessfulHandlerExecution();
            holding(theirs(450)).then(enrol(Campus.HONOURS), recognise(1, Campus.OPENING, wish(1, ME101)))
                    .lacks(1, "with-honours/several 1/2, entitlement honours");
            holding(theirs(450)).then(enrol(Campus.HONOURS), recognise(1, RULES, wish(1, ME101)))
                    .lacks(1, "entitlement honours");
        }

        @Test
        void does_not_count_what_opened_the_door() {
            holding(own("ME101", 450)).then(new EnrolLearner(
                            LEARNER, WELDING, COLLEGE, null, DAY, achievement(1)))
                    .lacks(1, "programme 0.00/4.50, course/ME101 0.00/4.50");
        }

        @Test
        void does_not_count_what_another_diploma_used() {
            holding(own("ME101", 450)).then(enrol(WELDING), graduate(1), enrol(WELDING))
                    .lacks(2, "programme 0.00/4.50, course/ME101 0.00/4.50");
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
            complete.refuses(graduate(1, TODAY.plusDays(1)),
                    new ValueInvalid("on", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }

        @Test
        void before_the_studies_began_is_refused() {
            complete.refuses(graduate(1, DAY.minusDays(1)),
                    new ValueInvalid("on", Rule.DATE_BEFORE_BASIS, "2024-06-29"));
        }
    }

    @Nested
    class Redeeming {

        @Test
        void takes_what_expires_first() {
            holding(theirs(450), theirs(300, LocalDate.of(2027, 1, 1))).when(redeem(400))
                    .expectEvents(new CreditsRedeemed(redemption(1), COLLEGE, CERTIFICATE, TODAY,
                            List.of(used(2, 300), used(1, 100))));
        }

        @Test
        void takes_what_is_named_in_that_order() {
            holding.when(redeem(400, achievement(2), achievement(1))).expectEvents(
                    new CreditsRedeemed(redemption(1), COLLEGE, CERTIFICATE, TODAY,
                            List.of(used(2, 300), used(1, 100))));
        }

        @Test
        void for_an_entitlement_names_the_door() {
            RedemptionPurpose.ForAmount door = new RedemptionPurpose.Entitlement("admission-without-test");
            holding.when(redeem(door, 100, achievement(1))).expectEvents(new CreditsRedeemed(
                    redemption(1), COLLEGE, door, TODAY, List.of(used(1, 100))));
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
        void what_a_correction_added_to_a_diploma_s_evidence_is_refused_while_that_stands() {
            complete.then(graduate(1), correct(1, theirs(600)));
            complete.refuses(redeem(1, achievement(1)),
                    new Refusal.CreditsNotAvailable(cn(1), cn(0), TODAY));
            complete.then(reverse(1, null)).when(redeem(600, achievement(1)))
                    .expectSuccessfulHandlerExecution();
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
                    new RedemptionReversed(redemption(1), TODAY,
                            List.of(used(1, 400).undone()), List.of()));
        }

        @Test
        void a_diploma_reserves_again_what_was_recognised_and_the_studies_go_on() {
            Story graduate = complete.then(graduate(1));
            graduate.when(reverse(1, null)).expectEvents(reversed());
            Story again = graduate.then(reverse(1, null));
            assertThat(again.held(1).reserved()).isEqualTo(450);
            assertThat(again.held(2).available()).isEqualTo(300);
            again.when(graduate(1)).expectEvents(new CreditsRedeemed(redemption(2), COLLEGE,
                    DIPLOMA, TODAY, diploma().postings()));
        }

        @Test
        void withdraws_what_was_revoked_meanwhile() {
            complete.then(graduate(1), revoke(1, UNIVERSITY)).when(reverse(1, null)).expectEvents(
                    new RedemptionReversed(redemption(1), TODAY,
                            List.of(ownUsed(2, 300).undone()), List.of()),
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
                    redemption(1), TODAY, List.of(used(1, 400).undone()), List.of()));
        }

        @Test
        void before_it_was_made_is_refused() {
            holding.then(redeem(400)).refuses(reverse(1, TODAY.minusDays(1)),
                    new ValueInvalid("on", Rule.DATE_BEFORE_BASIS, "2026-11-21"));
        }

        @Test
        void tomorrow_is_refused() {
            holding.then(redeem(400)).refuses(reverse(1, TODAY.plusDays(1)),
                    new ValueInvalid("on", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }
    }

    /** A piece that counts in two courses of studies, both of which lead to a diploma. */
    @Nested
    class A_piece_that_two_diplomas_count {

        /** Both courses of studies go on. */
        private final Story both = holding(theirs(450)).then(
                enrol(WELDING), recognise(1, RULES, wish(1, ME101)),
                enrol(Campus.ALSO), recognise(2, SHARING, wish(1, ME101)));

        private Story twice() {
            return both.then(graduate(1), graduate(2));
        }

        @Test
        void is_used_once() {
            Story twice = twice();
            assertThat(twice.account().redemption(redemption(1)).uses(achievement(1)))
                    .isEqualTo(450);
            assertThat(twice.account().redemption(redemption(2)).uses(achievement(1))).isZero();
            assertThat(state(twice)).isEqualTo("0 0 450");
        }

        @Test
        void stays_used_until_both_are_reversed_the_first_one_first() {
            Story twice = twice();
            twice.when(reverse(1, null)).expectEvents(new RedemptionReversed(
                    redemption(1), TODAY, List.of(), List.of(passed(2, 450))));
            assertThat(state(twice.then(reverse(1, null)))).isEqualTo("0 0 450");
            assertThat(twice.account().redemption(redemption(2)).uses(achievement(1)))
                    .isEqualTo(450);
            twice.when(reverse(2, null)).expectEvents(new RedemptionReversed(
                    redemption(2), TODAY, List.of(back(CreditState.RESERVED)), List.of()));
        }

        @Test
        void stays_used_until_both_are_reversed_the_last_one_first() {
            Story twice = twice();
            twice.when(reverse(2, null)).expectEvents(
                    new RedemptionReversed(redemption(2), TODAY, List.of(), List.of()));
            assertThat(state(twice.then(reverse(2, null)))).isEqualTo("0 0 450");
            twice.when(reverse(1, null)).expectEvents(new RedemptionReversed(
                    redemption(1), TODAY, List.of(back(CreditState.RESERVED)), List.of()));
        }

        @Test
        void is_free_once_both_were_reversed_and_left() {
            Story twice = twice();
            twice.then(reverse(1, null), reverse(2, null), leave(1));
            assertThat(state(twice)).isEqualTo("0 450 0");
            assertThat(state(twice.then(leave(2)))).isEqualTo("450 0 0");
        }

        @Test
        void stays_used_when_the_studies_are_left_whose_diploma_was_reversed() {
            Story twice = twice();
            twice.then(reverse(1, null), leave(1));
            assertThat(state(twice)).isEqualTo("0 0 450");
            twice.then(reverse(2, null));
            assertThat(state(twice)).isEqualTo("0 450 0");
            assertThat(state(twice.then(leave(2)))).isEqualTo("450 0 0");
        }

        @Test
        void stays_bound_by_the_studies_that_go_on_when_the_only_diploma_is_reversed() {
            both.then(graduate(1), reverse(1, null), leave(1));
            assertThat(state(both)).isEqualTo("0 450 0");
        }

        @Test
        void stays_used_by_the_only_diploma_when_the_studies_that_go_on_are_left() {
            both.then(graduate(1), leave(2));
            assertThat(state(both)).isEqualTo("0 0 450");
            assertThat(state(both.then(reverse(1, null)))).isEqualTo("0 450 0");
        }

        @Test
        void puts_both_in_question_when_it_is_revoked_after_the_first_was_reversed_and_not() {
            Story twice = twice();
            twice.when(revoke(1, UNIVERSITY)).expectEvents(
                    questioned(AchievementChange.REVOKED, 450),
                    new RedemptionQuestioned(redemption(2), achievement(1),
                            AchievementChange.REVOKED, TODAY, List.of()),
                    revoked());
            twice.then(reverse(1, null)).when(revoke(1, UNIVERSITY)).expectEvents(
                    new RecognitionWithdrawn(recognition(1), achievement(1), Cause.REVOKED, TODAY,
                            List.of()),
                    new RedemptionQuestioned(redemption(2), achievement(1),
                            AchievementChange.REVOKED, TODAY, List.of(back(CreditState.AVAILABLE))),
                    revoked());
        }

        @Test
        void of_the_school_s_own_is_bound_where_other_studies_count_it_too() {
            Story own = holding(own("ME101", 450)).then(enrol(WELDING), graduate(1),
                    enrol(Campus.ALSO), recognise(2, SHARING, wish(1, ME101)));
            own.then(reverse(1, null));
            assertThat(state(own)).isEqualTo("0 450 0");
        }

        private static Posting back(CreditState to) {
            return posting(1, CreditState.REDEEMED, to, 450);
        }

        private static AchievementRevoked revoked() {
            return new AchievementRevoked(achievement(1), UNIVERSITY,
                    new Deposit(Sector.ADULT, cn(450), null), DAY, List.of(Campus.record(1)));
        }

        private static WithdrawEnrolment leave(int enrolment) {
            return new WithdrawEnrolment(enrolment(enrolment), COLLEGE, null, REASON);
        }

        /** Available, reserved, redeemed. */
        private static String state(Story story) {
            Held held = story.held(1);
            return held.available() + " " + held.reserved() + " " + held.redeemed();
        }
    }

    /** What no decision makes cannot stand in a stream either. */
    @Nested
    class The_fold {

        @Test
        void knows_no_redemption_that_was_never_made() {
            impossible(holding, reversed());
            impossible(holding, questioned(AchievementChange.REVOKED, 0));
            impossible(holding, diploma());
        }

        @Test
        void lets_nothing_follow_a_reversal() {
            Story reversed = complete.then(graduate(1), reverse(1, null));
            impossible(reversed, reversed());
            impossible(reversed, questioned(AchievementChange.REVOKED, 0));
        }

        @Test
        void lets_nobody_graduate_twice_or_from_another_version() {
            Story graduate = complete.then(graduate(1));
            impossible(graduate, new CreditsRedeemed(
                    redemption(2), COLLEGE, DIPLOMA, TODAY, List.of()));
            impossible(holding.then(enrol(WELDING)), diploma());
        }

        @Test
        void lets_no_reversal_keep_what_nothing_else_uses() {
            impossible(complete.then(graduate(1)),
                    new RedemptionReversed(redemption(1), TODAY, List.of(), List.of()));
        }

        @Test
        void lets_a_reversal_pass_on_only_what_another_diploma_that_stands_counts() {
            Story twice = holding(theirs(450), theirs(300)).then(
                    enrol(WELDING), recognise(1, RULES, wish(1, ME101)),
                    enrol(Campus.ALSO), recognise(2, SHARING, wish(1, ME101)),
                    graduate(1), graduate(2), redeem(100, achievement(2)));
            for (List<Passed> passed : List.of(List.<Passed>of(), List.of(passed(1, 450)),
                    List.of(passed(3, 450)), List.of(passed(2, 449)), List.of(passed(2, 451)),
                    List.of(passed(4, 450)),
                    List.of(new Passed(achievement(1), redemption(2), ects(450))),
                    List.of(new Passed(achievement(2), redemption(2), cn(100))))) {
                impossible(twice, new RedemptionReversed(
                        redemption(1), TODAY, List.of(), passed));
            }
            twice.and(new RedemptionReversed(
                    redemption(1), TODAY, List.of(), List.of(passed(2, 450))));
            assertThat(twice.account().redemption(redemption(1)).uses(achievement(1))).isZero();
            assertThat(twice.account().redemption(redemption(2)).uses(achievement(1)))
                    .isEqualTo(450);
        }

        private static void impossible(Story story, AccountEvent event) {
            assertThatThrownBy(() -> Account.evolve(story.account(), event))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Nested
    class A_redemption {

        @Test
        void is_questioned_when_what_it_rests_on_is_revoked() {
            complete.then(graduate(1)).when(revoke(1, UNIVERSITY)).expectEvents(
                    questioned(AchievementChange.REVOKED, 450),
                    new AchievementRevoked(achievement(1), UNIVERSITY,
                            new Deposit(Sector.ADULT, cn(450), null), DAY,
                            List.of(Campus.record(1))));
        }

        @Test
        void keeps_its_credits_when_they_are_corrected_upwards() {
            complete.then(graduate(1)).when(correct(1, theirs(600))).expectEvents(
                    questioned(AchievementChange.CORRECTED, 0), corrected(600));
        }

        @Test
        void keeps_no_more_than_there_is_when_they_are_corrected_downwards() {
            complete.then(graduate(1)).when(correct(1, theirs(200))).expectEvents(
                    questioned(AchievementChange.CORRECTED, 250), corrected(200));
            assertThat(complete.then(correct(1, theirs(200))).held(1).redeemed())
                    .isEqualTo(200);
        }

        @Test
        void keeps_its_credits_before_a_later_one_does() {
            Story parts = holding.then(redeem(200, achievement(1)), redeem(200, achievement(1)));
            parts.when(correct(1, theirs(300))).expectEvents(
                    new RedemptionQuestioned(redemption(1), achievement(1),
                            AchievementChange.CORRECTED, TODAY, List.of()),
                    new RedemptionQuestioned(redemption(2), achievement(1),
                            AchievementChange.CORRECTED, TODAY, List.of(used(1, 100).undone())),
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

    private static Award awarded(int recognition, RulebookVersion rulebook) {
        return new Award(recognition(recognition), rulebook, new ClauseId("own-credits"));
    }

    private static CreditsRedeemed diploma() {
        return new CreditsRedeemed(redemption(1), COLLEGE, DIPLOMA, TODAY, List.of(
                        posting(1, CreditState.RESERVED, CreditState.REDEEMED, 450),
                        ownUsed(2, 300)));
    }

    private static RedemptionReversed reversed() {
        return new RedemptionReversed(redemption(1), TODAY,
                diploma().postings().stream().map(Posting::undone).toList(), List.of());
    }

    private static RedemptionQuestioned questioned(AchievementChange cause, long returned) {
        return new RedemptionQuestioned(redemption(1), achievement(1), cause, TODAY,
                returned == 0 ? List.of() : List.of(
                        posting(1, CreditState.REDEEMED, CreditState.AVAILABLE, returned)));
    }

    private static AchievementCorrected corrected(long hundredths) {
        return new AchievementCorrected(achievement(1), new Deposit(Sector.ADULT, cn(450), null),
                theirs(hundredths), List.of(), List.of());
    }

    /** Of the first achievement. */
    private static Passed passed(int to, long hundredths) {
        return new Passed(achievement(1), redemption(to), cn(hundredths));
    }

    private static Posting used(int number, long hundredths) {
        return posting(number, CreditState.AVAILABLE, CreditState.REDEEMED, hundredths);
    }

    /** Of an achievement of the college. */
    private static Posting ownUsed(int number, long hundredths) {
        return new Posting(achievement(number), Sector.VOCATIONAL, CreditState.AVAILABLE,
                CreditState.REDEEMED, cn(hundredths));
    }

    private static RecogniseCredits on(LocalDate day, RecogniseCredits c) {
        return new RecogniseCredits(c.enrolment(), c.school(), c.rulebook(), c.asked(), day,
                c.request(), c.ofLearner(), c.sealedOfLearner(), c.agreement());
    }

    private static ReverseRedemption reverse(int number, @Nullable LocalDate on) {
        return new ReverseRedemption(redemption(number), COLLEGE, on, REASON);
    }

    private static void suspend(Story story) {
        story.around().institution(COLLEGE, new Institution.Suspended(
                Sector.VOCATIONAL, InstitutionKind.COLLEGE, null, null));
    }

    private static Credits ects(long hundredths) {
        return new Credits(hundredths, CreditUnit.ECTS);
    }

    private static void refused(Runnable command, Refusal refusal) {
        assertThatThrownBy(command::run).isInstanceOfSatisfying(Refused.class,
                refused -> assertThat(refused.refusal()).isEqualTo(refusal));
    }
}
