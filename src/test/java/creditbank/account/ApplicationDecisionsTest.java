package creditbank.account;

import static creditbank.account.Campus.ME101;
import static creditbank.account.Campus.ME102;
import static creditbank.account.Campus.MECHATRONICS;
import static creditbank.account.Campus.RULES;
import static creditbank.account.Campus.SHORT;
import static creditbank.account.Campus.STEPPED;
import static creditbank.account.Campus.TODAY;
import static creditbank.account.Campus.UNIVERSITY;
import static creditbank.account.Campus.application;
import static creditbank.account.Campus.apply;
import static creditbank.account.Campus.asking;
import static creditbank.account.Campus.endorse;
import static creditbank.account.Campus.enrol;
import static creditbank.account.Campus.enrolment;
import static creditbank.account.Campus.holding;
import static creditbank.account.Campus.own;
import static creditbank.account.Campus.recognise;
import static creditbank.account.Campus.recognition;
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
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountCommand;
import creditbank.api.account.ApplicationCommand.AppealDecision;
import creditbank.api.account.ApplicationCommand.DismissAppeal;
import creditbank.api.account.ApplicationCommand.EndorseApplication;
import creditbank.api.account.ApplicationCommand.RejectApplication;
import creditbank.api.account.ApplicationCommand.ResubmitApplication;
import creditbank.api.account.ApplicationCommand.ReturnApplication;
import creditbank.api.account.ApplicationCommand.SubmitApplication;
import creditbank.api.account.ApplicationCommand.UpholdAppeal;
import creditbank.api.account.ApplicationCommand.WithdrawApplication;
import creditbank.api.account.ApplicationEvent.AppealDismissed;
import creditbank.api.account.ApplicationEvent.AppealUpheld;
import creditbank.api.account.ApplicationEvent.Applicant;
import creditbank.api.account.ApplicationEvent.ApplicationAppealed;
import creditbank.api.account.ApplicationEvent.ApplicationApproved;
import creditbank.api.account.ApplicationEvent.ApplicationEndorsed;
import creditbank.api.account.ApplicationEvent.ApplicationRejected;
import creditbank.api.account.ApplicationEvent.ApplicationResubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationReturned;
import creditbank.api.account.ApplicationEvent.ApplicationSubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationWithdrawn;
import creditbank.api.account.ApplicationStanding;
import creditbank.api.account.Asking;
import creditbank.api.account.Desk;
import creditbank.api.account.EnrolmentCommand.WithdrawEnrolment;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.Turn;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Fact;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.Scope;
import creditbank.api.rulebook.StepBy;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The college's rulebook asks the college, the issuer and the bank. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApplicationDecisionsTest {

    private static final Desk AT_COLLEGE = new Desk(StepBy.SCHOOL, COLLEGE);
    private static final Desk AT_ISSUER = new Desk(StepBy.ISSUER, UNIVERSITY);
    private static final Turn FIRST = new Turn("college", AT_COLLEGE, TODAY.plusDays(10));
    private static final Turn SECOND = new Turn("issuer", AT_ISSUER, null);
    private static final Turn LAST = new Turn("bank", Desk.BANK, TODAY.plusMonths(1));

    private static final String STUDENT = "user/learner";
    private static final String DEAN = "user/dean";
    private static final String ISSUER = "user/issuer";
    private static final String CLERK = "user/clerk";
    private static final String OTHER = "user/other-clerk";

    /** At the college, with two outcomes of the university and one of the college. */
    private final Story enrolled = holding(theirs(450), theirs(300), own("ME102", 300))
            .then(enrol(MECHATRONICS));

    /** Both outcomes are asked for; the second is too small for its course. */
    private Story submitted() {
        return enrolled.then(apply(STEPPED, wish(1, ME101), wish(2, ME101)));
    }

    private Story atBank() {
        return submitted().then(endorse(COLLEGE, DEAN), endorse(UNIVERSITY, ISSUER));
    }

    private Story approved() {
        return atBank().then(endorse(null, CLERK));
    }

    private Story rejected() {
        return submitted().then(
                new RejectApplication(application(1), COLLEGE, DEAN, null, REASON));
    }

    private static AppealDecision appeal() {
        return new AppealDecision(application(1), null, REASON);
    }

    @Nested
    class Submitting {

        @Test
        void waits_at_the_first_step_and_binds_nothing() {
            SubmitApplication command = apply(STEPPED, wish(1, ME101));
            enrolled.when(command).expectEvents(new ApplicationSubmitted(application(1),
                    enrolment(1), COLLEGE, Applicant.LEARNER, STUDENT, command.asking(), TODAY,
                    FIRST));
            assertThat(submitted().held(1).reserved()).isZero();
        }

        @Test
        void is_the_schools_too_for_its_learner() {
            SubmitApplication command = new SubmitApplication(enrolment(1), COLLEGE, DEAN,
                    asking(SHORT), Attributes.NONE, null);
            assertThat(enrolled.decided(command)).singleElement()
                    .isInstanceOfSatisfying(ApplicationSubmitted.class, e -> {
                        assertThat(e.by()).isEqualTo(Applicant.SCHOOL);
                        assertThat(e.submittedBy()).isEqualTo(DEAN);
                        assertThat(e.next()).isEqualTo(new Turn("college", AT_COLLEGE, null));
                    });
        }

        @Test
        void is_refused_to_another_school() {
            enrolled.refuses(new SubmitApplication(enrolment(1), UNIVERSITY, DEAN,
                            asking(SHORT), Attributes.NONE, null),
                    new Refusal.NotYourInstitution(UNIVERSITY, COLLEGE));
        }

        @Test
        void is_refused_where_the_rulebook_asks_for_no_steps() {
            enrolled.refuses(apply(RULES), new Refusal.NoApplicationNeeded(RULES));
        }

        @Test
        void is_the_only_way_where_it_asks_for_some() {
            enrolled.refuses(recognise(1, STEPPED, wish(1, ME101)),
                    new Refusal.ApplicationNeeded(STEPPED));
        }

        @Test
        void names_evidence_where_a_step_is_the_issuers() {
            enrolled.refuses(apply(STEPPED), new Refusal.NotOneIssuer(STEPPED));
        }

        @Test
        void names_evidence_of_one_issuer_where_a_step_is_the_issuers() {
            enrolled.refuses(apply(STEPPED, wish(1, ME101), wish(3, ME102)),
                    new Refusal.NotOneIssuer(STEPPED));
        }

        @Test
        void is_refused_at_once_where_nothing_could_be_decided() {
            enrolled.then(revoke(1, UNIVERSITY)).refuses(apply(STEPPED, wish(1, ME101)),
                    new Refusal.AchievementAlreadyRevoked(achievement(1)));
        }

        @Test
        void is_refused_once_the_studies_have_ended() {
            enrolled.then(new WithdrawEnrolment(enrolment(1), COLLEGE, null, REASON))
                    .refuses(apply(STEPPED, wish(1, ME101)),
                            new Refusal.EnrolmentEnded(enrolment(1)));
        }

        @Test
        void is_refused_before_the_studies_begin() {
            SubmitApplication command = apply(STEPPED, wish(1, ME101));
            enrolled.refuses(new SubmitApplication(command.enrolment(), null, STUDENT,
                            command.asking(), Attributes.NONE, Campus.DAY.minusDays(1)),
                    new Refusal.ValueInvalid("on", Rule.DATE_BEFORE_BASIS, "2024-06-29"));
        }
    }

    @Nested
    class Endorsing {

        @Test
        void goes_on_to_the_issuer_of_what_is_asked() {
            submitted().when(endorse(COLLEGE, DEAN)).expectEvents(new ApplicationEndorsed(
                    application(1), "college", AT_COLLEGE, TODAY, SECOND));
        }

        @Test
        void goes_on_to_the_bank_in_the_end() {
            submitted().then(endorse(COLLEGE, DEAN)).when(endorse(UNIVERSITY, ISSUER))
                    .expectEvents(new ApplicationEndorsed(
                            application(1), "issuer", AT_ISSUER, TODAY, LAST));
        }

        @Test
        void is_for_whoever_it_waits_for() {
            submitted().refuses(endorse(UNIVERSITY, ISSUER),
                    new Refusal.NotYourStep(application(1), "college", AT_COLLEGE));
        }

        @Test
        void is_not_the_banks_at_a_step_of_the_school() {
            submitted().refuses(endorse(null, CLERK),
                    new Refusal.NotYourStep(application(1), "college", AT_COLLEGE));
        }

        @Test
        void is_not_the_schools_at_a_step_of_the_bank() {
            atBank().refuses(endorse(COLLEGE, DEAN),
                    new Refusal.NotYourStep(application(1), "bank", Desk.BANK));
        }

        @Test
        void is_not_for_who_submitted_it_for_the_school() {
            Story story = enrolled.then(new SubmitApplication(enrolment(1), COLLEGE, DEAN,
                    asking(STEPPED, wish(1, ME101)), Attributes.NONE, null));
            story.refuses(endorse(COLLEGE, DEAN),
                    new Refusal.SubmittedByYourself(application(1)));
            story.refuses(new RejectApplication(application(1), COLLEGE, DEAN, null, REASON),
                    new Refusal.SubmittedByYourself(application(1)));
            assertThat(story.decided(endorse(COLLEGE, "user/other-dean"))).hasSize(1);
        }

        @Test
        void is_not_for_who_sent_it_again_for_the_school() {
            submitted().then(new ReturnApplication(application(1), COLLEGE, DEAN, null, REASON),
                            new ResubmitApplication(application(1), COLLEGE, DEAN,
                                    asking(STEPPED, wish(1, ME101)), Attributes.NONE, null))
                    .refuses(endorse(COLLEGE, DEAN),
                            new Refusal.SubmittedByYourself(application(1)));
        }

        @Test
        void is_refused_to_a_suspended_institution() {
            Story story = submitted();
            story.around().institution(COLLEGE, new Institution.Suspended(Sector.VOCATIONAL,
                    creditbank.api.institution.InstitutionKind.COLLEGE, null, null));
            story.refuses(endorse(COLLEGE, DEAN), new Refusal.InstitutionSuspended(COLLEGE));
        }

        @Test
        void is_refused_for_an_application_that_does_not_exist() {
            enrolled.refuses(endorse(COLLEGE, DEAN),
                    new Refusal.ApplicationUnknown(LEARNER + "-a1"));
        }

        @Test
        void is_refused_once_it_was_decided() {
            approved().refuses(endorse(null, OTHER),
                    new Refusal.ApplicationNotWaiting(application(1)));
        }

        @Test
        void is_refused_once_the_studies_have_ended() {
            submitted().then(new WithdrawEnrolment(enrolment(1), COLLEGE, null, REASON))
                    .refuses(endorse(COLLEGE, DEAN), new Refusal.EnrolmentEnded(enrolment(1)));
        }

        @Test
        void is_refused_for_a_day_before_the_step_before() {
            submitted().refuses(new EndorseApplication(application(1), COLLEGE, DEAN,
                    TODAY.minusDays(1)), new Refusal.ValueInvalid(
                            "on", Rule.DATE_BEFORE_BASIS, TODAY.minusDays(1).toString()));
        }
    }

    @Nested
    class Approving {

        @Test
        void decides_in_the_same_commit_what_counts() {
            Story story = atBank();
            List<AccountEvent> events = story.decided(endorse(null, CLERK));
            assertThat(events).hasSize(2);
            assertThat(events.getFirst()).isEqualTo(new ApplicationApproved(application(1),
                    "bank", Desk.BANK, CLERK, TODAY, recognition(1), TODAY.plusDays(15)));
            assertThat(events.getLast()).isInstanceOfSatisfying(RecognitionDecided.class, e -> {
                assertThat(e.id()).isEqualTo(recognition(1));
                assertThat(e.application()).isEqualTo(application(1));
                assertThat(e.decision().granted()).hasSize(1);
                assertThat(e.decision().refused()).hasSize(1);
                assertThat(e.postings()).hasSize(1);
            });
            assertThat(story.then(endorse(null, CLERK)).held(1).reserved()).isEqualTo(450);
        }

        @Test
        void leaves_nothing_to_appeal_where_all_was_granted() {
            Story story = enrolled.then(apply(STEPPED, wish(1, ME101)), endorse(COLLEGE, DEAN),
                    endorse(UNIVERSITY, ISSUER), endorse(null, CLERK));
            story.refuses(appeal(), new Refusal.NothingToAppeal(application(1)));
        }

        @Test
        void decides_anew_so_that_what_was_used_meanwhile_is_refused() {
            Story story = enrolled.then(apply(SHORT, wish(1, ME101)), endorse(COLLEGE, DEAN),
                    recognise(1, RULES, wish(1, ME101)));
            assertThat(story.decided(endorse(null, CLERK)).getLast()).isInstanceOfSatisfying(
                    RecognitionDecided.class, e -> assertThat(e.decision().refused())
                            .singleElement().satisfies(line -> {
                                assertThat(line.code()).isEqualTo(RefusalCode.ALREADY_COUNTS);
                                assertThat(line.facts()).contains(new Fact(Scope.EVIDENCE,
                                        RefusedLine.USED_BY, recognition(1).toString()));
                            }));
        }

        @Test
        void is_refused_for_what_was_revoked_meanwhile() {
            atBank().then(revoke(1, UNIVERSITY)).refuses(endorse(null, CLERK),
                    new Refusal.AchievementAlreadyRevoked(achievement(1)));
        }

        @Test
        void is_refused_once_the_rules_have_ended() {
            Story story = enrolled.then(apply(SHORT, wish(1, ME101)), endorse(COLLEGE, DEAN));
            LocalDate later = LocalDate.of(2027, 1, 1);
            story.around().today(later);
            story.refuses(endorse(null, CLERK),
                    new Refusal.ApplicationRulesEnded(application(1), SHORT, later));
        }

        @Test
        void knows_what_was_said_of_the_learner_and_keeps_it_sealed() {
            Sealed sealed = new Sealed("A".repeat(60));
            Asking asking = new Asking(SHORT, null, Attributes.NONE, sealed, null);
            Story story = enrolled.then(new SubmitApplication(enrolment(1), null, STUDENT, asking,
                    Attributes.NONE.with("stage", "x"), null), endorse(COLLEGE, DEAN));
            assertThat(story.decided(endorse(null, CLERK)).getLast()).isInstanceOfSatisfying(
                    RecognitionDecided.class,
                    e -> assertThat(e.ofLearner()).isEqualTo(sealed));
        }

        @Test
        void is_no_decision_on_another_application() {
            RecognitionDecided decided =
                    (RecognitionDecided) atBank().decided(endorse(null, CLERK)).getLast();
            assertThatThrownBy(() -> atBankAlone().and(decided))
                    .isInstanceOf(IllegalStateException.class);
        }

        private Story atBankAlone() {
            return holding(theirs(450), theirs(300), own("ME102", 300)).then(
                    enrol(MECHATRONICS), apply(STEPPED, wish(1, ME101)));
        }
    }

    @Nested
    class Returning {

        private Story returned() {
            return submitted().then(endorse(COLLEGE, DEAN),
                    new ReturnApplication(application(1), UNIVERSITY, ISSUER, null, REASON));
        }

        private ResubmitApplication again() {
            return new ResubmitApplication(application(1), null, STUDENT,
                    asking(STEPPED, wish(2, ME102)), Attributes.NONE, null);
        }

        @Test
        void gives_it_back() {
            submitted().when(new ReturnApplication(application(1), COLLEGE, DEAN, null, REASON))
                    .expectEvents(new ApplicationReturned(
                            application(1), "college", AT_COLLEGE, TODAY));
        }

        @Test
        void like_a_rejection_may_be_of_an_earlier_day_but_not_before_the_step_before() {
            Story earlier = enrolled.then(new SubmitApplication(enrolment(1), null, STUDENT,
                    asking(STEPPED, wish(1, ME101)), Attributes.NONE, TODAY.minusDays(9)));
            assertThat(((ApplicationReturned) earlier.decided(new ReturnApplication(
                    application(1), COLLEGE, DEAN, TODAY.minusDays(3), REASON)).getFirst()).on())
                    .isEqualTo(TODAY.minusDays(3));
            ApplicationRejected rejected = (ApplicationRejected) earlier.decided(
                    new RejectApplication(application(1), COLLEGE, DEAN, TODAY.minusDays(3),
                            REASON)).getFirst();
            assertThat(rejected.on()).isEqualTo(TODAY.minusDays(3));
            assertThat(rejected.appealUntil()).isEqualTo(TODAY.plusDays(15));
            for (AccountCommand command : List.of(
                    new ReturnApplication(
                            application(1), COLLEGE, DEAN, TODAY.minusDays(10), REASON),
                    new RejectApplication(
                            application(1), COLLEGE, DEAN, TODAY.minusDays(10), REASON))) {
                earlier.refuses(command, new Refusal.ValueInvalid("on",
                        Rule.DATE_BEFORE_BASIS, TODAY.minusDays(10).toString()));
            }
        }

        @Test
        void is_for_whoever_it_waits_for() {
            submitted().refuses(
                    new ReturnApplication(application(1), UNIVERSITY, ISSUER, null, REASON),
                    new Refusal.NotYourStep(application(1), "college", AT_COLLEGE));
        }

        @Test
        void lets_nobody_endorse_it_until_it_is_sent_again() {
            returned().refuses(endorse(UNIVERSITY, ISSUER),
                    new Refusal.ApplicationNotWaiting(application(1)));
        }

        @Test
        void and_sent_again_it_asks_for_something_else_from_the_first_step_on() {
            returned().when(again()).expectEvents(new ApplicationResubmitted(
                    application(1), STUDENT, again().asking(), TODAY, FIRST));
        }

        @Test
        void it_is_still_what_is_asked_for_and_not_asked_for_twice() {
            returned().refuses(apply(STEPPED, wish(2, ME101), wish(1, ME101)),
                    new Refusal.ApplicationOpen(application(1)));
        }

        @Test
        void only_then_is_it_sent_again() {
            submitted().refuses(again(), new Refusal.ApplicationNotReturned(application(1)));
        }
    }

    @Nested
    class Withdrawing {

        private static final WithdrawApplication COMMAND =
                new WithdrawApplication(application(1), null);

        @Test
        void ends_it() {
            submitted().when(COMMAND).expectEvents(
                    new ApplicationWithdrawn(application(1), TODAY));
        }

        @Test
        void is_refused_once_it_was_decided() {
            approved().refuses(COMMAND, new Refusal.ApplicationDecided(application(1)));
        }

        @Test
        void is_refused_to_another_school() {
            submitted().refuses(new WithdrawApplication(application(1), UNIVERSITY),
                    new Refusal.NotYourInstitution(UNIVERSITY, COLLEGE));
        }
    }

    @Nested
    class Appealing {

        private Story appealed() {
            return rejected().then(appeal());
        }

        @Test
        void a_rejection_tells_until_when_one_may() {
            submitted().when(new RejectApplication(application(1), COLLEGE, DEAN, null, REASON))
                    .expectEvents(new ApplicationRejected(application(1), "college", AT_COLLEGE,
                            DEAN, TODAY, TODAY.plusDays(15)));
        }

        @Test
        void brings_a_rejection_before_the_bank() {
            rejected().when(appeal()).expectEvents(
                    new ApplicationAppealed(application(1), TODAY));
        }

        @Test
        void brings_what_was_refused_in_an_approved_one_before_the_bank() {
            approved().when(appeal()).expectEvents(
                    new ApplicationAppealed(application(1), TODAY));
        }

        @Test
        void is_possible_on_the_last_day() {
            Story story = rejected();
            story.around().today(TODAY.plusDays(15));
            assertThat(story.decided(appeal())).hasSize(1);
        }

        @Test
        void is_refused_after_its_window() {
            Story story = rejected();
            story.around().today(TODAY.plusDays(16));
            story.refuses(appeal(),
                    new Refusal.AppealTooLate(application(1), TODAY.plusDays(15)));
        }

        @Test
        void is_refused_before_anything_was_decided() {
            submitted().refuses(appeal(), new Refusal.NothingToAppeal(application(1)));
        }

        @Test
        void is_refused_where_the_rulebook_knows_no_appeal() {
            enrolled.then(apply(SHORT, wish(1, ME101)),
                            new RejectApplication(application(1), COLLEGE, DEAN, null, REASON))
                    .refuses(appeal(), new Refusal.NothingToAppeal(application(1)));
        }

        @Test
        void is_refused_to_another_school() {
            rejected().refuses(new AppealDecision(application(1), UNIVERSITY, REASON),
                    new Refusal.NotYourInstitution(UNIVERSITY, COLLEGE));
        }

        @Test
        void may_be_dismissed_and_then_it_stays_so() {
            Story story = appealed();
            DismissAppeal command = new DismissAppeal(application(1), CLERK, REASON);
            story.when(command).expectEvents(
                    new AppealDismissed(application(1), CLERK, TODAY));
            story.then(command).refuses(appeal(), new Refusal.NothingToAppeal(application(1)));
        }

        @Test
        void may_be_upheld_and_then_somebody_else_decides_anew() {
            Story story = appealed();
            UpholdAppeal command = new UpholdAppeal(application(1), CLERK, REASON);
            story.when(command).expectEvents(
                    new AppealUpheld(application(1), CLERK, TODAY, FIRST));
            story.then(command).refuses(endorse(COLLEGE, DEAN),
                    new Refusal.DecidedByYourself(application(1)));
            assertThat(story.decided(endorse(COLLEGE, "user/other-dean"))).hasSize(1);
        }

        @Test
        void upheld_is_decided_by_somebody_else_even_if_returned_and_sent_again_on_the_way() {
            Story again = atBank().then(
                    new RejectApplication(application(1), null, CLERK, null, REASON), appeal(),
                    new UpholdAppeal(application(1), OTHER, REASON),
                    new ReturnApplication(application(1), null, OTHER, null, REASON),
                    new ResubmitApplication(application(1), null, STUDENT,
                            asking(STEPPED, wish(1, ME101)), Attributes.NONE, null),
                    endorse(COLLEGE, DEAN), endorse(UNIVERSITY, ISSUER));
            again.refuses(endorse(null, CLERK), new Refusal.DecidedByYourself(application(1)));
            assertThat(again.decided(endorse(null, OTHER))).hasSize(2);
        }

        @Test
        void upheld_of_an_approved_one_leads_to_another_decision_beside_the_first() {
            Story story = approved().then(appeal(),
                    new UpholdAppeal(application(1), OTHER, REASON), endorse(null, OTHER));
            assertThat(story.account().recognitions()).hasSize(2);
            assertThat(story.account().applications().getFirst().standing())
                    .isInstanceOfSatisfying(ApplicationStanding.Approved.class, approved ->
                            assertThat(approved.recognition()).isEqualTo(recognition(2)));
            assertThat(story.held(1).reserved()).isEqualTo(450);
        }

        @Test
        void is_not_decided_by_who_is_appealed_against() {
            Story story = approved().then(appeal());
            story.refuses(new UpholdAppeal(application(1), CLERK, REASON),
                    new Refusal.DecidedByYourself(application(1)));
            story.refuses(new DismissAppeal(application(1), CLERK, REASON),
                    new Refusal.DecidedByYourself(application(1)));
        }

        @Test
        void is_decided_where_there_is_one() {
            rejected().refuses(new DismissAppeal(application(1), CLERK, REASON),
                    new Refusal.ApplicationNotAppealed(application(1)));
        }
    }
}
