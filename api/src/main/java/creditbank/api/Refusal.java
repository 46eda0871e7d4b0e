package creditbank.api;

import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.Desk;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.TransferId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.api.rulebook.Mistake;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.api.value.Title;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why the bank says no. Every refusal has a stable code; the words for it (what happened, what was
 * expected, what to do) stand per language in the message bundle {@code refusals}, where each
 * record component can be named. A refused command has changed nothing.
 */
public sealed interface Refusal {

    /** Stable for ever: clients and files name it. */
    String code();

    /** A value that cannot be what it should be. */
    sealed interface Invalid extends Refusal {
    }

    /** Something named that the bank does not know. */
    sealed interface Unknown extends Refusal {
    }

    /** At odds with what the bank already holds. */
    sealed interface Conflict extends Refusal {
    }

    /** Not for the one who asks. */
    sealed interface NotAllowed extends Refusal {
    }

    /** Not now: nothing is wrong with the command, and it may be sent again. */
    sealed interface Unavailable extends Refusal {
    }

    // ------------------------------------------------------------------ invalid

    /**
     * A field holds what it may not hold.
     *
     * @param field the field or column, or empty where a value stands alone
     * @param rule  what was expected
     * @param found what was found, cut to a few characters; never a personal value
     * @param known the words there are, as people read a list, where only some are possible
     */
    record ValueInvalid(String field, Rule rule, String found, @Nullable String known)
            implements Invalid {

        public ValueInvalid(String field, Rule rule, String found) {
            this(field, rule, found, null);
        }

        /** The same, of a field. */
        public ValueInvalid in(String now) {
            return new ValueInvalid(now, rule, found, known);
        }

        /** The same, where what was found may not be shown as it is. */
        public ValueInvalid found(String shown) {
            return new ValueInvalid(field, rule, shown, known);
        }

        @Override
        public String code() {
            return rule.code();
        }
    }

    /**
     * A profile of a file says something that cannot be followed.
     *
     * @param profile its name
     * @param line    where in its YAML, from 1
     * @param field   such as {@code achievement.credits.amount}; empty for the whole
     * @param problem what is wrong and what was expected, in English
     */
    record ProfileInvalid(String profile, long line, String field, String problem)
            implements Invalid {
        @Override
        public String code() {
            return "profile-invalid";
        }
    }

    /** Evidence is asked for of one learner, of one institution or of one range, never of more. */
    record EvidenceSelectionUnclear() implements Invalid {
        @Override
        public String code() {
            return "evidence-selection-unclear";
        }
    }

    /** More than a bundle of evidence holds. */
    record EvidenceTooLarge(int mostEntries, int mostMegabytes) implements Invalid {
        @Override
        public String code() {
            return "evidence-too-large";
        }
    }

    /**
     * A text is no rulebook: nothing of it is taken.
     *
     * @param mistakes all there are, in the order of the text
     */
    record RulebookInvalid(List<Mistake> mistakes) implements Invalid {
        @Override
        public String code() {
            return "rulebook-invalid";
        }
    }

    /** @param found what the text says it is */
    record RulebookIsAnother(RulebookVersion asked, RulebookVersion found) implements Invalid {
        @Override
        public String code() {
            return "rulebook-is-another";
        }
    }

    /**
     * The courses that everybody takes do not fit into their group.
     *
     * @param group   its id
     * @param courses what they have together, in the plan's unit; electives left out
     * @param credits what the group takes
     */
    record PlanGroupOverfull(String group, String courses, String credits) implements Invalid {
        @Override
        public String code() {
            return "plan-group-overfull";
        }
    }

    /** @param most what may be recognised at all in a group that takes only {@code credits} */
    record PlanCapAboveGroup(String group, String most, String credits) implements Invalid {
        @Override
        public String code() {
            return "plan-cap-above-group";
        }
    }

    /**
     * What everybody takes is more than the programme takes in all.
     *
     * @param needed  what groups, and courses outside of them, have together
     * @param credits what the programme takes
     */
    record PlanTotalTooSmall(String needed, String credits) implements Invalid {
        @Override
        public String code() {
            return "plan-total-too-small";
        }
    }

    /**
     * Nobody exchanges with a part of itself: an institution with its own region, say.
     *
     * @param inner the one that lies in the other
     */
    record AgreementCircular(AgreementId agreement, Party inner, Party outer) implements Invalid {
        @Override
        public String code() {
            return "agreement-circular";
        }
    }

