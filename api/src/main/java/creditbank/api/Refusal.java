package creditbank.api;

import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.Mistake;
import creditbank.api.value.Rule;
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

    // ------------------------------------------------------------------ unknown

    record LearnerUnknown(String learner) implements Unknown {
        @Override
        public String code() {
            return "learner-unknown";
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

    record NotYourAccount(LearnerId asked) implements NotAllowed {
        @Override
        public String code() {
            return "not-your-account";
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

    /** A file of the bank fails under what was asked: damaged, locked, or without room. */
    record StoreFailed(String cause) implements Unavailable {
        @Override
        public String code() {
            return "store-failed";
        }
    }
}
