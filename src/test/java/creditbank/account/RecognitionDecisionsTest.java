package creditbank.account;

import static creditbank.account.Campus.DAY;
import static creditbank.account.Campus.EVENING;
import static creditbank.account.Campus.FREE;
import static creditbank.account.Campus.ME101;
import static creditbank.account.Campus.ME102;
import static creditbank.account.Campus.MECHATRONICS;
import static creditbank.account.Campus.MUTUAL;
import static creditbank.account.Campus.PARTLY;
import static creditbank.account.Campus.PROVINCIAL;
import static creditbank.account.Campus.RULES;
import static creditbank.account.Campus.SHARING;
import static creditbank.account.Campus.THEIRS;
import static creditbank.account.Campus.TODAY;
import static creditbank.account.Campus.UNIVERSITY;
import static creditbank.account.Campus.WELDING;
import static creditbank.account.Campus.cn;
import static creditbank.account.Campus.correct;
import static creditbank.account.Campus.enrol;
import static creditbank.account.Campus.enrolment;
import static creditbank.account.Campus.evidence;
import static creditbank.account.Campus.graduate;
import static creditbank.account.Campus.holding;
import static creditbank.account.Campus.own;
import static creditbank.account.Campus.posting;
import static creditbank.account.Campus.recognise;
import static creditbank.account.Campus.recognition;
import static creditbank.account.Campus.redeem;
import static creditbank.account.Campus.revoke;
import static creditbank.account.Campus.theirs;
import static creditbank.account.Campus.under;
import static creditbank.account.Campus.wish;
import static creditbank.formats.Samples.COLLEGE;
import static creditbank.formats.Samples.EMPLOYER;
import static creditbank.formats.Samples.LEARNER;
import static creditbank.formats.Samples.REASON;
import static creditbank.formats.Samples.achievement;
import static creditbank.formats.Samples.course;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.account.Campus.Story;
import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.account.AccountCommand;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.CreditState;
import creditbank.api.account.Deposit;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentCommand.WithdrawEnrolment;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionCommand.RecogniseCredits;
import creditbank.api.account.RecognitionCommand.WithdrawRecognition;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RecognitionId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.Fact;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.TargetId;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Region;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RecognitionDecisionsTest {

    /** At the college, with two outcomes of the university. */
    private final Story enrolled = holding(theirs(450), theirs(300)).then(enrol(MECHATRONICS));

    @Nested
    class Recognising {

        @Test
        void states_the_decision_and_binds_the_credits() {
            RecogniseCredits command = recognise(1, RULES, wish(1, ME101));
            Decision decision = new Decision(RULES, TODAY, 1, List.of(new GrantedLine(
                    evidence(1), ME101, new ClauseId("own-credits"), cn(450), cn(450), null,
                    List.of(new Fact(Scope.TARGET, "kind", "course"),
                            new Fact(Scope.EVIDENCE, "credits", "4.50"),
                            new Fact(Scope.EVIDENCE, "unit", "CN")), List.of())),
                    List.of(), List.of(), List.of(), List.of(), Decision.Search.PROVEN);
            enrolled.when(command).expectEvents(new RecognitionDecided(recognition(1),
                    enrolment(1), MECHATRONICS, command.asked(), Attributes.NONE, null, null, null,
                    decision,
                    List.of(posting(1, CreditState.AVAILABLE, CreditState.RESERVED, 450))));
        }

        @Test
        void whatever_counts_most_finds_the_places_itself() {
            RecognitionDecided decided = decided(enrolled, recognise(1, RULES));
            assertThat(decided.asked()).isNull();
            assertThat(decided.decision().granted().stream().mapToLong(line ->
                    line.credits() == null ? 0 : line.credits().hundredths()).sum())
                    .isEqualTo(750);
            assertThat(decided.postings()).hasSize(2);
        }

        @Test
        void binds_all_of_a_piece_of_which_a_part_counts() {
            Story story = holding(theirs(900)).then(enrol(WELDING));
            RecognitionDecided decided = decided(story, recognise(1, RULES, wish(1, ME101)));
            assertThat(decided.decision().granted()).extracting(GrantedLine::credits)
                    .containsExactly(cn(450));
            assertThat(decided.postings()).containsExactly(
                    posting(1, CreditState.AVAILABLE, CreditState.RESERVED, 900));
        }

        @Test
        void states_a_decision_that_grants_nothing_too() {
            RecognitionDecided decided = decided(enrolled, recognise(1, RULES, wish(2, ME101)));
            assertThat(decided.decision().refused()).extracting(line -> line.code())
                    .containsExactly(RefusalCode.WORTH_TOO_SMALL);
            assertThat(decided.postings()).isEmpty();
        }

        @Test
        void the_same_evidence_twice_is_refused_in_the_decision() {
            Story once = enrolled.then(recognise(1, RULES, wish(1, ME101)));
            assertThat(decided(once, recognise(1, RULES, wish(1, FREE))).decision().refused())
                    .singleElement().satisfies(line -> {
                        assertThat(line.code()).isEqualTo(RefusalCode.EVIDENCE_USED);
                        assertThat(line.facts()).contains(new Fact(Scope.EVIDENCE,
                                RefusedLine.USED_BY, recognition(1).toString()));
                    });
        }

        @Test
        void what_counts_already_is_said_to_count() {
            Story once = enrolled.then(recognise(1, RULES, wish(1, ME101)));
            assertThat(decided(once, recognise(1, RULES)).decision().refused())
                    .filteredOn(line -> line.evidence().equals(evidence(1)))
                    .singleElement().satisfies(line -> {
                        assertThat(line.code()).isEqualTo(RefusalCode.ALREADY_COUNTS);
                        assertThat(line.target()).isEqualTo(ME101);
                    });
        }

        @Test
        void what_fills_a_course_in_part_leaves_the_rest_to_another() {
            Story part = holding(theirs(300), theirs(300), theirs(300)).then(
                    enrol(MECHATRONICS), recognise(1, PARTLY, wish(1, ME101)));
            assertThat(decided(part, recognise(1, RULES, wish(2, ME101))).decision().refused())
                    .as("whole").extracting(line -> line.code())
                    .containsExactly(RefusalCode.TARGET_FILLED);
            RecogniseCredits rest = recognise(1, PARTLY, wish(2, ME101));
            assertThat(decided(part, rest).decision().granted()).extracting(GrantedLine::credits)
                    .containsExactly(cn(150));
            assertThat(decided(part.then(rest), recognise(1, PARTLY, wish(3, ME101))).decision()
                    .refused()).extracting(line -> line.code())
                    .containsExactly(RefusalCode.TARGET_FILLED);
        }

        @Test
        void what_another_course_of_studies_uses_is_refused_unless_the_rulebook_shares_it() {
            Story used = enrolled.then(recognise(1, RULES, wish(1, ME101)), enrol(WELDING));
            assertThat(decided(used, recognise(2, RULES, wish(1, ME101))).decision().refused())
                    .extracting(line -> line.code()).containsExactly(RefusalCode.EVIDENCE_USED);
            RecognitionDecided shared = decided(used, recognise(2, SHARING, wish(1, ME101)));
            assertThat(shared.decision().granted()).hasSize(1);
            assertThat(shared.postings()).as("bound already").isEmpty();
        }

        @Test
        void a_school_s_own_course_that_a_diploma_used_is_refused() {
            Story graduate = holding(own("ME101", 450))
                    .then(enrol(WELDING), graduate(1), enrol(MECHATRONICS));
            assertThat(decided(graduate, recognise(2, RULES, wish(1, ME101))).decision()
                    .refused()).extracting(line -> line.code())
                    .containsExactly(RefusalCode.EVIDENCE_USED);
        }

        @Test
        void what_was_redeemed_is_refused_whatever_a_rulebook_ignores() {
            Story redeemed = enrolled.then(redeem(100, achievement(1)));
            for (RulebookVersion rulebook : List.of(RULES, SHARING)) {
                assertThat(decided(redeemed, recognise(1, rulebook, wish(1, ME101))).decision()
                        .refused()).extracting(line -> line.code())
                        .containsExactly(RefusalCode.EVIDENCE_USED);
            }
        }

        @Test
        void what_opened_the_door_is_refused() {
            Story admitted = holding(theirs(450)).then(new EnrolLearner(
                    LEARNER, MECHATRONICS, COLLEGE, null, DAY, achievement(1)));
            assertThat(decided(admitted, recognise(1, RULES, wish(1, ME101))).decision()
                    .refused()).extracting(line -> line.code())
                    .containsExactly(RefusalCode.EVIDENCE_USED);
        }

        @Test
        void towards_what_the_programme_does_not_have_is_refused_in_the_decision() {
            assertThat(decided(enrolled, recognise(1, RULES, wish(1, TargetId.course("X"))))
                    .decision().refused()).extracting(line -> line.code())
                    .containsExactly(RefusalCode.TARGET_UNKNOWN);
        }

        @Test
        void what_is_said_of_the_learner_does_not_stand_in_clear() {
            RecogniseCredits plain = recognise(1, RULES, wish(1, ME101));
            RecognitionDecided decided = decided(enrolled, new RecogniseCredits(plain.enrolment(),
                    COLLEGE, RULES, plain.asked(), null, Attributes.NONE.with("urgent", true),
                    Attributes.NONE.with("learner-group", "veteran"),
                    creditbank.formats.Samples.box("sealed"), null));
            assertThat(decided.ofLearner()).isEqualTo(creditbank.formats.Samples.box("sealed"));
            assertThat(decided.request()).isEqualTo(Attributes.NONE.with("urgent", true));
            assertThat(decided.toString()).doesNotContain("veteran");
        }

        @Test
        void under_an_unknown_rulebook_is_refused() {
            RulebookVersion none = new RulebookVersion(new RulebookId("none"), 1);
            enrolled.refuses(recognise(1, none), new Refusal.RulebookUnknown(none));
        }

        @Test
        void under_a_rulebook_that_is_not_in_force_that_day_is_refused() {
            enrolled.refuses(recognise(1, Campus.ENDED),
                    new Refusal.RulebookNotInForce(Campus.ENDED, TODAY));
        }

        @Test
        void under_a_rulebook_of_another_unit_is_refused() {
            enrolled.refuses(recognise(1, Campus.IN_ECTS), new Refusal.RulebookOfAnotherUnit(
                    Campus.IN_ECTS, CreditUnit.ECTS, CreditUnit.CN));
        }

        @Test
        void by_another_school_is_refused() {
            holding(theirs(450)).then(enrol(EVENING)).refuses(recognise(1, RULES),
                    new Refusal.NotYourInstitution(COLLEGE, UNIVERSITY));
        }

        @Test
        void by_a_school_that_was_suspended_is_refused() {
            enrolled.around().institution(COLLEGE, new Institution.Suspended(
                    Sector.VOCATIONAL, InstitutionKind.COLLEGE, new Region("210600"), null));
            enrolled.refuses(recognise(1, RULES), new Refusal.InstitutionSuspended(COLLEGE));
        }

        @Test
        void towards_studies_that_are_not_there_is_refused() {
            enrolled.refuses(recognise(2, RULES),
                    new Refusal.EnrolmentUnknown("7K3M9Q2HX4T8W1ZC-e2"));
        }

        @Test
        void towards_studies_that_have_ended_is_refused() {
            enrolled.then(new WithdrawEnrolment(enrolment(1), COLLEGE, null, REASON)).refuses(
                    recognise(1, RULES), new Refusal.EnrolmentEnded(enrolment(1)));
        }

        @Test
        void what_has_expired_is_refused_where_it_is_named_and_in_the_decision_else() {
            Story expired = holding(theirs(450, DAY.plusYears(1)), theirs(300))
                    .then(enrol(MECHATRONICS));
            expired.refuses(recognise(1, RULES, wish(1, ME101)),
                    new Refusal.AchievementDoesNotHold(achievement(1), TODAY));
            Decision best = decided(expired, recognise(1, RULES)).decision();
            assertThat(best.granted()).extracting(GrantedLine::evidence)
                    .containsExactly(evidence(2));
            assertThat(best.refused()).containsExactly(new RefusedLine(evidence(1), null, null,
                    RefusalCode.EVIDENCE_DOES_NOT_HOLD, List.of(), List.of()));
            assertThat(decided(expired, recognise(1, RULES, wish(2, FREE))).decision().refused())
                    .as("nobody asked").isEmpty();
        }

        @Test
        void what_was_revoked_is_refused_where_it_is_named() {
            enrolled.then(revoke(1, UNIVERSITY)).refuses(recognise(1, RULES, wish(1, ME101)),
                    new Refusal.AchievementAlreadyRevoked(achievement(1)));
        }

        @Test
        void before_the_studies_began_is_refused() {
            RecogniseCredits c = recognise(1, RULES);
            enrolled.refuses(new RecogniseCredits(c.enrolment(), COLLEGE, RULES, null,
                            DAY.minusDays(1), Attributes.NONE, Attributes.NONE, null, null),
                    new ValueInvalid("on", Rule.DATE_BEFORE_BASIS, "2024-06-29"));
        }

        @Test
        void tomorrow_is_refused() {
            RecogniseCredits c = recognise(1, RULES);
            enrolled.refuses(new RecogniseCredits(c.enrolment(), COLLEGE, RULES, null,
                            TODAY.plusDays(1), Attributes.NONE, Attributes.NONE, null, null),
                    new ValueInvalid("on", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }
    }

    @Nested
    class Other_people_s_rules {

        @Test
        void of_the_region_the_school_lies_in_are_its_own() {
            assertThat(decided(enrolled, recognise(1, PROVINCIAL, wish(1, ME101))).decision()
                    .granted()).hasSize(1);
        }

        @Test
        void need_an_agreement() {
            enrolled.refuses(recognise(1, THEIRS, wish(1, ME101)), another());
            enrolled.refuses(recognise(1, THEIRS), another());
        }

        @Test
        void decide_where_an_agreement_names_them() {
            RecognitionDecided decided =
                    decided(enrolled, under(MUTUAL, THEIRS, wish(1, ME101)));
            assertThat(decided.agreement()).isEqualTo(MUTUAL);
            assertThat(decided.decision().granted()).hasSize(1);
        }

        @Test
        void do_not_decide_under_an_agreement_that_is_over() {
            enrolled.refuses(under(Campus.OVER, THEIRS, wish(1, ME101)),
                    new Refusal.AgreementNotInForce(Campus.OVER, TODAY));
            enrolled.refuses(under(Campus.OVER, THEIRS),
                    new Refusal.AgreementNotInForce(Campus.OVER, TODAY));
        }

        @Test
        void do_not_decide_under_an_agreement_that_is_not_there() {
            AgreementId none = new AgreementId("none");
            enrolled.refuses(under(none, THEIRS), new Refusal.AgreementUnknown(none));
        }

        @Test
        void do_not_decide_under_an_agreement_about_others() {
            enrolled.refuses(under(Campus.OTHER_RULES, THEIRS),
                    new Refusal.AgreementWithoutRulebook(Campus.OTHER_RULES, THEIRS.id()));
        }

        @Test
        void do_not_reach_outcomes_of_institutions_the_agreement_does_not_speak_of() {
            Story mixed = holding(course(EMPLOYER, 450, DAY, null), theirs(450))
                    .then(enrol(MECHATRONICS));
            mixed.refuses(under(MUTUAL, THEIRS, wish(1, ME101)),
                    new Refusal.AgreementWithoutDirection(
                            MUTUAL, Party.of(EMPLOYER), Party.of(COLLEGE)));
            Decision best = decided(mixed, under(MUTUAL, THEIRS)).decision();
            assertThat(best.granted()).extracting(GrantedLine::evidence)
                    .containsExactly(evidence(2));
            assertThat(best.refused()).containsExactly(new RefusedLine(evidence(1), null, null,
                    RefusalCode.ISSUER_NOT_COVERED, List.of(), List.of()));
        }

        private Refusal another() {
            return new Refusal.RulebookOfAnotherJurisdiction(
                    THEIRS.id(), new Jurisdiction("institution/open-university"), COLLEGE);
        }
    }

    @Nested
    class Withdrawing {

        private final Story recognised = enrolled.then(recognise(1, RULES, wish(1, ME101)));

        @Test
        void a_mistake_frees_the_credits() {
            recognised.when(withdraw(1, 1)).expectEvents(withdrawn(1, 1, Cause.MISTAKE, 450));
        }

        @Test
        void what_other_studies_bind_is_freed_with_the_last_of_them() {
            Story both = recognised.then(enrol(WELDING), recognise(2, SHARING, wish(1, ME101)));
            both.when(withdraw(1, 1)).expectEvents(new RecognitionWithdrawn(
                    recognition(1), achievement(1), Cause.MISTAKE, TODAY, List.of()));
            both.then(withdraw(1, 1)).when(withdraw(2, 1))
                    .expectEvents(withdrawn(2, 1, Cause.MISTAKE, 450));
        }

        @Test
        void lets_the_evidence_be_recognised_again() {
            assertThat(decided(recognised.then(withdraw(1, 1)),
                    recognise(1, RULES, wish(1, FREE))).decision().granted()).hasSize(1);
        }

        @Test
        void what_was_not_recognised_is_refused() {
            recognised.refuses(withdraw(1, 2),
                    new Refusal.NothingRecognised(recognition(1), achievement(2)));
            recognised.then(withdraw(1, 1)).refuses(withdraw(1, 1),
                    new Refusal.NothingRecognised(recognition(1), achievement(1)));
        }

        @Test
        void what_was_never_decided_is_refused() {
            recognised.refuses(withdraw(2, 1),
                    new Refusal.RecognitionUnknown("7K3M9Q2HX4T8W1ZC-r2"));
        }

        @Test
        void by_another_school_is_refused() {
            recognised.refuses(new WithdrawRecognition(
                            recognition(1), achievement(1), UNIVERSITY, REASON),
                    new Refusal.NotYourInstitution(UNIVERSITY, COLLEGE));
        }

        @Test
        void after_the_studies_have_ended_is_refused() {
            recognised.then(new WithdrawEnrolment(enrolment(1), COLLEGE, null, REASON)).refuses(
                    withdraw(1, 1), new Refusal.EnrolmentEnded(enrolment(1)));
        }
    }

    @Nested
    class What_was_recognised {

        @Test
        void goes_with_a_revocation_in_one_commit() {
            enrolled.then(recognise(1, RULES, wish(1, ME101)), recognise(1, RULES, wish(2, ME102)))
                    .when(revoke(1, UNIVERSITY)).expectEvents(
                            withdrawn(1, 1, Cause.REVOKED, 450),
                            new AchievementRevoked(achievement(1), UNIVERSITY,
                                    new Deposit(Sector.ADULT, cn(450), null), DAY,
                                    List.of(Campus.record(1))));
        }

        @Test
        void goes_from_all_studies_that_counted_it() {
            enrolled.then(recognise(1, RULES, wish(1, ME101)), enrol(WELDING),
                    recognise(2, SHARING, wish(1, ME101))).when(revoke(1, UNIVERSITY))
                    .expectEvents(new RecognitionWithdrawn(recognition(1), achievement(1),
                                    Cause.REVOKED, TODAY, List.of()),
                            withdrawn(2, 1, Cause.REVOKED, 450),
                            new AchievementRevoked(achievement(1), UNIVERSITY,
                                    new Deposit(Sector.ADULT, cn(450), null), DAY,
                                    List.of(Campus.record(1))));
        }

        @Test
        void goes_with_a_correction_because_it_was_decided_on_other_facts() {
            enrolled.then(recognise(1, RULES, wish(1, ME101))).when(correct(1, theirs(600)))
                    .expectEvents(withdrawn(1, 1, Cause.CORRECTED, 450),
                            new AchievementCorrected(achievement(1),
                                    new Deposit(Sector.ADULT, cn(450), null), theirs(600),
                                    List.of(), List.of()));
        }

        @Test
        void can_be_decided_anew_after_a_correction() {
            Story corrected = enrolled.then(
                    recognise(1, RULES, wish(1, ME101)), correct(1, theirs(600)));
            assertThat(corrected.held(1).available()).isEqualTo(600);
            assertThat(decided(corrected, recognise(1, RULES, wish(1, ME101))).postings())
                    .containsExactly(posting(
                            1, CreditState.AVAILABLE, CreditState.RESERVED, 600));
        }

        @Test
        void that_is_nothing_leaves_a_revocation_as_it_was() {
            enrolled.when(revoke(1, UNIVERSITY)).expectEvents(new AchievementRevoked(
                    achievement(1), UNIVERSITY, new Deposit(Sector.ADULT, cn(450), null), DAY,
                    List.of(Campus.record(1))));
        }
    }

    /** What no decision makes cannot stand in a stream either. */
    @Nested
    class The_fold {

        private final RecognitionWithdrawn withdrawn = withdrawn(1, 1, Cause.MISTAKE, 450);

        @Test
        void withdraws_nothing_that_was_never_recognised_or_of_another_account() {
            impossible(enrolled, withdrawn);
            Story recognised = enrolled.then(recognise(1, RULES, wish(1, ME101)));
            impossible(recognised, withdrawn(2, 1, Cause.MISTAKE, 450));
            impossible(recognised, withdrawn(1, 2, Cause.MISTAKE, 450));
            impossible(recognised, new RecognitionWithdrawn(
                    new RecognitionId(new LearnerId("0X5N8RDW2J7QV4TM"), 1), achievement(1),
                    Cause.MISTAKE, TODAY, withdrawn.postings()));
        }

        @Test
        void withdraws_nothing_twice() {
            impossible(enrolled.then(recognise(1, RULES, wish(1, ME101)), withdraw(1, 1)),
                    withdrawn);
        }

        @Test
        void withdraws_nothing_once_the_studies_are_left() {
            impossible(enrolled.then(recognise(1, RULES, wish(1, ME101)),
                    new WithdrawEnrolment(enrolment(1), COLLEGE, null, REASON)), withdrawn);
        }

        @Test
        void frees_no_more_than_is_bound() {
            impossible(enrolled.then(recognise(1, RULES, wish(1, ME101))),
                    withdrawn(1, 1, Cause.MISTAKE, 451));
        }

        private static void impossible(Story story, AccountEvent event) {
            assertThatThrownBy(() -> Account.evolve(story.account(), event))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    // ------------------------------------------------------------------

    private static WithdrawRecognition withdraw(int recognition, int achievement) {
        return new WithdrawRecognition(
                recognition(recognition), achievement(achievement), COLLEGE, REASON);
    }

    private static RecognitionWithdrawn withdrawn(
            int recognition, int achievement, Cause cause, long freed) {
        return new RecognitionWithdrawn(recognition(recognition), achievement(achievement), cause,
                TODAY, List.of(posting(
                        achievement, CreditState.RESERVED, CreditState.AVAILABLE, freed)));
    }

    private static RecognitionDecided decided(Story story, AccountCommand command) {
        assertThat(story.decided(command)).hasSize(1);
        return (RecognitionDecided) story.decided(command).getFirst();
    }
}