    /** @param entries of the learner between the two moments */
    record TooManyEntriesBetween(long entries, long most) implements Invalid {
        @Override
        public String code() {
            return "too-many-entries-between";
        }
    }

    // ------------------------------------------------------------------ unknown

    record LearnerUnknown(String learner) implements Unknown {
        @Override
        public String code() {
            return "learner-unknown";
        }
    }

    /** The account was opened later than what was asked about. */
    record LearnerNotYetKnown(String learner, long position, long opened) implements Unknown {
        @Override
        public String code() {
            return "learner-not-yet-known";
        }
    }

    /**
     * Nothing stands there yet.
     *
     * @param asked the position of an entry
     * @param last  the position of the last entry; -1 where the ledger is empty
     */
    record PositionBeyondTheEnd(long asked, long last) implements Unknown {
        @Override
        public String code() {
            return "position-beyond-the-end";
        }
    }

    /** @param first when the first entry was recorded */
    record BeforeTheFirstEntry(Instant asked, Instant first) implements Unknown {
        @Override
        public String code() {
            return "before-the-first-entry";
        }
    }

    record InstitutionUnknown(String institution) implements Unknown {
        @Override
        public String code() {
            return "institution-unknown";
        }
    }

    record AchievementUnknown(String achievement) implements Unknown {
        @Override
        public String code() {
            return "achievement-unknown";
        }
    }

    /** No entry of the ledger came from such a command. */
    record CommandUnknown(String command) implements Unknown {
        @Override
        public String code() {
            return "command-unknown";
        }
    }

    /**
     * A tile that is not in the log, or not whole yet.
     *
     * @param size how many entries are published
     */
    record TileNotPublished(String path, long size) implements Unknown {
        @Override
        public String code() {
            return "tile-not-published";
        }
    }

    /** A cosigned checkpoint was asked for, and no witness has cosigned one since the start. */
    record CheckpointNotCosigned() implements Unknown {
        @Override
        public String code() {
            return "checkpoint-not-cosigned";
        }
    }

    /** @param size how many entries are published */
    record EntryNotPublished(long position, long size) implements Unknown {
        @Override
        public String code() {
            return "entry-not-published";
        }
    }

    /**
     * There is no consistency proof between these sizes.
     *
     * @param size how many entries are published
     */
    record SizesNotPublished(long from, long to, long size) implements Unknown {
        @Override
        public String code() {
            return "sizes-not-published";
        }
    }

    /** @param known the names there are */
    record ProjectionUnknown(String projection, String known) implements Unknown {
        @Override
        public String code() {
            return "projection-unknown";
        }
    }

    /** No row of the import was rejected, so there is no file of them. */
    record NothingRejected(String importId) implements Unknown {
        @Override
        public String code() {
            return "nothing-rejected";
        }
    }

    record ImportUnknown(String importId) implements Unknown {
        @Override
        public String code() {
            return "import-unknown";
        }
    }

    /** @param known the names of the profiles that exist, as people read a list */
    record ProfileUnknown(String profile, String known) implements Unknown {
        @Override
        public String code() {
            return "profile-unknown";
        }
    }

    record RulebookUnknown(RulebookVersion rulebook) implements Unknown {
        @Override
        public String code() {
            return "rulebook-unknown";
        }
    }

    record EnrolmentUnknown(String enrolment) implements Unknown {
        @Override
        public String code() {
            return "enrolment-unknown";
        }
    }

    record RecognitionUnknown(String recognition) implements Unknown {
        @Override
        public String code() {
            return "recognition-unknown";
        }
    }

    record ApplicationUnknown(String application) implements Unknown {
        @Override
        public String code() {
            return "application-unknown";
        }
    }

    record RedemptionUnknown(String redemption) implements Unknown {
        @Override
        public String code() {
            return "redemption-unknown";
        }
    }

    record TransferUnknown(String transfer) implements Unknown {
        @Override
        public String code() {
            return "transfer-unknown";
        }
    }

    record ProgrammeUnknown(ProgrammeId programme) implements Unknown {
        @Override
        public String code() {
            return "programme-unknown";
        }
    }

    /** There is the programme, but no such version of it. */
    record ProgrammeVersionUnknown(ProgrammeVersion programme) implements Unknown {
        @Override
        public String code() {
            return "programme-version-unknown";
        }
    }

