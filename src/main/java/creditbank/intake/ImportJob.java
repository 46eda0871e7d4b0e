package creditbank.intake;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import creditbank.api.Refusal;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Rule;
import creditbank.ledger.EntryFormat;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * {@code job.json}: what an import is, so that it can go on after the program ended.
 *
 * @param as      the institution that imports, or {@code null} for a registrar
 * @param sha256  of the file
 * @param outcome when it has one
 * @param refusal why the file could not be used at all
 * @param reached how far it has come, in whatever run; descriptions of old do not say
 */
record ImportJob(
        String id,
        String fileName,
        String profile,
        String profileYaml,
        boolean dryRun,
        @Nullable InstitutionId as,
        boolean registerInstitution,
        String actor,
        String sha256,
        ImportStatus.State state,
        Instant submittedAt,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome,
        @Nullable Refusal refusal,
        @Nullable Reached reached) {

    /**
     * What was told of an import, so that after a stop or a new start nothing of it is taken back.
     *
     * @param percent               of the whole work
     * @param institutionRegistered whether the profile's institution was new, and was registered
     */
    record Reached(int percent, boolean institutionRegistered) {

        static final Reached NOTHING = new Reached(0, false);

        Reached and(Progress now) {
            return new Reached(Math.max(percent, now.percent()),
                    institutionRegistered || now.institutionRegistered());
        }
    }

    /**
     * What each refusal is called in the file, whatever its class is called: its code, where it
     * has one alone. What is once written here stays.
     */
    static final Map<String, Class<? extends Refusal>> REFUSALS = Map.ofEntries(
            Map.entry("value-invalid", Refusal.ValueInvalid.class),
            Map.entry("profile-invalid", Refusal.ProfileInvalid.class),
            Map.entry("learner-unknown", Refusal.LearnerUnknown.class),
            Map.entry("institution-unknown", Refusal.InstitutionUnknown.class),
            Map.entry("achievement-unknown", Refusal.AchievementUnknown.class),
            Map.entry("command-unknown", Refusal.CommandUnknown.class),
            Map.entry("projection-unknown", Refusal.ProjectionUnknown.class),
            Map.entry("key-missing", Refusal.KeyMissing.class),
            Map.entry("erasure-unfinished", Refusal.ErasureUnfinished.class),
            Map.entry("nothing-rejected", Refusal.NothingRejected.class),
            Map.entry("import-unknown", Refusal.ImportUnknown.class),
            Map.entry("profile-unknown", Refusal.ProfileUnknown.class),
            Map.entry("institution-already-registered",
                    Refusal.InstitutionAlreadyRegistered.class),
            Map.entry("organisation-code-already-registered",
                    Refusal.OrganisationCodeAlreadyRegistered.class),
            Map.entry("institution-suspended", Refusal.InstitutionSuspended.class),
            Map.entry("institution-not-suspended", Refusal.InstitutionNotSuspended.class),
            Map.entry("account-already-open", Refusal.AccountAlreadyOpen.class),
            Map.entry("person-already-has-account", Refusal.PersonAlreadyHasAccount.class),
            Map.entry("account-restricted", Refusal.AccountRestricted.class),
            Map.entry("account-not-restricted", Refusal.AccountNotRestricted.class),
            Map.entry("account-erased", Refusal.AccountErased.class),
            Map.entry("achievement-already-recorded", Refusal.AchievementAlreadyRecorded.class),
            Map.entry("achievement-already-revoked", Refusal.AchievementAlreadyRevoked.class),
            Map.entry("kind-cannot-change", Refusal.KindCannotChange.class),
            Map.entry("not-your-learner", Refusal.NotYourLearner.class),
            Map.entry("received-cannot-change", Refusal.ReceivedCannotChange.class),
            Map.entry("store-failed", Refusal.StoreFailed.class),
            Map.entry("door-unknown", Refusal.DoorUnknown.class),
            Map.entry("figure-unknown", Refusal.FigureUnknown.class),
            Map.entry("policy-unknown", Refusal.PolicyUnknown.class),
            Map.entry("version-mismatch", Refusal.VersionMismatch.class),
            Map.entry("import-running", Refusal.ImportRunning.class),
            Map.entry("record-repeated-in-file", Refusal.RecordRepeatedInFile.class),
            Map.entry("not-your-institution", Refusal.NotYourInstitution.class),
            Map.entry("not-your-account", Refusal.NotYourAccount.class),
            Map.entry("ledger-busy", Refusal.LedgerBusy.class),
            Map.entry("account-contended", Refusal.AccountContended.class),
            Map.entry("ledger-not-writable", Refusal.LedgerNotWritable.class),
            Map.entry("outcome-unknown", Refusal.OutcomeUnknown.class),
            Map.entry("file-not-stored", Refusal.FileNotStored.class),
            Map.entry("rulebook-invalid", Refusal.RulebookInvalid.class),
            Map.entry("rulebook-is-another", Refusal.RulebookIsAnother.class),
            Map.entry("rulebook-unknown", Refusal.RulebookUnknown.class),
            Map.entry("rulebook-already-proposed", Refusal.RulebookAlreadyProposed.class),
            Map.entry("rulebook-already-approved", Refusal.RulebookAlreadyApproved.class),
            Map.entry("rulebook-not-approved", Refusal.RulebookNotApproved.class),
            Map.entry("rulebook-withdrawn", Refusal.RulebookWithdrawn.class),
            Map.entry("rulebook-overlaps", Refusal.RulebookOverlaps.class),
            Map.entry("rulebook-does-not-follow", Refusal.RulebookDoesNotFollow.class),
            Map.entry("rulebook-ends-sooner", Refusal.RulebookEndsSooner.class),
            Map.entry("rulebook-day-passed", Refusal.RulebookDayPassed.class),
            Map.entry("rulebook-approved-by-proposer", Refusal.RulebookApprovedByProposer.class),
            Map.entry("plan-group-overfull", Refusal.PlanGroupOverfull.class),
            Map.entry("plan-cap-above-group", Refusal.PlanCapAboveGroup.class),
            Map.entry("plan-total-too-small", Refusal.PlanTotalTooSmall.class),
            Map.entry("programme-unknown", Refusal.ProgrammeUnknown.class),
            Map.entry("programme-version-unknown", Refusal.ProgrammeVersionUnknown.class),
            Map.entry("plan-unit-cannot-change", Refusal.PlanUnitCannotChange.class),
            Map.entry("programme-already-defined", Refusal.ProgrammeAlreadyDefined.class),
            Map.entry("programme-already-revised", Refusal.ProgrammeAlreadyRevised.class),
            Map.entry("programme-closed", Refusal.ProgrammeClosed.class),
            Map.entry("agreement-circular", Refusal.AgreementCircular.class),
            Map.entry("rulebook-never-approved", Refusal.RulebookNeverApproved.class),
            Map.entry("agreement-unknown", Refusal.AgreementUnknown.class),
            Map.entry("agreement-already-proposed", Refusal.AgreementAlreadyProposed.class),
            Map.entry("agreement-already-concluded", Refusal.AgreementAlreadyConcluded.class),
            Map.entry("agreement-already-accepted", Refusal.AgreementAlreadyAccepted.class),
            Map.entry("agreement-not-concluded", Refusal.AgreementNotConcluded.class),
            Map.entry("agreement-taken-back", Refusal.AgreementTakenBack.class),
            Map.entry("agreement-ends-sooner", Refusal.AgreementEndsSooner.class),
            Map.entry("agreement-day-passed", Refusal.AgreementDayPassed.class),
            Map.entry("agreement-not-in-force", Refusal.AgreementNotInForce.class),
            Map.entry("agreement-without-direction", Refusal.AgreementWithoutDirection.class),
            Map.entry("agreement-without-rulebook", Refusal.AgreementWithoutRulebook.class),
            Map.entry("agreement-accepted-by-proposer", Refusal.AgreementAcceptedByProposer.class),
            Map.entry("not-a-party-of-agreement", Refusal.NotAPartyOfAgreement.class),
            Map.entry("not-your-party", Refusal.NotYourParty.class),
            Map.entry("enrolment-unknown", Refusal.EnrolmentUnknown.class),
            Map.entry("recognition-unknown", Refusal.RecognitionUnknown.class),
            Map.entry("redemption-unknown", Refusal.RedemptionUnknown.class),
            Map.entry("already-enrolled", Refusal.AlreadyEnrolled.class),
            Map.entry("enrolment-ended", Refusal.EnrolmentEnded.class),
            Map.entry("enrolment-cannot-move", Refusal.EnrolmentCannotMove.class),
            Map.entry("rulebook-of-another-unit", Refusal.RulebookOfAnotherUnit.class),
            Map.entry("rulebook-of-another-jurisdiction",
                    Refusal.RulebookOfAnotherJurisdiction.class),
            Map.entry("rulebook-not-in-force", Refusal.RulebookNotInForce.class),
            Map.entry("achievement-does-not-hold", Refusal.AchievementDoesNotHold.class),
            Map.entry("nothing-recognised", Refusal.NothingRecognised.class),
            Map.entry("application-unknown", Refusal.ApplicationUnknown.class),
            Map.entry("application-needed", Refusal.ApplicationNeeded.class),
            Map.entry("no-application-needed", Refusal.NoApplicationNeeded.class),
            Map.entry("not-one-issuer", Refusal.NotOneIssuer.class),
            Map.entry("application-not-waiting", Refusal.ApplicationNotWaiting.class),
            Map.entry("application-open", Refusal.ApplicationOpen.class),
            Map.entry("application-not-returned", Refusal.ApplicationNotReturned.class),
            Map.entry("application-decided", Refusal.ApplicationDecided.class),
            Map.entry("application-rules-ended", Refusal.ApplicationRulesEnded.class),
            Map.entry("nothing-to-appeal", Refusal.NothingToAppeal.class),
            Map.entry("appeal-too-late", Refusal.AppealTooLate.class),
            Map.entry("application-not-appealed", Refusal.ApplicationNotAppealed.class),
            Map.entry("not-your-step", Refusal.NotYourStep.class),
            Map.entry("decided-by-yourself", Refusal.DecidedByYourself.class),
            Map.entry("submitted-by-yourself", Refusal.SubmittedByYourself.class),
            Map.entry("programme-not-complete", Refusal.ProgrammeNotComplete.class),
            Map.entry("credits-not-available", Refusal.CreditsNotAvailable.class),
            Map.entry("redemption-reversed", Refusal.RedemptionReversed.class),
            Map.entry("transfer-unknown", Refusal.TransferUnknown.class),
            Map.entry("transfer-to-oneself", Refusal.TransferToOneself.class),
            Map.entry("evidence-of-another-institution",
                    Refusal.EvidenceOfAnotherInstitution.class),
            Map.entry("programme-of-another-institution",
                    Refusal.ProgrammeOfAnotherInstitution.class),
            Map.entry("transfer-of-nothing", Refusal.TransferOfNothing.class),
            Map.entry("answer-day-out-of-bounds", Refusal.AnswerDayOutOfBounds.class),
            Map.entry("transfer-ended", Refusal.TransferEnded.class),
            Map.entry("transfer-answer-too-late", Refusal.TransferAnswerTooLate.class),
            Map.entry("transfer-still-waits", Refusal.TransferStillWaits.class),
            Map.entry("tile-not-published", Refusal.TileNotPublished.class),
            Map.entry("checkpoint-not-cosigned", Refusal.CheckpointNotCosigned.class),
            Map.entry("entry-not-published", Refusal.EntryNotPublished.class),
            Map.entry("sizes-not-published", Refusal.SizesNotPublished.class),
            Map.entry("evidence-selection-unclear",
                    Refusal.EvidenceSelectionUnclear.class),
            Map.entry("evidence-too-large", Refusal.EvidenceTooLarge.class),
            Map.entry("log-not-published", Refusal.LogNotPublished.class),
            Map.entry("views-behind", Refusal.ViewsBehind.class),
            Map.entry("learner-not-yet-known", Refusal.LearnerNotYetKnown.class),
            Map.entry("position-beyond-the-end", Refusal.PositionBeyondTheEnd.class),
            Map.entry("before-the-first-entry", Refusal.BeforeTheFirstEntry.class),
            Map.entry("too-many-entries-between", Refusal.TooManyEntriesBetween.class),
            Map.entry("replay-busy", Refusal.ReplayBusy.class));

    /** Says which refusal it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "code")
    private interface Named {
    }

    /** A rule is written as its code. */
    private interface Coded {
        @JsonValue
        String code();
    }

    private static final JsonMapper JSON = EntryFormat.JSON.rebuild()
            .addMixIn(Refusal.class, Named.class)
            .addMixIn(Rule.class, Coded.class)
            .registerSubtypes(REFUSALS.entrySet().stream()
                    .map(named -> new NamedType(named.getValue(), named.getKey()))
                    .toArray(NamedType[]::new))
            .build();

    ImportJob {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(fileName, "fileName");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(profileYaml, "profileYaml");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(submittedAt, "submittedAt");
    }

    /** Stands for one whose description cannot be read, so that it is seen and once deleted. */
    static ImportJob unreadable(String id, Instant written) {
        return new ImportJob(id, "", "", "", false, null, false, "", "",
                ImportStatus.State.FAILED, written, written, null, null, null);
    }

    byte[] write() {
        return JSON.writeValueAsBytes(this);
    }

    /** @throws IOException if it is not the description of the import with this id */
    static ImportJob read(String id, byte[] json) throws IOException {
        ImportJob job;
        try {
            job = JSON.readValue(json, ImportJob.class);
        } catch (JacksonException e) {
            throw new IOException("It is not the description of an import", e);
        }
        if (job == null || !job.id.equals(id)) {
            throw new IOException("It does not describe the import " + id);
        }
        return job;
    }

    Options options() {
        return new Options(dryRun, as, registerInstitution, actor, null);
    }

    boolean isUnfinished() {
        return switch (state) {
            case WAITING, RUNNING, STOPPED -> true;
            case DONE, REFUSED, FAILED -> false;
        };
    }

    ImportJob in(ImportStatus.State now) {
        return with(now, null, outcome, refusal);
    }

    ImportJob with(ImportStatus.State now, @Nullable Instant ended, @Nullable Outcome came,
            @Nullable Refusal because) {
        return new ImportJob(id, fileName, profile, profileYaml, dryRun, as, registerInstitution,
                actor, sha256, now, submittedAt, ended, came, because, reached);
    }

    ImportJob reaching(Reached further) {
        return new ImportJob(id, fileName, profile, profileYaml, dryRun, as, registerInstitution,
                actor, sha256, state, submittedAt, endedAt, outcome, refusal, further);
    }

    Reached soFar() {
        return reached == null ? Reached.NOTHING : reached;
    }

    ImportStatus status(Progress progress, boolean hasRejected) {
        return new ImportStatus(id, fileName, profile, as, dryRun, state,
                progress.notBelow(soFar().percent()), submittedAt,
                endedAt, outcome, refusal, hasRejected);
    }
}
