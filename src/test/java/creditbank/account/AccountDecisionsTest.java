package creditbank.account;

import static creditbank.formats.Samples.COLLEGE;
import static creditbank.formats.Samples.EMPLOYER;
import static creditbank.formats.Samples.LEARNER;
import static creditbank.formats.Samples.REASON;
import static creditbank.formats.Samples.achievement;
import static creditbank.formats.Samples.apprenticeship;
import static creditbank.formats.Samples.certificate;
import static creditbank.formats.Samples.claim;
import static creditbank.formats.Samples.course;
import static creditbank.formats.Samples.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Fixtures;
import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.account.AccountCommand;
import creditbank.api.account.AccountCommand.CorrectAchievement;
import creditbank.api.account.AccountCommand.CorrectIdentity;
import creditbank.api.account.AccountCommand.EraseLearner;
import creditbank.api.account.AccountCommand.LiftRestriction;
import creditbank.api.account.AccountCommand.OpenAccount;
import creditbank.api.account.AccountCommand.RecordAchievement;
import creditbank.api.account.AccountCommand.RestrictAccount;
import creditbank.api.account.AccountCommand.RevokeAchievement;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AccountEvent.IdentityCorrected;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AccountEvent.RestrictionLifted;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.ApplicationCommand.AppealDecision;
import creditbank.api.account.ApplicationCommand.DismissAppeal;
import creditbank.api.account.ApplicationCommand.RejectApplication;
import creditbank.api.account.ApplicationCommand.ResubmitApplication;
import creditbank.api.account.ApplicationCommand.ReturnApplication;
import creditbank.api.account.ApplicationCommand.UpholdAppeal;
import creditbank.api.account.ApplicationCommand.WithdrawApplication;
import creditbank.api.account.Deposit;
import creditbank.api.account.Origin;
import creditbank.api.account.TransferId;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentCommand.MoveEnrolment;
import creditbank.api.account.EnrolmentCommand.WithdrawEnrolment;
import creditbank.api.account.RecognitionCommand.WithdrawRecognition;
import creditbank.api.account.RedemptionCommand.ReverseRedemption;
import creditbank.api.account.TransferCommand.DeclineTransfer;
import creditbank.api.account.TransferCommand.LapseTransfer;
import creditbank.api.account.TransferCommand.WithdrawTransfer;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.Claim;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccountDecisionsTest {

    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final LocalDate DAY = LocalDate.of(2024, 6, 30);

    private static final InstitutionId SUSPENDED = new InstitutionId("shut-school");
    private static final InstitutionId NOBODY = new InstitutionId("nobody");
    private static final Surroundings AROUND = new KnownSurroundings(TODAY)
            .institution(COLLEGE, new Institution.Active(
                    Sector.VOCATIONAL, InstitutionKind.COLLEGE, null, null))
            .institution(EMPLOYER, new Institution.Active(
                    Sector.ADULT, InstitutionKind.ENTERPRISE, null, null))
            .institution(SUSPENDED, new Institution.Suspended(
                    Sector.GENERAL, InstitutionKind.SCHOOL, null, null));

    private static final Claim PERSON = claim(Claim.Kind.IDENTITY, "person");
    private static final Claim OTHER_PERSON = claim(Claim.Kind.IDENTITY, "other");
    private static final Claim RECORD = claim(Claim.Kind.RECORD, "record");
    private static final Claim OTHER_RECORD = claim(Claim.Kind.RECORD, "other");
    private static final Claim NUMBER = claim(Claim.Kind.NUMBER, "number");
    private static final Claim OTHER_NUMBER = claim(Claim.Kind.NUMBER, "other");

    private static final AccountEvent OPENED =
            new AccountOpened(LEARNER, identity("王小明"), List.of(PERSON));
    private static final AccountEvent RESTRICTED = new AccountRestricted(LEARNER);
    private static final AccountEvent LIFTED = new RestrictionLifted(LEARNER);
    private static final AccountEvent ERASED = new LearnerErased(LEARNER, List.of(PERSON));
    private static final Deposit DEPOSIT = deposit(450);

    @Nested
    class An_account {

        @Test
        void is_opened_for_a_person() {
            when(given(), new OpenAccount(LEARNER, null, identity("王小明"), PERSON))
                    .expectEvents(OPENED);
        }

        @Test
        void is_opened_by_institutions_that_may_act() {
            when(given(), new OpenAccount(LEARNER, COLLEGE, identity("王小明"), PERSON))
                    .expectEvents(OPENED);
            refused(when(given(), new OpenAccount(
                    LEARNER, SUSPENDED, identity("王小明"), PERSON)),
                    new Refusal.InstitutionSuspended(SUSPENDED));
            refused(when(given(), new OpenAccount(LEARNER, NOBODY, identity("王小明"), PERSON)),
                    new Refusal.InstitutionUnknown("nobody"));
        }

        @Test
        void is_opened_once() {
            refused(when(given(OPENED), new OpenAccount(
                    LEARNER, null, identity("王小明"), PERSON)),
                    new Refusal.AccountAlreadyOpen(LEARNER));
        }

        @Test
        void is_not_opened_again_when_it_was_erased() {
            refused(when(given(OPENED, ERASED),
                    new OpenAccount(LEARNER, null, identity("王小明"), PERSON)),
                    new Refusal.AccountAlreadyOpen(LEARNER));
        }

        @Test
        void that_was_never_opened_takes_nothing() {
            for (AccountCommand command : everyCommandOnAnOpenAccount()) {
                refused(when(given(), command), new Refusal.LearnerUnknown(LEARNER.text()));
            }
        }

        @Test
        void that_was_erased_takes_nothing() {
            for (AccountCommand command : everyCommandOnAnOpenAccount()) {
                refused(when(given(OPENED, recorded(1), ERASED), command),
                        new Refusal.AccountErased(LEARNER));
            }
        }

        @Test
        void is_restricted_and_opened_again() {
            when(given(OPENED), new RestrictAccount(LEARNER, REASON)).expectEvents(RESTRICTED);
            when(given(OPENED, RESTRICTED), new LiftRestriction(LEARNER, REASON))
                    .expectEvents(LIFTED);
        }

        @Test
        void cannot_be_restricted_twice() {
            refused(when(given(OPENED, RESTRICTED), new RestrictAccount(LEARNER, REASON)),
                    new Refusal.AccountRestricted(LEARNER));
        }

        @Test
        void that_is_not_restricted_has_no_restriction_to_lift() {
            refused(when(given(OPENED), new LiftRestriction(LEARNER, REASON)),
                    new Refusal.AccountNotRestricted(LEARNER));
            refused(when(given(OPENED, RESTRICTED, LIFTED), new LiftRestriction(LEARNER, REASON)),
                    new Refusal.AccountNotRestricted(LEARNER));
        }

        @Test
        void that_is_erased_sets_the_person_free() {
            when(given(OPENED), new EraseLearner(LEARNER, REASON)).expectEvents(ERASED);
        }

        @Test
        void that_is_restricted_can_be_erased() {
            when(given(OPENED, RESTRICTED), new EraseLearner(LEARNER, REASON))
                    .expectEvents(ERASED);
        }
    }

    @Nested
    class A_person {

        @Test
        void whose_document_changes_is_claimed_by_the_new_one_alone() {
            when(given(OPENED),
                    new CorrectIdentity(LEARNER, identity("王晓明"), OTHER_PERSON, REASON))
                    .expectEvents(new IdentityCorrected(LEARNER, identity("王晓明"),
                            List.of(OTHER_PERSON), List.of(PERSON)));
        }

        @Test
        void whose_name_alone_changes_stays_claimed() {
            when(given(OPENED), new CorrectIdentity(LEARNER, identity("王晓明"), PERSON, REASON))
                    .expectEvents(new IdentityCorrected(
                            LEARNER, identity("王晓明"), List.of(), List.of()));
        }

        @Test
        void is_set_free_under_the_document_last_known() {
            when(given(OPENED, new IdentityCorrected(LEARNER, identity("王晓明"),
                            List.of(OTHER_PERSON), List.of(PERSON)),
                    new IdentityCorrected(LEARNER, identity("王小明"), List.of(), List.of())),
                    new EraseLearner(LEARNER, REASON))
                    .expectEvents(new LearnerErased(LEARNER, List.of(OTHER_PERSON)));
        }

        @Test
        void can_be_corrected_while_the_account_is_restricted() {
            when(given(OPENED, RESTRICTED),
                    new CorrectIdentity(LEARNER, identity("王晓明"), PERSON, REASON))
                    .expectEvents(new IdentityCorrected(
                            LEARNER, identity("王晓明"), List.of(), List.of()));
        }
    }

    @Nested
    class Recording {

        @Test
        void puts_the_credits_into_the_pool_of_the_issuer_s_sector() {
            when(given(OPENED), record(course(), RECORD)).expectEvents(recorded(1));
        }

        @Test
        void numbers_the_achievements_of_an_account() {
            when(given(OPENED, recorded(1), revoked(1)), record(course(), OTHER_RECORD))
                    .expectEvents(new AchievementRecorded(achievement(2), Sector.VOCATIONAL, TODAY,
                            course(), List.of(OTHER_RECORD)));
        }

        @Test
        void takes_an_achievement_of_today() {
            Achievement today = course(COLLEGE, 450, TODAY, null);
            when(given(OPENED), record(today, RECORD)).expectEvents(new AchievementRecorded(
                    achievement(1), Sector.VOCATIONAL, TODAY, today, List.of(RECORD)));
        }

        @Test
        void of_tomorrow_is_refused() {
            refused(when(given(OPENED),
                    record(course(COLLEGE, 450, TODAY.plusDays(1), null), RECORD)),
                    new ValueInvalid("happenedOn", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }

        @Test
        void takes_an_achievement_that_has_expired_since() {
            Achievement expired = course(COLLEGE, 450, DAY, DAY.plusYears(1));
            when(given(OPENED), record(expired, RECORD)).expectEvents(new AchievementRecorded(
                    achievement(1), Sector.VOCATIONAL, TODAY, expired, List.of(RECORD)));
        }

        @Test
        void into_a_restricted_account_is_refused() {
            refused(when(given(OPENED, RESTRICTED), record(course(), RECORD)),
                    new Refusal.AccountRestricted(LEARNER));
        }

        @Test
        void goes_on_when_the_restriction_is_lifted() {
            when(given(OPENED, RESTRICTED, LIFTED), record(course(), RECORD))
                    .expectEvents(recorded(1));
        }

        @Test
        void by_an_unknown_institution_is_refused() {
            refused(when(given(OPENED), record(course(NOBODY, 450, DAY, null), RECORD)),
                    new Refusal.InstitutionUnknown("nobody"));
        }

        @Test
        void by_a_suspended_institution_is_refused() {
            refused(when(given(OPENED), record(course(SUSPENDED, 450, DAY, null), RECORD)),
                    new Refusal.InstitutionSuspended(SUSPENDED));
        }

        @Test
        void an_apprenticeship_stands_in_the_sector_of_the_school() {
            when(given(OPENED), record(apprenticeship(), RECORD)).expectEvents(
                    new AchievementRecorded(achievement(1), Sector.VOCATIONAL, TODAY, apprenticeship(),
                            List.of(RECORD)));
        }

        @Test
        void with_an_unknown_co_issuer_is_refused() {
            refused(when(given(OPENED), record(apprenticeshipWith(NOBODY), RECORD)),
                    new Refusal.InstitutionUnknown("nobody"));
        }

        @Test
        void with_a_suspended_co_issuer_is_refused() {
            refused(when(given(OPENED), record(apprenticeshipWith(SUSPENDED), RECORD)),
                    new Refusal.InstitutionSuspended(SUSPENDED));
        }
    }

    @Nested
    class Correcting {

        private final Achievement better = course(COLLEGE, 600, DAY.plusDays(1), TODAY);

        @Test
        void says_what_lay_there_and_what_should_have() {
            when(given(OPENED, recorded(1)), correct(1, better, RECORD))
                    .expectEvents(new AchievementCorrected(
                            achievement(1), DEPOSIT, better, List.of(), List.of()));
        }

        @Test
        void twice_starts_from_what_was_corrected_first() {
            AchievementCorrected first = new AchievementCorrected(
                    achievement(1), DEPOSIT, better, List.of(), List.of());
            when(given(OPENED, recorded(1), first), correct(1, course(), RECORD))
                    .expectEvents(new AchievementCorrected(achievement(1),
                            new Deposit(Sector.VOCATIONAL, new Credits(600, CreditUnit.CN), TODAY),
                            course(), List.of(), List.of()));
        }

        @Test
        void another_number_claims_it_and_sets_the_wrong_one_free() {
            when(given(OPENED, certified()), correct(1, certificate(), RECORD, OTHER_NUMBER))
                    .expectEvents(new AchievementCorrected(achievement(1), deposit(0),
                            certificate(), List.of(OTHER_NUMBER), List.of(NUMBER)));
        }

        @Test
        void another_record_key_claims_it_and_sets_the_wrong_one_free() {
            when(given(OPENED, recorded(1)), correct(1, course(), OTHER_RECORD))
                    .expectEvents(new AchievementCorrected(achievement(1), DEPOSIT, course(),
                            List.of(OTHER_RECORD), List.of(RECORD)));
        }

        @Test
        void claims_made_by_a_correction_are_set_free_by_the_next() {
            AchievementCorrected first = new AchievementCorrected(achievement(1), deposit(0),
                    certificate(), List.of(OTHER_NUMBER), List.of(NUMBER));
            when(given(OPENED, certified(), first), correct(1, certificate(), RECORD, NUMBER))
                    .expectEvents(new AchievementCorrected(achievement(1), deposit(0),
                            certificate(), List.of(NUMBER), List.of(OTHER_NUMBER)));
        }

        @Test
        void keeps_the_sector_of_the_day_of_recording() {
            AchievementRecorded then = new AchievementRecorded(
                    achievement(1), Sector.GENERAL, TODAY, course(), List.of(RECORD));
            when(given(OPENED, then), correct(1, better, RECORD))
                    .expectEvents(new AchievementCorrected(achievement(1),
                            new Deposit(Sector.GENERAL, new Credits(450, CreditUnit.CN), null),
                            better, List.of(), List.of()));
        }

        @Test
        void to_a_day_in_the_future_is_refused() {
            refused(when(given(OPENED, recorded(1)),
                    correct(1, course(COLLEGE, 450, TODAY.plusDays(1), null), RECORD)),
                    new ValueInvalid("happenedOn", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }

        @Test
        void an_unknown_achievement_is_refused() {
            refused(when(given(OPENED, recorded(1)), correct(2, course(), RECORD)),
                    new Refusal.AchievementUnknown("7K3M9Q2HX4T8W1ZC-2"));
        }

        @Test
        void what_another_institution_recorded_is_refused() {
            refused(when(given(OPENED, recorded(1)),
                    correct(1, course(EMPLOYER, 450, DAY, null), RECORD)),
                    new Refusal.NotYourInstitution(EMPLOYER, COLLEGE));
        }

        @Test
        void what_was_revoked_is_refused() {
            refused(when(given(OPENED, recorded(1), revoked(1)), correct(1, course(), RECORD)),
                    new Refusal.AchievementAlreadyRevoked(achievement(1)));
        }

        @Test
        void the_kind_is_refused() {
            refused(when(given(OPENED, recorded(1)),
                    correct(1, certificate(), RECORD, NUMBER)),
                    new Refusal.KindCannotChange(achievement(1), AchievementKind.COURSE));
        }

        @Test
        void in_a_restricted_account_is_refused() {
            refused(when(given(OPENED, recorded(1), RESTRICTED), correct(1, better, RECORD)),
                    new Refusal.AccountRestricted(LEARNER));
        }

        @Test
        void by_an_institution_suspended_since_is_refused() {
            Achievement theirs = course(SUSPENDED, 450, DAY, null);
            AchievementRecorded then = new AchievementRecorded(
                    achievement(1), Sector.GENERAL, TODAY, theirs, List.of(RECORD));
            refused(when(given(OPENED, then), correct(1, theirs, RECORD)),
                    new Refusal.InstitutionSuspended(SUSPENDED));
        }
    }

    @Nested
    class Revoking {

        @Test
        void takes_the_credits_out_as_if_they_had_never_been() {
            when(given(OPENED, recorded(1)), new RevokeAchievement(
                    achievement(1), COLLEGE, null, REASON)).expectEvents(revoked(1));
        }

        @Test
        void may_hold_from_a_later_day_only() {
            LocalDate later = LocalDate.of(2025, 3, 1);
            when(given(OPENED, recorded(1)), revoke(COLLEGE, later)).expectEvents(
                    new AchievementRevoked(
                            achievement(1), COLLEGE, DEPOSIT, later, List.of(RECORD)));
        }

        @Test
        void may_hold_from_today_and_from_the_day_itself() {
            when(given(OPENED, recorded(1)), revoke(COLLEGE, TODAY)).expectEvents(
                    new AchievementRevoked(
                            achievement(1), COLLEGE, DEPOSIT, TODAY, List.of(RECORD)));
            when(given(OPENED, recorded(1)), revoke(COLLEGE, DAY)).expectEvents(revoked(1));
        }

        @Test
        void sets_every_claim_free() {
            when(given(OPENED, certified()), revoke(COLLEGE, DAY)).expectEvents(
                    new AchievementRevoked(achievement(1), COLLEGE, deposit(0), DAY,
                            List.of(RECORD, NUMBER)));
        }

        @Test
        void sets_the_claims_of_a_correction_free() {
            AchievementCorrected correction = new AchievementCorrected(achievement(1), deposit(0),
                    certificate(), List.of(OTHER_NUMBER), List.of(NUMBER));
            when(given(OPENED, certified(), correction), revoke(COLLEGE, DAY)).expectEvents(
                    new AchievementRevoked(achievement(1), COLLEGE, deposit(0), DAY,
                            List.of(RECORD, OTHER_NUMBER)));
        }

        @Test
        void lets_the_same_evidence_be_recorded_anew() {
            when(given(OPENED, recorded(1), revoked(1)), record(course(), RECORD)).expectEvents(
                    new AchievementRecorded(
                            achievement(2), Sector.VOCATIONAL, TODAY, course(), List.of(RECORD)));
        }

        @Test
        void withdraws_what_the_last_correction_left() {
            AchievementCorrected correction = new AchievementCorrected(achievement(1), DEPOSIT,
                    course(COLLEGE, 600, DAY, TODAY), List.of(), List.of());
            when(given(OPENED, recorded(1), correction), revoke(COLLEGE, DAY)).expectEvents(
                    new AchievementRevoked(achievement(1), COLLEGE,
                            new Deposit(Sector.VOCATIONAL, new Credits(600, CreditUnit.CN), TODAY),
                            DAY, List.of(RECORD)));
        }

        @Test
        void from_tomorrow_on_is_refused() {
            refused(when(given(OPENED, recorded(1)), revoke(COLLEGE, TODAY.plusDays(1))),
                    new ValueInvalid("effectiveOn", Rule.DATE_IN_FUTURE, "2026-11-23"));
        }

        @Test
        void from_before_it_happened_is_refused() {
            refused(when(given(OPENED, recorded(1)), revoke(COLLEGE, DAY.minusDays(1))),
                    new ValueInvalid(
                            "effectiveOn", Rule.EFFECTIVE_BEFORE_HAPPENED, "2024-06-29"));
        }

        @Test
        void twice_is_refused() {
            refused(when(given(OPENED, recorded(1), revoked(1)), revoke(COLLEGE, DAY)),
                    new Refusal.AchievementAlreadyRevoked(achievement(1)));
        }

        @Test
        void what_another_institution_recorded_is_refused_also_to_the_co_issuer() {
            AchievementRecorded together = new AchievementRecorded(
                    achievement(1), Sector.VOCATIONAL, TODAY, apprenticeship(), List.of(RECORD));
            refused(when(given(OPENED, together), revoke(EMPLOYER, DAY)),
                    new Refusal.NotYourInstitution(EMPLOYER, COLLEGE));
        }

        @Test
        void an_unknown_achievement_is_refused() {
            refused(when(given(OPENED), revoke(COLLEGE, DAY)),
                    new Refusal.AchievementUnknown("7K3M9Q2HX4T8W1ZC-1"));
        }

        @Test
        void is_possible_in_a_restricted_account() {
            when(given(OPENED, recorded(1), RESTRICTED), revoke(COLLEGE, DAY))
                    .expectEvents(revoked(1));
        }

        @Test
        void is_possible_for_an_institution_that_was_suspended_since() {
            AchievementRecorded then = new AchievementRecorded(achievement(1), Sector.GENERAL, TODAY,
                    course(SUSPENDED, 450, DAY, null), List.of(RECORD));
            when(given(OPENED, then), revoke(SUSPENDED, DAY)).expectEvents(
                    new AchievementRevoked(achievement(1), SUSPENDED,
                            new Deposit(Sector.GENERAL, new Credits(450, CreditUnit.CN), null),
                            DAY, List.of(RECORD)));
        }
    }

    // ------------------------------------------------------------------

    private static List<AccountCommand> everyCommandOnAnOpenAccount() {
        List<AccountCommand> commands = List.of(
                new CorrectIdentity(LEARNER, identity("王晓明"), PERSON, REASON),
                new RestrictAccount(LEARNER, REASON),
                new LiftRestriction(LEARNER, REASON),
                new EraseLearner(LEARNER, REASON),
                record(course(), RECORD),
                correct(1, course(), RECORD),
                revoke(COLLEGE, DAY),
                new EnrolLearner(LEARNER, Campus.MECHATRONICS, COLLEGE, null, null, null),
                new MoveEnrolment(Campus.enrolment(1), Campus.LATER, COLLEGE, REASON),
                new WithdrawEnrolment(Campus.enrolment(1), COLLEGE, null, REASON),
                Campus.apply(Campus.RULES),
                new ResubmitApplication(Campus.application(1), null, "user/learner",
                        Campus.asking(Campus.RULES), Attributes.NONE, null),
                new WithdrawApplication(Campus.application(1), null),
                Campus.endorse(COLLEGE, "user/college"),
                new ReturnApplication(Campus.application(1), COLLEGE, "user/college", null, REASON),
                new RejectApplication(Campus.application(1), COLLEGE, "user/college", null, REASON),
                new AppealDecision(Campus.application(1), null, REASON),
                new DismissAppeal(Campus.application(1), "user/registrar", REASON),
                new UpholdAppeal(Campus.application(1), "user/registrar", REASON),
                Campus.recognise(1, Campus.RULES),
                new WithdrawRecognition(
                        Campus.recognition(1), achievement(1), COLLEGE, REASON),
                Campus.graduate(1),
                Campus.redeem(100),
                new ReverseRedemption(Campus.redemption(1), COLLEGE, null, REASON),
                Campus.offer(), Campus.accept(1),
                new DeclineTransfer(Campus.transfer(1), COLLEGE, REASON),
                new WithdrawTransfer(Campus.transfer(1), COLLEGE, REASON),
                new LapseTransfer(Campus.transfer(1), null));
        // All but OpenAccount.
        assertThat(commands.stream().map(Object::getClass)).doesNotHaveDuplicates()
                .hasSize((int) commandsUnder(AccountCommand.class).count() - 1);
        return commands;
    }

    private static Stream<Class<?>> commandsUnder(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses())
                .flatMap(AccountDecisionsTest::commandsUnder) : Stream.of(type);
    }

    /** What no decision makes cannot stand in a stream either. */
    @Nested
    class The_fold {

        @Test
        void restricts_no_account_twice() {
            impossible(given(OPENED, RESTRICTED), RESTRICTED);
        }

        @Test
        void lifts_no_restriction_that_is_not_there() {
            impossible(given(OPENED), LIFTED);
        }

        @Test
        void revokes_nothing_twice() {
            impossible(given(OPENED, recorded(1), revoked(1)), revoked(1));
            impossible(given(OPENED, certified(), revoked(1)), revoked(1));
        }

        @Test
        void corrects_nothing_that_was_revoked() {
            impossible(given(OPENED, recorded(1), revoked(1)), corrected(course()));
        }

        @Test
        void corrects_no_achievement_into_another_kind_or_issuer_s_or_origin_s() {
            impossible(given(OPENED, recorded(1)), corrected(apprenticeship()));
            impossible(given(OPENED, recorded(1)), corrected(
                    course(EMPLOYER, 450, DAY, null)));
            impossible(given(OPENED, recorded(1)), corrected(course().from(
                    new Origin(new TransferId(LEARNER, 1), achievement(1)))));
        }

        private static AccountEvent corrected(Achievement after) {
            return new AchievementCorrected(
                    achievement(1), DEPOSIT, after, List.of(), List.of());
        }

        private static void impossible(List<AccountEvent> before, AccountEvent event) {
            Account state = Account.NONE;
            for (AccountEvent each : before) {
                state = Account.evolve(state, each);
            }
            Account stands = state;
            assertThatThrownBy(() -> Account.evolve(stands, event))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    private static RecordAchievement record(Achievement achievement, Claim... claims) {
        return new RecordAchievement(LEARNER, achievement, List.of(claims));
    }

    private static CorrectAchievement correct(int number, Achievement after, Claim... claims) {
        return new CorrectAchievement(achievement(number), after, List.of(claims), REASON);
    }

    private static RevokeAchievement revoke(InstitutionId issuer, LocalDate effectiveOn) {
        return new RevokeAchievement(achievement(1), issuer, effectiveOn, REASON);
    }

    private static AccountEvent recorded(int number) {
        return new AchievementRecorded(
                achievement(number), Sector.VOCATIONAL, TODAY, course(), List.of(RECORD));
    }

    private static AccountEvent certified() {
        return new AchievementRecorded(new AchievementId(LEARNER, 1), Sector.VOCATIONAL, TODAY,
                certificate(), List.of(RECORD, NUMBER));
    }

    private static AccountEvent revoked(int number) {
        return new AchievementRevoked(
                achievement(number), COLLEGE, DEPOSIT, DAY, List.of(RECORD));
    }

    private static Deposit deposit(long hundredths) {
        return new Deposit(Sector.VOCATIONAL, new Credits(hundredths, CreditUnit.CN), null);
    }

    private static Achievement apprenticeshipWith(InstitutionId coIssuer) {
        Achievement a = apprenticeship();
        return new Achievement(a.kind(), a.issuer(), coIssuer, a.recordKey(), a.title(), null,
                null, null, null, a.credits(), a.happenedOn(), null, null, null, null,
                a.attributes());
    }

    private static List<AccountEvent> given(AccountEvent... events) {
        return List.of(events);
    }

    private static ResultValidator<AccountAggregate> when(
            List<AccountEvent> given, AccountCommand command) {
        return Fixtures.when(AccountAggregate.class, given, command, AROUND);
    }

    private static void refused(ResultValidator<?> result, Refusal refusal) {
        Fixtures.refused(result, refusal);
    }
}