    /** Of a rulebook that an agreement names, no version was ever approved. */
    record RulebookNeverApproved(RulebookId rulebook) implements Unknown {
        @Override
        public String code() {
            return "rulebook-never-approved";
        }
    }

    record AgreementUnknown(AgreementId agreement) implements Unknown {
        @Override
        public String code() {
            return "agreement-unknown";
        }
    }

    /** @param known the names there are */
    record FigureUnknown(String figure, String known) implements Unknown {
        @Override
        public String code() {
            return "figure-unknown";
        }
    }

    /** @param known the names of the policies that have targets here */
    record PolicyUnknown(String policy, String known) implements Unknown {
        @Override
        public String code() {
            return "policy-unknown";
        }
    }

    /** No rulebook in force on the day, of those that were asked, opens such a door. */
    record DoorUnknown(String door, LocalDate day, String known) implements Unknown {
        @Override
        public String code() {
            return "door-unknown";
        }
    }

    // ------------------------------------------------------------------ conflict

    record InstitutionAlreadyRegistered(InstitutionId institution) implements Conflict {
        @Override
        public String code() {
            return "institution-already-registered";
        }
    }

    /** Two institutions cannot share one unified social credit code. */
    record OrganisationCodeAlreadyRegistered(long position) implements Conflict {
        @Override
        public String code() {
            return "organisation-code-already-registered";
        }
    }

    record InstitutionSuspended(InstitutionId institution) implements Conflict {
        @Override
        public String code() {
            return "institution-suspended";
        }
    }

    record InstitutionNotSuspended(InstitutionId institution) implements Conflict {
        @Override
        public String code() {
            return "institution-not-suspended";
        }
    }

    /** The account id is taken; ids are random, so this is a command sent with a used id. */
    record AccountAlreadyOpen(LearnerId learner) implements Conflict {
        @Override
        public String code() {
            return "account-already-open";
        }
    }

    /** One account a person: the identity document already stands for an account. */
    record PersonAlreadyHasAccount(long position, Instant recordedAt) implements Conflict {
        @Override
        public String code() {
            return "person-already-has-account";
        }
    }

    record AccountRestricted(LearnerId learner) implements Conflict {
        @Override
        public String code() {
            return "account-restricted";
        }
    }

    record AccountNotRestricted(LearnerId learner) implements Conflict {
        @Override
        public String code() {
            return "account-not-restricted";
        }
    }

    record AccountErased(LearnerId learner) implements Conflict {
        @Override
        public String code() {
            return "account-erased";
        }
    }

    /**
     * One piece of evidence exists once in the whole bank.
     *
     * @param key         which key is taken: {@code record} or {@code number}
     * @param position    where it stands
     * @param institution who recorded it
     * @param recordedAt  when
     */
    record AchievementAlreadyRecorded(
            String key, long position, InstitutionId institution, Instant recordedAt)
            implements Conflict {
        @Override
        public String code() {
            return "achievement-already-recorded";
        }
    }

    record AchievementAlreadyRevoked(AchievementId achievement) implements Conflict {
        @Override
        public String code() {
            return "achievement-already-revoked";
        }
    }

    /** A correction keeps the kind; another kind is revoked and recorded anew. */
    record KindCannotChange(AchievementId achievement, AchievementKind kind)
            implements Conflict {
        @Override
        public String code() {
            return "kind-cannot-change";
        }
    }

    /** What a transfer brought has the day and the credits that were decided. */
    record ReceivedCannotChange(AchievementId achievement) implements Conflict {
        @Override
        public String code() {
            return "received-cannot-change";
        }
    }

    /** {@code If-Match} named another version of the account than the one that stands. */
    record VersionMismatch(long expected, long actual) implements Conflict {
        @Override
        public String code() {
            return "version-mismatch";
        }
    }

    /** An import of the same file by the same institution is still running. */
    record ImportRunning(String importId) implements Conflict {
        @Override
        public String code() {
            return "import-running";
        }
    }

    /** @param row the earlier row of the same file that has the same key and other content */
    record RecordRepeatedInFile(long row) implements Conflict {
        @Override
        public String code() {
            return "record-repeated-in-file";
        }
    }

    /** Its number is taken by a proposal that nobody has decided on yet. */
    record RulebookAlreadyProposed(RulebookVersion rulebook) implements Conflict {
        @Override
        public String code() {
            return "rulebook-already-proposed";
        }
    }

