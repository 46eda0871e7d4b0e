package creditbank.account;

import static creditbank.account.Campus.DAY;
import static creditbank.account.Campus.EVENING;
import static creditbank.account.Campus.EXEMPTING;
import static creditbank.account.Campus.HALVING;
import static creditbank.account.Campus.ME101;
import static creditbank.account.Campus.ME102;
import static creditbank.account.Campus.MECHATRONICS;
import static creditbank.account.Campus.MUTUAL;
import static creditbank.account.Campus.OVER;
import static creditbank.account.Campus.PROVINCIAL;
import static creditbank.account.Campus.RULES;
import static creditbank.account.Campus.SHUT;
import static creditbank.account.Campus.THEIRS;
import static creditbank.account.Campus.TODAY;
import static creditbank.account.Campus.UNIVERSITY;
import static creditbank.account.Campus.WELDING;
import static creditbank.account.Campus.accept;
import static creditbank.account.Campus.cn;
import static creditbank.account.Campus.correct;
import static creditbank.account.Campus.enrol;
import static creditbank.account.Campus.enrolment;
import static creditbank.account.Campus.evidence;
import static creditbank.account.Campus.graduate;
import static creditbank.account.Campus.holding;
import static creditbank.account.Campus.offer;
import static creditbank.account.Campus.own;
import static creditbank.account.Campus.recognise;
import static creditbank.account.Campus.redeem;
import static creditbank.account.Campus.revoke;
import static creditbank.account.Campus.theirs;
import static creditbank.account.Campus.transfer;
import static creditbank.account.Campus.wish;
import static creditbank.formats.Samples.COLLEGE;
import static creditbank.formats.Samples.EMPLOYER;
import static creditbank.formats.Samples.LEARNER;
import static creditbank.formats.Samples.REASON;
import static creditbank.formats.Samples.achievement;
import static creditbank.formats.Samples.certificate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import creditbank.account.Campus.Story;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountCommand;
import creditbank.api.account.AccountCommand.CorrectAchievement;
import creditbank.api.account.AccountCommand.RestrictAccount;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.CreditState;
import creditbank.api.account.LearnerId;
import creditbank.api.account.Origin;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.TransferCommand.AcceptTransfer;
import creditbank.api.account.TransferCommand.DeclineTransfer;
import creditbank.api.account.TransferCommand.LapseTransfer;
import creditbank.api.account.TransferCommand.RequestTransfer;
import creditbank.api.account.TransferCommand.WithdrawTransfer;
import creditbank.api.account.TransferEvent.TransferAccepted;
import creditbank.api.account.TransferEvent.TransferDeclined;
import creditbank.api.account.TransferEvent.TransferLapsed;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.account.TransferEvent.TransferUndone;
import creditbank.api.account.TransferEvent.TransferWithdrawn;
import creditbank.api.account.TransferId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The college's courses ME101 and ME102, and what of them goes to the university. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TransferDecisionsTest {

    private static final LocalDate LAST_DAY = TODAY.plusDays(60);

    /** ME101 of the college (1), ME102 of the college (2), and one of the university (3). */
    private final Story held = holding(own("ME101", 450), own("ME102", 300), theirs(200));

    private Story offered() {
        return held.then(offer(wish(1, ME101)));
    }

    /** What it became has the number 4. */
    private Story accepted() {
        return offered().then(accept(1));
    }

    private static Posting posting(int number, CreditState from, CreditState to, long amount) {
        return new Posting(achievement(number), Sector.VOCATIONAL, from, to, cn(amount));
    }

    private static Posting reserved(int number, long amount) {
        return posting(number, CreditState.AVAILABLE, CreditState.RESERVED, amount);
    }

    private static Posting released(int number, long amount) {
        return posting(number, CreditState.RESERVED, CreditState.AVAILABLE, amount);
    }

    private static Posting gone(int number, long amount) {
        return posting(number, CreditState.RESERVED, CreditState.TRANSFERRED, amount);
    }

    private static Posting back(int number, long amount) {
        return posting(number, CreditState.TRANSFERRED, CreditState.AVAILABLE, amount);
    }

    private static RequestTransfer with(RequestTransfer c, InstitutionId from, InstitutionId to) {
        return new RequestTransfer(c.learner(), from, to, c.programme(), c.rulebook(), c.asked(),
                c.on(), c.answerBy(), c.request(), c.ofLearner(), null, c.agreement());
    }

    private static RequestTransfer by(LocalDate answerBy) {
        RequestTransfer c = offer(wish(1, ME101));
        return new RequestTransfer(c.learner(), c.from(), c.to(), c.programme(), c.rulebook(),
                c.asked(), c.on(), answerBy, c.request(), c.ofLearner(), null, c.agreement());
    }

    private static RequestTransfer under(AgreementId agreement, RulebookVersion rulebook) {
        // From the university to the college, as the agreements are.
        return new RequestTransfer(LEARNER, UNIVERSITY, COLLEGE, WELDING, rulebook, null, null,
                null, Attributes.NONE,
                Attributes.NONE, null, agreement);
    }

    private static TransferRequested requested(Story story, RequestTransfer command) {
        return (TransferRequested) story.decided(command).getFirst();
    }

    private static long available(Story story, int number) {
        return story.held(number).available();
    }

    @Nested
    class Offering {

        @Test
        void states_what_becomes_what_under_which_clause_and_reserves_it() {
            TransferRequested event = requested(held, offer(wish(1, ME101)));
            assertThat(event.id()).isEqualTo(transfer(1));
            assertThat(event.from()).isEqualTo(COLLEGE);
            assertThat(event.to()).isEqualTo(UNIVERSITY);
            assertThat(event.programme()).isEqualTo(EVENING);
            assertThat(event.answerBy()).isEqualTo(LAST_DAY);
            assertThat(event.decision().granted()).extracting(GrantedLine::evidence,
                            GrantedLine::target, GrantedLine::clause, GrantedLine::credits)
                    .containsExactly(tuple(
                            evidence(1), ME101, new ClauseId("own-credits"), cn(450)));
            assertThat(event.postings()).containsExactly(reserved(1, 450));
            held.when(offer(wish(1, ME101))).expectEvents(event);
        }

        @Test
        void finds_the_courses_itself_among_what_the_school_stated() {
            TransferRequested event = requested(held, offer());
            assertThat(event.asked()).isNull();
            assertThat(event.decision().granted()).extracting(GrantedLine::evidence)
                    .containsExactly(evidence(1));
            assertThat(event.decision().refused()).extracting(line -> line.evidence())
                    .containsExactly(evidence(2));
        }

        @Test
        void converts_by_the_rulebooks_factor_where_no_programme_is_named() {
            TransferRequested event = requested(
                    held, offer(null, HALVING, wish(1, TargetId.PROGRAMME)));
            assertThat(event.decision().granted()).extracting(GrantedLine::credits)
                    .containsExactly(new Credits(225, CreditUnit.ECTS));
            assertThat(event.postings()).containsExactly(reserved(1, 450));
        }

        @Test
        void is_decided_under_rules_of_the_province_that_both_lie_in() {
            assertThat(requested(held, offer(EVENING, PROVINCIAL, wish(1, ME101))).postings())
                    .containsExactly(reserved(1, 450));
        }

        @Test
        void rests_on_an_agreement_where_the_rules_are_not_the_targets() {
            TransferRequested event = requested(
                    holding(theirs(450)), under(MUTUAL, THEIRS));
            assertThat(event.agreement()).isEqualTo(MUTUAL);
        }

        @Test
        void passes_over_what_is_bound_already_where_nothing_is_named() {
            Story story = held.then(redeem(100, achievement(1)));
            story.refuses(offer(), new Refusal.TransferOfNothing(THEIRS, UNIVERSITY));
        }

        @Test
        void a_second_to_the_same_course_finds_it_filled() {
            Story story = holding(own("ME101", 450), own("ME101", 450));
            story.then(offer(wish(1, ME101)));
            story.refuses(offer(wish(2, ME101)),
                    new Refusal.TransferOfNothing(THEIRS, UNIVERSITY));
        }
    }

    @Nested
    class Is_not_offered {

        @Test
        void to_oneself() {
            held.refuses(with(offer(wish(1, ME101)), COLLEGE, COLLEGE),
                    new Refusal.TransferToOneself(COLLEGE));
        }

        @Test
        void what_does_not_exist() {
            held.refuses(offer(wish(9, ME101)),
                    new Refusal.AchievementUnknown(achievement(9).toString()));
        }

        @Test
        void more_than_is_available() {
            held.then(redeem(100, achievement(1))).refuses(offer(wish(1, ME101)),
                    new Refusal.CreditsNotAvailable(cn(450), cn(350), TODAY));
        }

        @Test
        void what_another_school_stated() {
            held.refuses(offer(wish(3, ME101)), new Refusal.EvidenceOfAnotherInstitution(
                    achievement(3), UNIVERSITY, COLLEGE));
        }

        @Test
        void what_holds_no_longer() {
            held.then(revoke(1, COLLEGE)).refuses(offer(wish(1, ME101)),
                    new Refusal.AchievementAlreadyRevoked(achievement(1)));
        }

        @Test
        void what_the_rulebook_grants_nothing_of() {
            held.refuses(offer(wish(2, ME101)),
                    new Refusal.TransferOfNothing(THEIRS, UNIVERSITY));
        }

        @Test
        void what_waits_already() {
            offered().refuses(offer(wish(1, ME101)),
                    new Refusal.CreditsNotAvailable(cn(450), cn(0), TODAY));
        }

        @Test
        void for_a_programme_of_another_school() {
            held.refuses(offer(MECHATRONICS, THEIRS, wish(1, ME101)),
                    new Refusal.ProgrammeOfAnotherInstitution(
                            MECHATRONICS, COLLEGE, UNIVERSITY));
        }

        @Test
        void in_another_unit_than_the_programmes() {
            held.refuses(offer(EVENING, HALVING, wish(1, ME101)),
                    new Refusal.RulebookOfAnotherUnit(HALVING, CreditUnit.ECTS, CreditUnit.CN));
        }

        @Test
        void under_the_rules_of_whoever_lets_go() {
            held.refuses(offer(EVENING, RULES, wish(1, ME101)),
                    new Refusal.RulebookOfAnotherJurisdiction(RULES.id(), held.around()
                            .rulebook(RULES).head().jurisdiction(), UNIVERSITY));
        }

        @Test
        void under_an_agreement_that_is_over() {
            holding(theirs(450)).refuses(under(OVER, THEIRS),
                    new Refusal.AgreementNotInForce(OVER, TODAY));
        }

        @Test
        void to_a_school_that_is_suspended() {
            held.refuses(with(offer(wish(1, ME101)), COLLEGE, SHUT),
                    new Refusal.InstitutionSuspended(SHUT));
        }

        @Test
        void with_a_last_day_that_has_passed_or_is_too_far() {
            held.refuses(by(TODAY.minusDays(1)), new Refusal.AnswerDayOutOfBounds(
                    TODAY.minusDays(1), TODAY, TODAY.plusDays(365)));
            held.refuses(by(TODAY.plusDays(366)), new Refusal.AnswerDayOutOfBounds(
                    TODAY.plusDays(366), TODAY, TODAY.plusDays(365)));
            assertThat(requested(held, by(TODAY)).answerBy()).isEqualTo(TODAY);
        }

        @Test
        void while_the_account_is_restricted() {
            held.then(new RestrictAccount(LEARNER, REASON)).refuses(offer(wish(1, ME101)),
                    new Refusal.AccountRestricted(LEARNER));
        }
    }

    @Nested
    class Accepting {

        @Test
        void records_the_mapped_course_at_the_target_in_the_same_commit() {
            Achievement was = own("ME101", 450);
            Achievement now = new Achievement(AchievementKind.COURSE, UNIVERSITY, null,
                    was.recordKey(), was.title(), "ME101", null, null, "90", cn(450), TODAY,
                    null, null, null, null, was.attributes(),
                    new Origin(transfer(1), achievement(1)));
            offered().when(accept(1)).expectEvents(
                    new TransferAccepted(transfer(1), TODAY, List.of(achievement(4)),
                            List.of(gone(1, 450))),
                    new AchievementRecorded(
                            achievement(4), Sector.ADULT, TODAY, now, List.of()));
        }

        @Test
        void leaves_nothing_at_the_source_and_as_much_as_was_granted_at_the_target() {
            Story story = accepted();
            assertThat(story.held(1).transferred()).isEqualTo(450);
            assertThat(available(story, 1)).isZero();
            assertThat(available(story, 4)).isEqualTo(450);
            Uses.hold(story.account());
        }

        @Test
        void gives_converted_credits() {
            Story story = held.then(offer(null, HALVING, wish(1, TargetId.PROGRAMME)), accept(1));
            assertThat(story.held(4).deposit().credits())
                    .isEqualTo(new Credits(225, CreditUnit.ECTS));
            assertThat(story.held(4).achievement().subject()).isEqualTo("ME101");
        }

        @Test
        void a_certificate_becomes_a_course_and_keeps_its_number_where_it_is() {
            Achievement a = certificate();
            Story story = holding(new Achievement(a.kind(), a.issuer(), null, a.recordKey(),
                    a.title(), null, a.level(), null, null, cn(600), DAY, null, null, a.number(),
                    null, a.attributes())).then(new RequestTransfer(LEARNER, COLLEGE,
                    UNIVERSITY, null, HALVING, null, null, null,
                    Attributes.NONE,
                    Attributes.NONE, null, null), accept(1));
            assertThat(story.held(2).kind()).isEqualTo(AchievementKind.COURSE);
            assertThat(story.held(2).achievement().number()).isNull();
        }

        @Test
        void what_was_received_counts_as_the_schools_own_course() {
            Story story = accepted().then(enrol(EVENING));
            assertThat(new Studies(story.account(), Enrolment.known(story.account(),
                    enrolment(1)), TODAY, story.around()).progress().total().isMet()).isTrue();
        }

        @Test
        void is_for_the_school_it_goes_to() {
            offered().refuses(new AcceptTransfer(transfer(1), COLLEGE),
                    new Refusal.NotYourInstitution(COLLEGE, UNIVERSITY));
        }

        @Test
        void is_too_late_after_the_last_day() {
            Story story = offered();
            story.around().today(LAST_DAY.plusDays(1));
            assertThat(refusal(story, accept(1)))
                    .isEqualTo(new Refusal.TransferAnswerTooLate(transfer(1), LAST_DAY));
            story.around().today(LAST_DAY);
            assertThat(story.decided(accept(1))).hasSize(2);
        }

        @Test
        void needs_pieces_that_hold_on_the_day() {
            Story story = holding(theirs(450, TODAY));
            story.then(under(MUTUAL, THEIRS));
            story.around().today(TODAY.plusDays(1));
            assertThat(refusal(story, new AcceptTransfer(transfer(1), COLLEGE)))
                    .isEqualTo(new Refusal.AchievementDoesNotHold(
                            achievement(1), TODAY.plusDays(1)));
        }

        @Test
        void needs_a_school_that_may_record() {
            Story story = offered();
            story.around().institution(UNIVERSITY, new Institution.Suspended(Sector.ADULT,
                    InstitutionKind.OPEN_UNIVERSITY, new Region("210100"), null));
            assertThat(refusal(story, accept(1)))
                    .isEqualTo(new Refusal.InstitutionSuspended(UNIVERSITY));
        }

        @Test
        void happens_once() {
            accepted().refuses(accept(1), new Refusal.TransferEnded(transfer(1)));
        }

        @Test
        void of_what_was_never_offered_is_refused() {
            held.refuses(accept(1), new Refusal.TransferUnknown(transfer(1).toString()));
        }
    }

    private static Refusal refusal(Story story, AccountCommand command) {
        try {
            story.decided(command);
        } catch (Refused e) {
            return e.refusal();
        }
        throw new AssertionError(command + " stands");
    }

    @Nested
    class Ending_otherwise {

        @Test
        void declining_makes_the_credits_available_again() {
            DeclineTransfer decline = new DeclineTransfer(transfer(1), UNIVERSITY, REASON);
            Story story = offered();
            story.when(decline).expectEvents(
                    new TransferDeclined(transfer(1), TODAY, List.of(released(1, 450))));
            story.then(accept(1)).refuses(decline, new Refusal.TransferEnded(transfer(1)));
        }

        @Test
        void declining_is_for_the_school_it_would_go_to() {
            offered().refuses(new DeclineTransfer(transfer(1), EMPLOYER, REASON),
                    new Refusal.NotYourInstitution(EMPLOYER, UNIVERSITY));
        }

        @Test
        void declining_is_too_late_after_the_last_day() {
            Story story = offered();
            story.around().today(LAST_DAY.plusDays(1));
            assertThat(refusal(story, new DeclineTransfer(transfer(1), UNIVERSITY, REASON)))
                    .isEqualTo(new Refusal.TransferAnswerTooLate(transfer(1), LAST_DAY));
        }

        @Test
        void the_school_that_offered_it_takes_it_back() {
            WithdrawTransfer withdraw = new WithdrawTransfer(transfer(1), COLLEGE, REASON);
            Story story = offered();
            story.when(withdraw).expectEvents(new TransferWithdrawn(transfer(1),
                    null, null, TODAY, List.of(released(1, 450))));
            story.refuses(new WithdrawTransfer(transfer(1), UNIVERSITY, REASON),
                    new Refusal.NotYourInstitution(UNIVERSITY, COLLEGE));
        }

        @Test
        void it_lapses_when_the_last_day_has_passed_from_the_day_behind_it_on() {
            Story story = offered();
            story.refuses(new LapseTransfer(transfer(1), null),
                    new Refusal.TransferStillWaits(transfer(1), LAST_DAY));
            story.around().today(LAST_DAY.plusDays(9));
            assertThat(story.decided(new LapseTransfer(transfer(1), null))).containsExactly(
                    new TransferLapsed(transfer(1), LAST_DAY.plusDays(1),
                            List.of(released(1, 450))));
        }

        @Test
        void either_school_may_say_that_it_lapsed_and_no_other() {
            Story story = offered();
            story.around().today(LAST_DAY.plusDays(1));
            assertThat(story.decided(new LapseTransfer(transfer(1), UNIVERSITY))).hasSize(1);
            assertThat(story.decided(new LapseTransfer(transfer(1), COLLEGE))).hasSize(1);
            assertThat(refusal(story, new LapseTransfer(transfer(1), EMPLOYER)))
                    .isEqualTo(new Refusal.NotYourInstitution(EMPLOYER, COLLEGE));
        }

        @Test
        void what_came_back_can_be_offered_again() {
            Story story = offered().then(
                    new DeclineTransfer(transfer(1), UNIVERSITY, REASON),
                    offer(wish(1, ME101)));
            assertThat(story.account().transfers()).extracting(Transfer::status)
                    .containsExactly(Transfer.Status.DECLINED, Transfer.Status.WAITING);
        }
    }

    @Nested
    class Used_once {

        @Test
        void what_waits_is_not_recognised() {
            Story story = holding(theirs(450)).then(enrol(MECHATRONICS), under(MUTUAL, THEIRS));
            RecognitionDecided decided = (RecognitionDecided)
                    story.decided(recognise(1, RULES, wish(1, ME101))).getFirst();
            assertThat(decided.decision().refused()).extracting(line -> line.code())
                    .containsExactly(RefusalCode.EVIDENCE_USED);
        }

        @Test
        void what_waits_is_not_redeemed() {
            offered().refuses(redeem(450, achievement(1)),
                    new Refusal.CreditsNotAvailable(cn(450), cn(0), TODAY));
        }

        @Test
        void what_waits_or_is_gone_counts_no_more_as_the_schools_own_course() {
            Story story = held.then(enrol(WELDING));
            assertThat(met(story)).isTrue();
            assertThat(met(story.then(offer(wish(1, ME101))))).isFalse();
            assertThat(met(story.then(accept(1)))).isFalse();
        }

        private boolean met(Story story) {
            return new Studies(story.account(), Enrolment.known(story.account(), enrolment(1)),
                    TODAY, story.around()).progress().total().isMet();
        }

        @Test
        void what_is_recognised_is_not_offered() {
            Story story = holding(own("ME101", 450)).then(
                    enrol(MECHATRONICS), recognise(1, RULES, wish(1, ME102)));
            story.then(recognise(1, RULES, wish(1, ME101)));
            story.refuses(offer(wish(1, ME101)),
                    new Refusal.CreditsNotAvailable(cn(450), cn(0), TODAY));
        }

        @Test
        void what_is_recognised_is_not_offered_either_where_it_has_no_credits() {
            Story story = holding(own("ME101", 0)).then(
                    enrol(MECHATRONICS), recognise(1, EXEMPTING, wish(1, ME101)));
            notOfferedWithoutCredits(story);
        }

        @Test
        void what_waits_or_is_gone_is_not_offered_again_either_where_it_has_no_credits() {
            Story story = holding(own("ME101", 0))
                    .then(offer(EVENING, EXEMPTING, wish(1, ME101)));
            notOfferedWithoutCredits(story);
            notOfferedWithoutCredits(story.then(accept(1)));
        }

        private static void notOfferedWithoutCredits(Story story) {
            story.refuses(offer(EVENING, EXEMPTING, wish(1, ME101)),
                    new Refusal.CreditsNotAvailable(cn(0), cn(0), TODAY));
            story.refuses(offer(EVENING, EXEMPTING),
                    new Refusal.TransferOfNothing(EXEMPTING, UNIVERSITY));
        }

        @Test
        void what_a_diploma_counts_is_not_offered_where_a_correction_freed_its_credits() {
            Story story = holding(own("ME101", 450)).then(enrol(WELDING), graduate(1));
            Achievement a = own("ME101", 450);
            story.then(correct(1, new Achievement(a.kind(), a.issuer(), null, a.recordKey(),
                    a.title(), a.subject(), null, null, a.grade(),
                    new Credits(450, CreditUnit.ECTS), a.happenedOn(), null, null, null, null,
                    a.attributes())));
            story.refuses(offer(wish(1, ME101)), new Refusal.CreditsNotAvailable(
                    new Credits(450, CreditUnit.ECTS), new Credits(0, CreditUnit.ECTS), TODAY));
        }

        @Test
        void what_is_gone_is_not_offered_again() {
            accepted().refuses(offer(wish(1, ME101)),
                    new Refusal.CreditsNotAvailable(cn(450), cn(0), TODAY));
        }
    }

    @Nested
    class A_piece_that_holds_no_longer {

        @Test
        void takes_the_offer_with_it() {
            List<AccountEvent> events = offered().decided(revoke(1, COLLEGE));
            assertThat(events).hasSize(2);
            assertThat(events.getFirst()).isEqualTo(new TransferWithdrawn(transfer(1),
                    AchievementChange.REVOKED, achievement(1), TODAY, List.of(released(1, 450))));
        }

        @Test
        void takes_back_what_it_became_and_all_that_rests_on_it() {
            Story story = accepted().then(enrol(MECHATRONICS),
                    recognise(1, RULES, wish(4, ME101)));
            List<AccountEvent> events = story.decided(revoke(1, COLLEGE));
            assertThat(events).hasSize(4);
            assertThat(events.getFirst()).isEqualTo(new TransferUndone(transfer(1),
                    achievement(1), AchievementChange.REVOKED, null, TODAY, List.of(back(1, 450))));
            assertThat(events.get(1)).isInstanceOfSatisfying(RecognitionWithdrawn.class,
                    e -> assertThat(e.achievement()).isEqualTo(achievement(4)));
            assertThat(events.get(2)).isInstanceOfSatisfying(AchievementRevoked.class, e -> {
                assertThat(e.id()).isEqualTo(achievement(4));
                assertThat(e.issuer()).isEqualTo(UNIVERSITY);
                assertThat(e.effectiveOn()).isEqualTo(TODAY);
            });
            assertThat(events.getLast()).isInstanceOfSatisfying(AchievementRevoked.class,
                    e -> assertThat(e.id()).isEqualTo(achievement(1)));
            Uses.hold(story.then(revoke(1, COLLEGE)).account());
        }

        @Test
        void takes_back_what_that_became_in_turn() {
            Story story = accepted().then(new RequestTransfer(LEARNER, UNIVERSITY, COLLEGE,
                    WELDING, PROVINCIAL, List.of(wish(4, ME101)), null, null,
                    Attributes.NONE,
                    Attributes.NONE, null, null),
                    new AcceptTransfer(transfer(2), COLLEGE));
            story.then(revoke(1, COLLEGE));
            assertThat(story.account().achievements()).extracting(Held::revoked)
                    .containsExactly(true, false, false, true, true);
            Uses.hold(story.account());
        }

        @Test
        void that_was_corrected_is_available_again_and_can_go_again() {
            Story story = accepted().then(correct(1, own("ME101", 500)));
            assertThat(available(story, 1)).isEqualTo(500);
            assertThat(story.held(4).revoked()).isTrue();
            story.then(offer(wish(1, ME101)));
            assertThat(story.held(1).reserved()).isEqualTo(500);
        }

        @Test
        void is_revoked_alone_once_the_target_took_back_what_it_received() {
            Story story = accepted().then(revoke(4, UNIVERSITY));
            assertThat(story.decided(revoke(1, COLLEGE))).hasSize(1);
        }
    }

    @Nested
    class A_target_that_revokes_what_it_received {

        @Test
        void gives_it_back_to_the_school_it_came_from_in_the_same_commit() {
            Story story = accepted();
            List<AccountEvent> events = story.decided(revoke(4, UNIVERSITY));
            assertThat(events).hasSize(2);
            assertThat(events.getFirst()).isInstanceOfSatisfying(AchievementRevoked.class,
                    e -> assertThat(e.id()).isEqualTo(achievement(4)));
            assertThat(events.getLast()).isEqualTo(new TransferUndone(transfer(1),
                    achievement(1), AchievementChange.REVOKED, achievement(4), TODAY,
                    List.of(back(1, 450))));
            story.then(revoke(4, UNIVERSITY));
            assertThat(available(story, 1)).isEqualTo(450);
            Uses.hold(story.account());
        }

        @Test
        void takes_first_what_rests_on_it() {
            Story story = accepted().then(enrol(MECHATRONICS),
                    recognise(1, RULES, wish(4, ME101)));
            assertThat(story.decided(revoke(4, UNIVERSITY))).extracting(Object::getClass)
                    .containsExactly(RecognitionWithdrawn.class, AchievementRevoked.class,
                            TransferUndone.class);
        }

        @Test
        void leaves_it_as_if_it_had_never_gone_so_that_it_can_go_again() {
            Story story = accepted().then(revoke(4, UNIVERSITY), offer(wish(1, ME101)));
            assertThat(story.held(1).reserved()).isEqualTo(450);
            story.then(accept(2));
            assertThat(available(story, 5)).isEqualTo(450);
            Uses.hold(story.account());
        }

        @Test
        void gives_it_back_also_where_it_has_no_credits() {
            Story story = holding(own("ME101", 0))
                    .then(offer(EVENING, EXEMPTING, wish(1, ME101)), accept(1));
            assertThat(story.decided(revoke(2, UNIVERSITY)).getLast()).isEqualTo(
                    new TransferUndone(transfer(1), achievement(1), AchievementChange.REVOKED,
                            achievement(2), TODAY, List.of()));
            story.then(revoke(2, UNIVERSITY), offer(EVENING, EXEMPTING, wish(1, ME101)));
        }

        @Test
        void gives_back_nothing_as_long_as_something_is_left_of_it() {
            Story story = inTwo();
            assertThat(story.account().transfer(transfer(1)).lines()).hasSize(2);
            assertThat(story.decided(revoke(2, UNIVERSITY))).hasSize(1);
            story.then(revoke(2, UNIVERSITY));
            assertThat(story.held(1).transferred()).isEqualTo(450);
            Uses.hold(story.account());
            assertThat(story.decided(revoke(3, UNIVERSITY)).getLast()).isEqualTo(
                    new TransferUndone(transfer(1), achievement(1), AchievementChange.REVOKED,
                            achievement(3), TODAY, List.of(back(1, 450))));
        }

        @Test
        void gives_back_only_to_the_school_before_it() {
            Story story = accepted().then(new RequestTransfer(LEARNER, UNIVERSITY, COLLEGE,
                    WELDING, PROVINCIAL, List.of(wish(4, ME101)), null, null,
                    Attributes.NONE,
                    Attributes.NONE, null, null),
                    new AcceptTransfer(transfer(2), COLLEGE), revoke(5, COLLEGE));
            assertThat(available(story, 4)).isEqualTo(450);
            assertThat(story.held(1).transferred()).isEqualTo(450);
            story.then(revoke(4, UNIVERSITY));
            assertThat(available(story, 1)).isEqualTo(450);
            Uses.hold(story.account());
        }
    }

    /** A piece of which an accepted transfer made the pieces 2 and 3. */
    private static Story inTwo() {
        Story story = holding(own("ME101", 450));
        TransferRequested event = requested(story, offer(wish(1, ME101)));
        GrantedLine line = event.decision().granted().getFirst();
        GrantedLine half = new GrantedLine(line.evidence(), line.target(), line.clause(),
                cn(225), line.worth(), line.grade(), line.facts(), line.limits());
        Decision d = event.decision();
        return story.and(new TransferRequested(event.id(), event.from(), event.to(),
                event.programme(), event.asked(), event.request(), event.ofLearner(),
                event.agreement(), new Decision(d.rulebook(), d.on(), d.engine(),
                        List.of(half, half), d.refused(), d.requirements(), d.entitlements(),
                        d.flags(), d.search()), event.answerBy(), event.postings()))
                .then(accept(1));
    }

    @Test
    void a_correction_by_the_target_keeps_where_it_came_from() {
        Story story = accepted();
        Achievement after = retitled(story.held(4).achievement(), null);
        AchievementCorrected corrected = (AchievementCorrected) story.decided(
                new CorrectAchievement(achievement(4), after, List.of(), REASON)).getLast();
        assertThat(corrected.after().origin()).isEqualTo(new Origin(transfer(1), achievement(1)));
        assertThat(corrected.claims()).isEmpty();
    }

    @Test
    void what_was_received_keeps_its_day_and_its_credits_so_that_it_does_not_count_twice() {
        Story story = accepted();
        Achievement received = story.held(4).achievement();
        for (Achievement after : List.of(retitled(received, received.happenedOn().minusDays(1)),
                theirs(received.credits().hundredths() + 100))) {
            story.refuses(new CorrectAchievement(achievement(4), after, List.of(Campus.record(9)), REASON),
                    new Refusal.ReceivedCannotChange(achievement(4)));
        }
    }

    private static Achievement retitled(Achievement a, @Nullable LocalDate on) {
        return new Achievement(a.kind(), a.issuer(), a.coIssuer(), a.recordKey(), "电工实训",
                a.subject(), a.level(), a.hours(), a.grade(), a.credits(),
                on == null ? a.happenedOn() : on, a.validUntil(), a.evidence(), a.number(),
                a.studyForm(), a.attributes());
    }

    @Test
    void an_offer_is_made_again_from_what_stood_before_it() {
        TransferRequested event = requested(held, offer(wish(1, ME101)));
        assertThat(Transfer.again(held.account(), event, Attributes.NONE, held.around()))
                .isEqualTo(event);
        assertThat(Transfer.again(held.account(), event, null, held.around())).isEqualTo(event);
    }

    @Test
    void an_acceptance_is_made_again_with_what_it_brings() {
        Story story = offered();
        List<AccountEvent> events = story.decided(accept(1));
        assertThat(Transfer.again(story.account(), (TransferAccepted) events.getFirst(),
                story.around())).isEqualTo(events);
    }

    /** What no decision makes cannot stand in a stream either. */
    @Nested
    class The_fold {

        private final TransferAccepted acceptance = new TransferAccepted(transfer(1), TODAY,
                List.of(achievement(4)), List.of(gone(1, 450)));
        private final AchievementRecorded received =
                (AchievementRecorded) waiting().decided(accept(1)).getLast();

        private static Story fresh() {
            return holding(own("ME101", 450), own("ME102", 300), theirs(200));
        }

        private static Story waiting() {
            return fresh().then(offer(wish(1, ME101)));
        }

        private static Story taken() {
            return waiting().then(accept(1));
        }

        private void impossible(Story story, AccountEvent event) {
            assertThatThrownBy(() -> Account.evolve(story.account(), event))
                    .isInstanceOf(IllegalStateException.class);
        }

        private AchievementRecorded received(Achievement achievement) {
            return new AchievementRecorded(
                    achievement(4), Sector.ADULT, TODAY, achievement, List.of());
        }

        private static Achievement with(Achievement a, InstitutionId issuer, Credits credits) {
            return new Achievement(a.kind(), issuer, null, a.recordKey(), a.title(), a.subject(),
                    null, null, a.grade(), credits, a.happenedOn(), null, null, null, null,
                    a.attributes(), a.origin());
        }

        @Test
        void knows_no_transfer_that_was_never_offered_or_of_another_account() {
            impossible(fresh(), acceptance);
            impossible(fresh(), new TransferDeclined(transfer(1), TODAY, List.of()));
            impossible(fresh(), new TransferLapsed(transfer(1), TODAY, List.of()));
            TransferId another = new TransferId(new LearnerId("0X5N8RDW2J7QV4TM"), 1);
            impossible(waiting(), new TransferDeclined(another, TODAY, List.of()));
        }

        @Test
        void lets_nothing_answer_twice() {
            Story accepted = taken();
            impossible(accepted, acceptance);
            impossible(accepted, new TransferDeclined(transfer(1), TODAY, List.of()));
            impossible(accepted, new TransferLapsed(transfer(1), TODAY, List.of()));
        }

        @Test
        void takes_an_offer_back_for_a_piece_only_with_what_became_of_it() {
            impossible(waiting(), new TransferWithdrawn(transfer(1), null, achievement(1), TODAY,
                    List.of(released(1, 450))));
            impossible(waiting(), new TransferWithdrawn(transfer(1),
                    AchievementChange.REVOKED, null, TODAY, List.of(released(1, 450))));
        }

        @Test
        void undoes_only_what_went_and_once() {
            TransferUndone undone = (TransferUndone)
                    taken().decided(revoke(1, COLLEGE)).getFirst();
            impossible(waiting(), undone);
            impossible(taken().then(revoke(1, COLLEGE)), undone);
        }

        @Test
        void gives_back_only_what_nothing_is_left_of() {
            impossible(taken(), cameBack(AchievementChange.REVOKED, 4));
            impossible(taken().then(revoke(4, UNIVERSITY)),
                    cameBack(AchievementChange.REVOKED, 4));
            Story revoked = taken().and(
                    taken().decided(revoke(4, UNIVERSITY)).getFirst());
            impossible(revoked, cameBack(AchievementChange.CORRECTED, 4));
            impossible(revoked, cameBack(AchievementChange.REVOKED, 3));
            Uses.hold(revoked.and(cameBack(AchievementChange.REVOKED, 4)).account());
        }

        private static TransferUndone cameBack(AchievementChange cause, int received) {
            return new TransferUndone(transfer(1), achievement(1), cause,
                    achievement(received), TODAY, List.of(back(1, 450)));
        }

        @Test
        void brings_as_many_pieces_as_were_granted_next_to_those_that_are_there() {
            for (List<AchievementId> received : List.of(List.<AchievementId>of(),
                    List.of(achievement(5)), List.of(achievement(4), achievement(5)))) {
                impossible(waiting(), new TransferAccepted(
                        transfer(1), TODAY, received, acceptance.postings()));
            }
        }

        @Test
        void brings_what_was_granted_and_nothing_else() {
            Story taken = waiting().and(acceptance);
            Achievement a = received.achievement();
            impossible(taken, received(with(a, UNIVERSITY, cn(500))));
            impossible(taken, received(with(a, COLLEGE, cn(450))));
            impossible(taken, received(a.from(new Origin(transfer(1), achievement(2)))));
            impossible(taken, received(a.from(null)));
            taken.and(received);
            Uses.hold(taken.account());
        }

        @Test
        void takes_no_piece_for_received_that_nobody_taken() {
            impossible(fresh(), received);
            impossible(waiting(), received);
            Story accepted = taken();
            impossible(accepted, new AchievementRecorded(achievement(5), Sector.ADULT, TODAY,
                    received.achievement(), List.of()));
        }
    }
}
