package creditbank.account;

import static creditbank.account.Campus.DAY;
import static creditbank.account.Campus.EVENING;
import static creditbank.account.Campus.LATER;
import static creditbank.account.Campus.ME101;
import static creditbank.account.Campus.ME102;
import static creditbank.account.Campus.MECHATRONICS;
import static creditbank.account.Campus.RULES;
import static creditbank.account.Campus.SHARING;
import static creditbank.account.Campus.SHUT;
import static creditbank.account.Campus.TODAY;
import static creditbank.account.Campus.UNIVERSITY;
import static creditbank.account.Campus.WELDING;
import static creditbank.account.Campus.enrol;
import static creditbank.account.Campus.enrolment;
import static creditbank.account.Campus.graduate;
import static creditbank.account.Campus.holding;
import static creditbank.account.Campus.own;
import static creditbank.account.Campus.posting;
import static creditbank.account.Campus.recognise;
import static creditbank.account.Campus.recognition;
import static creditbank.account.Campus.revoke;
import static creditbank.account.Campus.theirs;
import static creditbank.account.Campus.wish;
import static creditbank.formats.Samples.COLLEGE;
import static creditbank.formats.Samples.EMPLOYER;
import static creditbank.formats.Samples.LEARNER;
import static creditbank.formats.Samples.REASON;
import static creditbank.formats.Samples.achievement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.account.Campus.Story;
import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.CreditState;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentCommand.MoveEnrolment;
import creditbank.api.account.EnrolmentCommand.WithdrawEnrolment;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.value.Rule;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EnrolmentDecisionsTest {

    private final Story enrolled = holding(theirs(450), theirs(300)).then(enrol(MECHATRONICS));

    @Nested
    class Enrolling {

        @Test
        void begins_today_where_no_day_is_said() {
            holding().when(enrolAt(MECHATRONICS, COLLEGE, null, null)).expectEvents(
                    new EnrolmentBegun(enrolment(1), MECHATRONICS, COLLEGE, null, TODAY, null));
        }

        @Test
        void an_apprentice_is_one_event_for_school_and_employer() {
            holding().when(enrolAt(MECHATRONICS, COLLEGE, EMPLOYER, DAY)).expectEvents(
                    new EnrolmentBegun(enrolment(1), MECHATRONICS, COLLEGE, EMPLOYER, DAY, null));
        }

        @Test
        void names_what_opened_the_door() {
            holding(theirs(450)).when(new EnrolLearner(
                            LEARNER, MECHATRONICS, COLLEGE, null, DAY, achievement(1)))
                    .expectEvents(new EnrolmentBegun(
                            enrolment(1), MECHATRONICS, COLLEGE, null, DAY, achievement(1)));
        }

        @Test
        void in_two_programmes_at_once_is_possible() {
            enrolled.when(enrol(WELDING)).expectEvents(
                    new EnrolmentBegun(enrolment(2), WELDING, COLLEGE, null, DAY, null));
        }

        @Test
        void twice_in_one_programme_is_refused() {
            enrolled.refuses(enrol(LATER), new Refusal.AlreadyEnrolled(enrolment(1)));
        }

        @Test
        void again_is_possible_once_the_learner_has_left() {
            enrolled.then(withdraw(1, null)).when(enrol(MECHATRONICS)).expectEvents(
                    new EnrolmentBegun(enrolment(2), MECHATRONICS, COLLEGE, null, DAY, null));
        }

        @Test
        void by_another_school_than_the_programme_s_is_refused() {
            holding().refuses(enrolAt(MECHATRONICS, UNIVERSITY, null, DAY),
                    new Refusal.NotYourInstitution(UNIVERSITY, COLLEGE));
        }

        @Test
        void by_a_suspended_school_is_refused() {
            holding().refuses(enrolAt(Campus.OF_SHUT_SCHOOL, SHUT, null, DAY),
                    new Refusal.InstitutionSuspended(SHUT));
        }

        @Test
        void with_a_suspended_employer_is_refused() {
            holding().refuses(enrolAt(MECHATRONICS, COLLEGE, SHUT, DAY),
                    new Refusal.InstitutionSuspended(SHUT));
        }

        @Test
        void with_an_unknown_employer_is_refused() {
            holding().refuses(enrolAt(MECHATRONICS, COLLEGE, new InstitutionId("nobody"), DAY),
                    new Refusal.InstitutionUnknown("nobody"));
        }

        @Test
        void with_the_school_as_employer_is_refused() {
            holding().refuses(enrolAt(MECHATRONICS, COLLEGE, COLLEGE, DAY),
                    new ValueInvalid("employer", Rule.EMPLOYER_IS_SCHOOL, "dandong-tech"));
        }

        @Test
        void in_a_programme_that_is_closed_is_refused_after_its_last_day() {
            LocalDate last = LocalDate.of(2024, 12, 31);
            holding().when(enrolAt(Campus.CLOSED, COLLEGE, null, last)).expectEvents(
                    new EnrolmentBegun(enrolment(1), Campus.CLOSED, COLLEGE, null, last, null));
            holding().refuses(enrolAt(Campus.CLOSED, COLLEGE, null, last.plusDays(1)),
                    new Refusal.ProgrammeClosed(Campus.CLOSED.id()));
        }

        @Test
        void in_a_version_that_is_not_there_is_refused() {
            ProgrammeVersion none = new ProgrammeVersion(new ProgrammeId("dandong-welding"), 9);
            holding().refuses(enrol(none), new Refusal.ProgrammeVersionUnknown(none));
        }

        @Test
        void from_tomorrow_on_is_refused() {
            holding().refuses(enrolAt(MECHATRONICS, COLLEGE, null, TODAY.plusDays(1)),
                    new ValueInvalid("on", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }

        @Test
        void before_1900_is_refused() {
            holding().refuses(enrolAt(MECHATRONICS, COLLEGE, null, LocalDate.of(1899, 12, 31)),
                    new ValueInvalid("on", Rule.DATE_TOO_EARLY, "1899-12-31"));
        }

        @Test
        void by_what_the_account_does_not_hold_is_refused() {
            holding().refuses(new EnrolLearner(
                            LEARNER, MECHATRONICS, COLLEGE, null, DAY, achievement(1)),
                    new Refusal.AchievementUnknown("7K3M9Q2HX4T8W1ZC-1"));
        }

        @Test
        void by_what_was_achieved_later_is_refused() {
            holding(theirs(450)).refuses(new EnrolLearner(LEARNER, MECHATRONICS, COLLEGE, null,
                            DAY.minusDays(1), achievement(1)),
                    new Refusal.AchievementDoesNotHold(achievement(1), DAY.minusDays(1)));
        }

        @Test
        void by_what_was_revoked_is_refused() {
            holding(theirs(450)).then(revoke(1, UNIVERSITY)).refuses(new EnrolLearner(
                            LEARNER, MECHATRONICS, COLLEGE, null, DAY, achievement(1)),
                    new Refusal.AchievementAlreadyRevoked(achievement(1)));
        }

        @Test
        void into_a_restricted_account_is_refused() {
            holding().and(new AccountRestricted(LEARNER)).refuses(
                    enrol(MECHATRONICS), new Refusal.AccountRestricted(LEARNER));
        }
    }

    @Nested
    class Moving {

        @Test
        void changes_the_version_alone_where_nothing_was_recognised() {
            enrolled.when(move(1, LATER)).expectEvents(new EnrolmentMoved(enrolment(1), LATER, TODAY));
        }

        @Test
        void withdraws_what_was_recognised_towards_a_course_that_is_no_more() {
            enrolled.then(recognise(1, RULES, wish(1, ME101)), recognise(1, RULES, wish(2, ME102)))
                    .when(move(1, LATER)).expectEvents(new EnrolmentMoved(enrolment(1), LATER, TODAY),
                            new RecognitionWithdrawn(recognition(2), achievement(2), Cause.MOVED,
                                    TODAY, List.of(posting(2, CreditState.RESERVED,
                                            CreditState.AVAILABLE, 300))));
        }

        @Test
        void to_where_the_learner_is_already_is_refused() {
            enrolled.refuses(move(1, MECHATRONICS), new Refusal.EnrolmentCannotMove(
                    enrolment(1), MECHATRONICS, MECHATRONICS));
        }

        @Test
        void to_another_programme_is_refused() {
            enrolled.refuses(move(1, WELDING), new Refusal.EnrolmentCannotMove(
                    enrolment(1), MECHATRONICS, WELDING));
        }

        @Test
        void to_a_version_that_is_not_there_is_refused() {
            ProgrammeVersion none = new ProgrammeVersion(MECHATRONICS.id(), 9);
            enrolled.refuses(move(1, none), new Refusal.ProgrammeVersionUnknown(none));
        }

        @Test
        void by_another_school_is_refused() {
            enrolled.refuses(new MoveEnrolment(enrolment(1), LATER, UNIVERSITY, REASON),
                    new Refusal.NotYourInstitution(UNIVERSITY, COLLEGE));
        }

        @Test
        void what_is_not_there_is_refused() {
            enrolled.refuses(move(2, LATER),
                    new Refusal.EnrolmentUnknown("7K3M9Q2HX4T8W1ZC-e2"));
        }

        @Test
        void is_refused_once_the_learner_has_left() {
            enrolled.then(withdraw(1, null)).refuses(
                    move(1, LATER), new Refusal.EnrolmentEnded(enrolment(1)));
        }
    }

    @Nested
    class Leaving {

        @Test
        void frees_what_only_these_studies_bound() {
            enrolled.then(recognise(1, RULES, wish(1, ME101))).when(withdraw(1, TODAY))
                    .expectEvents(new EnrolmentWithdrawn(enrolment(1), TODAY, List.of(
                            posting(1, CreditState.RESERVED, CreditState.AVAILABLE, 450))));
        }

        @Test
        void before_what_counts_was_recognised_is_refused() {
            enrolled.then(recognise(1, RULES, wish(1, ME101))).refuses(
                    withdraw(1, TODAY.minusDays(1)),
                    new ValueInvalid("on", Rule.DATE_BEFORE_BASIS, "2026-11-21"));
        }

        @Test
        void on_an_earlier_day_is_possible_where_nothing_counts() {
            enrolled.when(withdraw(1, DAY.plusDays(9))).expectEvents(
                    new EnrolmentWithdrawn(enrolment(1), DAY.plusDays(9), List.of()));
        }

        @Test
        void twice_cannot_stand_in_a_stream_nor_of_studies_that_never_began() {
            EnrolmentWithdrawn left = new EnrolmentWithdrawn(enrolment(1), TODAY, List.of());
            assertThatThrownBy(() -> Account.evolve(
                    enrolled.then(withdraw(1, TODAY)).account(), left))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Account.evolve(enrolled.account(),
                    new EnrolmentWithdrawn(enrolment(9), TODAY, List.of())))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Account.evolve(enrolled.account(),
                    new EnrolmentMoved(enrolment(1), LATER, TODAY)))
                    .isInstanceOf(IllegalStateException.class);
        }

        @Test
        void keeps_what_other_studies_bind_until_the_last_of_them_ends() {
            Story both = enrolled.then(recognise(1, RULES, wish(1, ME101)), enrol(WELDING),
                    recognise(2, SHARING, wish(1, ME101)));
            assertThat(both.held(1).reserved()).isEqualTo(450);
            both.when(withdraw(1, TODAY)).expectEvents(
                    new EnrolmentWithdrawn(enrolment(1), TODAY, List.of()));
            both.then(withdraw(1, TODAY)).when(withdraw(2, TODAY)).expectEvents(
                    new EnrolmentWithdrawn(enrolment(2), TODAY, List.of(
                            posting(1, CreditState.RESERVED, CreditState.AVAILABLE, 450))));
        }

        @Test
        void lets_the_evidence_count_elsewhere() {
            Story left = enrolled.then(recognise(1, RULES, wish(1, ME101)), withdraw(1, null),
                    enrol(WELDING), recognise(2, RULES, wish(1, ME101)));
            assertThat(left.account().recognitions().get(1).lines()).hasSize(1);
            assertThat(left.held(1).reserved()).isEqualTo(450);
        }

        @Test
        void before_the_first_day_is_refused() {
            enrolled.refuses(withdraw(1, DAY.minusDays(1)),
                    new ValueInvalid("on", Rule.DATE_BEFORE_BASIS, "2024-06-29"));
        }

        @Test
        void tomorrow_is_refused() {
            enrolled.refuses(withdraw(1, TODAY.plusDays(1)),
                    new ValueInvalid("on", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }

        @Test
        void twice_is_refused() {
            enrolled.then(withdraw(1, null)).refuses(
                    withdraw(1, null), new Refusal.EnrolmentEnded(enrolment(1)));
        }

        @Test
        void after_graduating_is_refused() {
            holding(own("ME101", 450)).then(enrol(WELDING), graduate(1)).refuses(
                    withdraw(1, null), new Refusal.EnrolmentEnded(enrolment(1)));
        }

        @Test
        void by_another_school_is_refused() {
            holding().then(enrol(EVENING)).refuses(withdraw(1, null),
                    new Refusal.NotYourInstitution(COLLEGE, UNIVERSITY));
        }
    }

    // ------------------------------------------------------------------

    private static EnrolLearner enrolAt(ProgrammeVersion programme, InstitutionId school,
            @Nullable InstitutionId employer, @Nullable LocalDate on) {
        return new EnrolLearner(LEARNER, programme, school, employer, on, null);
    }

    private static MoveEnrolment move(int number, ProgrammeVersion to) {
        return new MoveEnrolment(enrolment(number), to, COLLEGE, REASON);
    }

    private static WithdrawEnrolment withdraw(int number, @Nullable LocalDate on) {
        return new WithdrawEnrolment(enrolment(number), COLLEGE, on, REASON);
    }
}