    /** A version that was approved stays what it is; it can only be ended. */
    record RulebookAlreadyApproved(RulebookVersion rulebook) implements Conflict {
        @Override
        public String code() {
            return "rulebook-already-approved";
        }
    }

    /** Only proposed so far, so there are no days in force that could end. */
    record RulebookNotApproved(RulebookVersion rulebook) implements Conflict {
        @Override
        public String code() {
            return "rulebook-not-approved";
        }
    }

    /** The proposal was taken back. */
    record RulebookWithdrawn(RulebookVersion rulebook) implements Conflict {
        @Override
        public String code() {
            return "rulebook-withdrawn";
        }
    }

    /**
     * Two versions of one rulebook are never in force on the same day.
     *
     * @param inForce the version that has some of the days already
     * @param from    its first day
     * @param until   its last day, where it has one
     */
    record RulebookOverlaps(RulebookVersion rulebook, RulebookVersion inForce, LocalDate from,
            @Nullable LocalDate until) implements Conflict {
        @Override
        public String code() {
            return "rulebook-overlaps";
        }
    }

    /**
     * A version supersedes one that is in force when it begins, and begins later than that one.
     *
     * @param begins the first day of the version that should supersede
     */
    record RulebookDoesNotFollow(RulebookVersion rulebook, RulebookVersion superseded,
            LocalDate begins) implements Conflict {
        @Override
        public String code() {
            return "rulebook-does-not-follow";
        }
    }

    /** @param until the last day in force as it stands */
    record RulebookEndsSooner(RulebookVersion rulebook, LocalDate until) implements Conflict {
        @Override
        public String code() {
            return "rulebook-ends-sooner";
        }
    }

    /**
     * What was in force on a day that has come stays in force on that day.
     *
     * @param until    the last day in force that was asked for
     * @param earliest the earliest there can be
     */
    record RulebookDayPassed(RulebookVersion rulebook, LocalDate until, LocalDate earliest)
            implements Conflict {
        @Override
        public String code() {
            return "rulebook-day-passed";
        }
    }

    /** In the same programme, and the studies go on. */
    record AlreadyEnrolled(EnrolmentId enrolment) implements Conflict {
        @Override
        public String code() {
            return "already-enrolled";
        }
    }

    /** The learner left or graduated: nothing is recognised towards it any more. */
    record EnrolmentEnded(EnrolmentId enrolment) implements Conflict {
        @Override
        public String code() {
            return "enrolment-ended";
        }
    }

    /**
     * Learners move between versions of one programme.
     *
     * @param from where the learner is
     */
    record EnrolmentCannotMove(EnrolmentId enrolment, ProgrammeVersion from,
            ProgrammeVersion programme) implements Conflict {
        @Override
        public String code() {
            return "enrolment-cannot-move";
        }
    }

    /** The amounts of a rulebook and of a programme are compared, so they have one unit. */
    record RulebookOfAnotherUnit(RulebookVersion rulebook, CreditUnit unit,
            CreditUnit programmeUnit) implements Conflict {
        @Override
        public String code() {
            return "rulebook-of-another-unit";
        }
    }

    /** Somebody else's rules: only an agreement lets them decide here. */
    record RulebookOfAnotherJurisdiction(RulebookId rulebook, Jurisdiction jurisdiction,
            InstitutionId school) implements Conflict {
        @Override
        public String code() {
            return "rulebook-of-another-jurisdiction";
        }
    }

    /** Approved, but not for this day. */
    record RulebookNotInForce(RulebookVersion rulebook, LocalDate day) implements Conflict {
        @Override
        public String code() {
            return "rulebook-not-in-force";
        }
    }

    /** It was achieved later, or its validity has ended. */
    record AchievementDoesNotHold(AchievementId achievement, LocalDate day) implements Conflict {
        @Override
        public String code() {
            return "achievement-does-not-hold";
        }
    }

    /** Nothing of this achievement counts by this recognition. */
    record NothingRecognised(RecognitionId recognition, AchievementId achievement) implements Conflict {
        @Override
        public String code() {
            return "nothing-recognised";
        }
    }

    /** The rulebook asks for steps: nobody decides at once. */
    record ApplicationNeeded(RulebookVersion rulebook) implements Conflict {
        @Override
        public String code() {
            return "application-needed";
        }
    }

    /** The rulebook asks for no steps: the school decides at once. */
    record NoApplicationNeeded(RulebookVersion rulebook) implements Conflict {
        @Override
        public String code() {
            return "no-application-needed";
        }
    }

    /** A step is the issuer's, so there has to be one, and it has to be known. */
    record NotOneIssuer(RulebookVersion rulebook) implements Conflict {
        @Override
        public String code() {
            return "not-one-issuer";
        }
    }

    /** It was returned, decided or withdrawn: nothing is to be done at a step. */
    record ApplicationNotWaiting(ApplicationId application) implements Conflict {
        @Override
        public String code() {
            return "application-not-waiting";
        }
    }

    /** The same lines are asked for once at a time, for the same studies and under one rulebook. */
    record ApplicationOpen(ApplicationId application) implements Conflict {
        @Override
        public String code() {
            return "application-open";
        }
    }

    /** Only what was returned is sent again. */
    record ApplicationNotReturned(ApplicationId application) implements Conflict {
        @Override
        public String code() {
            return "application-not-returned";
        }
    }

    /** It was decided or withdrawn before. */
    record ApplicationDecided(ApplicationId application) implements Conflict {
        @Override
        public String code() {
            return "application-decided";
        }
    }

    /** The rules it was submitted under do not hold any more on the day it would be approved. */
    record ApplicationRulesEnded(ApplicationId application, RulebookVersion rulebook,
            LocalDate day) implements Conflict {
        @Override
        public String code() {
            return "application-rules-ended";
        }
    }

    /** Nothing was decided, nothing was refused, or the rulebook knows no appeal. */
    record NothingToAppeal(ApplicationId application) implements Conflict {
        @Override
        public String code() {
            return "nothing-to-appeal";
        }
    }

    /** @param until the last day on which it could be appealed */
    record AppealTooLate(ApplicationId application, LocalDate until) implements Conflict {
        @Override
        public String code() {
            return "appeal-too-late";
        }
    }

    record ApplicationNotAppealed(ApplicationId application) implements Conflict {
        @Override
        public String code() {
            return "application-not-appealed";
        }
    }

    /**
     * Something is missing for the diploma.
     *
     * @param missing what, each with the credits found and needed, in the plan's unit; by codes,
     *                for programs
     * @param says    the same by the titles that plan and rulebooks give it, for people
     */
    record ProgrammeNotComplete(EnrolmentId enrolment, String missing, Title says)
            implements Conflict {
        @Override
        public String code() {
            return "programme-not-complete";
        }
    }

    /**
     * Fewer credits can be used than were asked for.
     *
     * @param available what could be used on that day of the achievements that were named, or of
     *                  all
     */
    record CreditsNotAvailable(Credits credits, Credits available, LocalDate day) implements Conflict {
        @Override
        public String code() {
            return "credits-not-available";
        }
    }

    record RedemptionReversed(RedemptionId redemption) implements Conflict {
        @Override
        public String code() {
            return "redemption-reversed";
        }
    }

    /** Credits go from one school to another. */
    record TransferToOneself(InstitutionId institution) implements Conflict {
        @Override
        public String code() {
            return "transfer-to-oneself";
        }
    }

    /**
     * A school lets go of what it stated itself.
     *
     * @param issuer who stated it
     * @param from   who would let go of it
     */
    record EvidenceOfAnotherInstitution(AchievementId achievement, InstitutionId issuer,
            InstitutionId from) implements Conflict {
        @Override
        public String code() {
            return "evidence-of-another-institution";
        }
    }

    /**
     * Credits are mapped on a programme of the school they go to.
     *
     * @param owner whose programme it is
     */
    record ProgrammeOfAnotherInstitution(ProgrammeVersion programme, InstitutionId owner,
            InstitutionId to) implements Conflict {
        @Override
        public String code() {
            return "programme-of-another-institution";
        }
    }

    /** The rulebook grants none of what was asked; what would be can be asked without writing. */
    record TransferOfNothing(RulebookVersion rulebook, InstitutionId to) implements Conflict {
        @Override
        public String code() {
            return "transfer-of-nothing";
        }
    }

    /**
     * Nobody is held to an answer for ever, nor by a day that has passed.
     *
     * @param answerBy the last day for an answer that was asked for
     */
    record AnswerDayOutOfBounds(LocalDate answerBy, LocalDate earliest, LocalDate latest)
            implements Conflict {
        @Override
        public String code() {
            return "answer-day-out-of-bounds";
        }
    }

    /** It was accepted, declined, taken back or lapsed: that stands. */
    record TransferEnded(TransferId transfer) implements Conflict {
        @Override
        public String code() {
            return "transfer-ended";
        }
    }

    /** @param answerBy the last day on which it could be answered */
    record TransferAnswerTooLate(TransferId transfer, LocalDate answerBy) implements Conflict {
        @Override
        public String code() {
            return "transfer-answer-too-late";
        }
    }

    /** @param answerBy the last day on which it can be answered */
    record TransferStillWaits(TransferId transfer, LocalDate answerBy) implements Conflict {
        @Override
        public String code() {
            return "transfer-still-waits";
        }
    }

    /** Learners move between versions, so what was counted in one has to count in the next. */
    record PlanUnitCannotChange(ProgrammeVersion replaces, CreditUnit unit, CreditUnit asked)
            implements Conflict {
        @Override
        public String code() {
            return "plan-unit-cannot-change";
        }
    }

    record ProgrammeAlreadyDefined(ProgrammeId programme) implements Conflict {
        @Override
        public String code() {
            return "programme-already-defined";
        }
    }

    /** Its id is taken by a proposal that still waits for a party. */
    record AgreementAlreadyProposed(AgreementId agreement) implements Conflict {
        @Override
        public String code() {
            return "agreement-already-proposed";
        }
    }

    /** Every party has agreed: it stays what it is and can only be ended. */
    record AgreementAlreadyConcluded(AgreementId agreement) implements Conflict {
        @Override
        public String code() {
            return "agreement-already-concluded";
        }
    }

    record AgreementAlreadyAccepted(AgreementId agreement, Party party) implements Conflict {
        @Override
        public String code() {
            return "agreement-already-accepted";
        }
    }

    /** Some party has not agreed yet, so there are no days in force that could end. */
    record AgreementNotConcluded(AgreementId agreement) implements Conflict {
        @Override
        public String code() {
            return "agreement-not-concluded";
        }
    }

    /** The proposal was taken back, or a party declined it. */
    record AgreementTakenBack(AgreementId agreement) implements Conflict {
        @Override
        public String code() {
            return "agreement-taken-back";
        }
    }

    /** @param until the last day in force as it stands */
    record AgreementEndsSooner(AgreementId agreement, LocalDate until) implements Conflict {
        @Override
        public String code() {
            return "agreement-ends-sooner";
        }
    }

    /**
     * Somebody else revised it meanwhile.
     *
     * @param programme the version that should be replaced
     * @param newest    the number of the version that is the newest now
     */
    record ProgrammeAlreadyRevised(ProgrammeVersion programme, int newest) implements Conflict {
        @Override
        public String code() {
            return "programme-already-revised";
        }
    }

    /** It is neither revised nor closed again. */
    record ProgrammeClosed(ProgrammeId programme) implements Conflict {
        @Override
        public String code() {
            return "programme-closed";
        }
    }

    /**
     * What was in force on a day that has come stays in force on that day.
     *
     * @param until    the last day in force that was asked for
     * @param earliest the earliest there can be
     */
    record AgreementDayPassed(AgreementId agreement, LocalDate until, LocalDate earliest)
            implements Conflict {
        @Override
        public String code() {
            return "agreement-day-passed";
        }
    }

    /** Nothing is recognised under it on this day. */
    record AgreementNotInForce(AgreementId agreement, LocalDate day) implements Conflict {
        @Override
        public String code() {
            return "agreement-not-in-force";
        }
    }

    /**
     * None of its directions leads from the one side to the other.
     *
     * @param issuer   whose outcome it is
     * @param awarding who would give credits for it
     */
    record AgreementWithoutDirection(AgreementId agreement, Party issuer, Party awarding)
            implements Conflict {
        @Override
        public String code() {
            return "agreement-without-direction";
        }
    }

    /** It names other rulebooks than this. */
    record AgreementWithoutRulebook(AgreementId agreement, RulebookId rulebook)
            implements Conflict {
        @Override
        public String code() {
            return "agreement-without-rulebook";
        }
    }

    // ------------------------------------------------------------------ not allowed

    /** It takes two: who proposed a version does not approve it. */
    record RulebookApprovedByProposer(RulebookVersion rulebook) implements NotAllowed {
        @Override
        public String code() {
            return "rulebook-approved-by-proposer";
        }
    }

    /** An institution writes only as itself and mends only what it recorded. */
    record NotYourInstitution(@Nullable InstitutionId yours, InstitutionId asked)
            implements NotAllowed {
        @Override
        public String code() {
            return "not-your-institution";
        }
    }

    /** An institution tries nothing with learners it has nothing to do with. */
    record NotYourLearner(InstitutionId institution, LearnerId learner) implements NotAllowed {
        @Override
        public String code() {
            return "not-your-learner";
        }
    }

    record NotYourStep(ApplicationId application, String step, Desk desk) implements NotAllowed {
        @Override
        public String code() {
            return "not-your-step";
        }
    }

    /** It takes two: nobody decides about a decision of their own. */
    record DecidedByYourself(ApplicationId application) implements NotAllowed {
        @Override
        public String code() {
            return "decided-by-yourself";
        }
    }

    /** It takes two at a school as well: whoever applied for it does not pass its steps. */
    record SubmittedByYourself(ApplicationId application) implements NotAllowed {
        @Override
        public String code() {
            return "submitted-by-yourself";
        }
    }

    record NotYourAccount(LearnerId asked) implements NotAllowed {
        @Override
        public String code() {
            return "not-your-account";
        }
    }

    /** It takes two: who proposed an agreement does not accept it for another party. */
    record AgreementAcceptedByProposer(AgreementId agreement) implements NotAllowed {
        @Override
        public String code() {
            return "agreement-accepted-by-proposer";
        }
    }

    /** Only its own parties decide on an agreement. */
    record NotAPartyOfAgreement(AgreementId agreement, Party party) implements NotAllowed {
        @Override
        public String code() {
            return "not-a-party-of-agreement";
        }
    }

    /** An institution acts as itself; for regions, countries and banks a registrar does. */
    record NotYourParty(Party asked) implements NotAllowed {
        @Override
        public String code() {
            return "not-your-party";
        }
    }

    // ------------------------------------------------------------------ unavailable

    /** The queue of commands is full. */
    record LedgerBusy(int waiting) implements Unavailable {
        @Override
        public String code() {
            return "ledger-busy";
        }
    }

    /** The same account changed under this command again and again. */
    record AccountContended(int attempts) implements Unavailable {
        @Override
        public String code() {
            return "account-contended";
        }
    }

    /** The ledger cannot be written (disk full, read-only, locked): nothing was recorded. */
    record LedgerNotWritable(String cause) implements Unavailable {
        @Override
        public String code() {
            return "ledger-not-writable";
        }
    }

    /**
     * The disk failed while committing: the command may or may not stand. Sending it again with
     * the same idempotency key is safe and settles it.
     */
    record OutcomeUnknown(String cause) implements Unavailable {
        @Override
        public String code() {
            return "outcome-unknown";
        }
    }

    /** A file beside the ledger (an upload, rejected rows) cannot be written. */
    record FileNotStored(String cause) implements Unavailable {
        @Override
        public String code() {
            return "file-not-stored";
        }
    }

    /** The account stands, but its key does not: the keys folder is older than the ledger. */
    record KeyMissing(LearnerId learner) implements Unavailable {
        @Override
        public String code() {
            return "key-missing";
        }
    }

    /** The learner is erased, but another program still holds the journal with the old key. */
    record ErasureUnfinished(LearnerId learner) implements Unavailable {
        @Override
        public String code() {
            return "erasure-unfinished";
        }
    }

    /**
     * A read asked for a position that the views have not reached in time.
     *
     * @param asked   the position of an entry
     * @param reached the position of the last entry that every view has folded; -1 for none
     */
    record ViewsBehind(long asked, long reached) implements Unavailable {
        @Override
        public String code() {
            return "views-behind";
        }
    }

    /** Folding the whole ledger takes a processor and a disk: the bank does so once at a time. */
    record ReplayBusy() implements Unavailable {
        @Override
        public String code() {
            return "replay-busy";
        }
    }

    /** No checkpoint of the log can be given: none is signed yet, or its files fail. */
    record LogNotPublished() implements Unavailable {
        @Override
        public String code() {
            return "log-not-published";
        }
    }

    /** A file of the bank fails under what was asked: damaged, locked, or without room. */
    record StoreFailed(String cause) implements Unavailable {
        @Override
        public String code() {
            return "store-failed";
        }
    }
}
