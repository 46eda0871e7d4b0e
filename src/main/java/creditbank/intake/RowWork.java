package creditbank.intake;

import static creditbank.api.Refused.inField;

import creditbank.account.AchievementForm;
import creditbank.account.Counter;
import creditbank.account.Rehearsal;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.Achievement;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.ledger.LedgerFailure;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Sender;
import creditbank.ledger.TakenClaim;
import creditbank.privacy.Claims;
import creditbank.store.GroupCommit;
import creditbank.store.StoreFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is done with one row: find the learner, open the account if there is none, record the
 * achievement. A dry run goes the same way up to the point where something would be written.
 */
final class RowWork {

    /** What was read of a row, on its way. */
    record Job(Row row, Profile.Forms forms, long alike) {
    }

    private static final int MOST_ATTEMPTS = 12;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

    private final Counter counter;
    private final LedgerReader ledger;
    private final Claims claims;
    private final Rehearsal rehearsal;
    private final StandingRecord standing;
    private final Profile profile;
    private final Options options;
    private final Scratch scratch;
    private final Tally tally;
    private final @Nullable RejectedRows rejected;

    RowWork(Counter counter, LedgerReader ledger, Claims claims, Rehearsal rehearsal,
            Profile profile, Options options, Scratch scratch, Tally tally,
            @Nullable RejectedRows rejected) {
        this.counter = counter;
        this.ledger = ledger;
        this.claims = claims;
        this.rehearsal = rehearsal;
        this.standing = new StandingRecord(ledger);
        this.profile = profile;
        this.options = options;
        this.scratch = scratch;
        this.tally = tally;
        this.rejected = rejected;
    }

    /**
     * Whether there is a disk to wait for, so that many rows at a time are worth it. A dry run goes
     * row after row: of two rows with one key it is the later one that has the problem.
     */
    boolean writes() {
        return !options.dryRun();
    }

    void accept(Job job) {
        if (tally.isStopped()) {
            return;
        }
        try {
            decide(job);
        } catch (Refused e) {
            if (e.refusal() instanceof Refusal.Unavailable) {
                tally.stop(e.refusal());
            } else {
                reject(job.row(), e.refusal(), job.alike());
            }
        } catch (StoreFailure | LedgerFailure e) {
            tally.stop(new Refusal.LedgerNotWritable(String.valueOf(e.getMessage())));
        } catch (GroupCommit.Full e) {
            tally.stop(new Refusal.LedgerBusy(e.waiting()));
        }
    }

    void reject(Row row, Refusal refusal, long alike) {
        RowProblem problem = RowProblem.of(profile, row, refusal);
        tally.rejected(problem);
        if (rejected != null) {
            try {
                rejected.add(row, problem, alike);
            } catch (IOException e) {
                tally.stop(new Refusal.FileNotStored(String.valueOf(e.getMessage())));
            }
        }
    }

    private void decide(Job job) {
        AchievementForm form = ofIssuer(job.forms().achievement());
        AchievementForm.Read read = form.check(claims);
        Credits credits = read.achievement().credits();
        Claim person = null;
        LearnerId learner = account(job.forms().account());
        if (learner == null) {
            person = claims.ofIdentity(job.forms().identity().read());
        }
        String command = commandId(
                learner == null ? Objects.requireNonNull(person).text() : learner.text(),
                read.achievement(), form);
        OptionalLong earlier = ledger.positionOfCommand(command);
        while (earlier.isPresent()) {
            if (standing.stands(earlier.getAsLong(), read.claims())) {
                tally.alreadyThere(credits);
                return;
            }
            // Revoked since: the same evidence may be recorded anew, and that once too.
            command = claims.commandId("intake-anew", command);
            earlier = ledger.positionOfCommand(command);
        }
        if (learner == null && person != null) {
            learner = counter.find(person).orElse(null);
        }
        Sender sender = new Sender(options.actor(), form.readIssuer().stream(), command, null);
        boolean isNew = options.dryRun()
                ? rehearse(job, learner, person, command, read)
                : record(job, learner, sender, form, read);
        if (isNew) {
            tally.recorded(credits);
        } else {
            tally.alreadyThere(credits);
        }
    }

    /** Who imports for one institution states nothing for another. */
    private AchievementForm ofIssuer(AchievementForm form) {
        String issuer = form.issuer();
        InstitutionId as = options.as();
        if (issuer == null || issuer.isEmpty()) {
            if (as != null) {
                return form.ofIssuer(as);
            }
            return profile.institution() == null || profile.institution().id() == null ? form
                    : form.ofIssuer(new InstitutionId(profile.institution().id()));
        }
        InstitutionId asked = form.readIssuer();
        Refused.refuseIf(as != null && !as.equals(asked),
                () -> new Refusal.NotYourInstitution(as, asked));
        return form;
    }

    private static @Nullable LearnerId account(String text) {
        return text.isEmpty() ? null : inField("account", () -> {
            try {
                return new LearnerId(text);
            } catch (Refused e) {
                // Whoever mixes columns up may have put a person's number here.
                throw Rule.ID_MALFORMED.brokenByPersonalValue(text);
            }
        });
    }

    /** The same for the same content, however it was written and through whatever profile. */
    private String commandId(String who, Achievement a, AchievementForm form) {
        List<String> content = new ArrayList<>(List.of("intake", who, a.kind().name(),
                a.issuer().text(), text(a.coIssuer()), text(form.recordKey()), a.title(),
                text(a.subject()), text(a.level()), text(a.hours()), text(a.grade()),
                a.credits().toString(), a.happenedOn().toString(), text(a.validUntil()),
                text(a.evidence()), text(form.number())));
        // Names with their values and types; rows without any keep the name they always had.
        a.attributes().values().forEach((name, value) -> content.add(name + " " + value));
        return claims.commandId(content.toArray(String[]::new));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    // ------------------------------------------------------------------ dry run

    /** Answers whether it would be recorded anew. */
    private boolean rehearse(Job job, @Nullable LearnerId learner, @Nullable Claim person,
            String command, AchievementForm.Read read) {
        rehearsal.record(learner, read);
        Optional<TakenClaim> taken = standing.taken(read.claims());
        if (taken.isPresent()) {
            return refuseUnlessSame(taken.get(), learner, read);
        }
        if (scratch.note(command, job.row().line()).isPresent()) {
            return false;
        }
        for (Claim claim : read.claims()) {
            OptionalLong earlier = scratch.noted(claim.text());
            Refused.refuseIf(earlier.isPresent(),
                    () -> new Refusal.RecordRepeatedInFile(earlier.getAsLong()));
        }
        read.claims().forEach(claim -> scratch.note(claim.text(), job.row().line()));
        if (learner == null && person != null
                && scratch.note(person.text(), job.row().line()).isEmpty()) {
            tally.accountOpened();
        }
        return true;
    }

    /** Never answers that it is new. */
    private boolean refuseUnlessSame(TakenClaim taken, @Nullable LearnerId learner,
            AchievementForm.Read read) {
        Refused.refuseIf(!standing.isSame(taken, learner, read), taken::refusal);
        return false;
    }

    // ------------------------------------------------------------------ commit

    /** Answers whether it was recorded anew. */
    private boolean record(Job job, @Nullable LearnerId found, Sender sender,
            AchievementForm form, AchievementForm.Read read) {
        LearnerId learner = found;
        if (learner == null) {
            // Nobody gets an account for a row that would be refused anyway.
            rehearsal.record(null, read);
            standing.taken(read.claims()).ifPresent(taken -> {
                throw new Refused(taken.refusal());
            });
            learner = open(job, sender);
        }
        LearnerId whose = learner;
        try {
            patiently(() -> counter.record(sender, whose, form));
            return true;
        } catch (Refused e) {
            if (!(e.refusal() instanceof Refusal.AchievementAlreadyRecorded)) {
                throw e;
            }
            Optional<TakenClaim> taken = standing.taken(read.claims());
            if (taken.isEmpty()) {
                throw e;
            }
            return refuseUnlessSame(taken.get(), whose, read);
        }
    }

    private LearnerId open(Job job, Sender sender) {
        Sender opening = new Sender(sender.actor(), sender.onBehalfOf(),
                claims.commandId("intake-open", sender.commandId()), null);
        try {
            LearnerId opened = new LearnerId(
                    patiently(() -> counter.open(opening, job.forms().identity())).id());
            tally.accountOpened();
            return opened;
        } catch (Refused e) {
            if (!(e.refusal() instanceof Refusal.PersonAlreadyHasAccount)) {
                throw e;
            }
            // Somebody else was quicker; theirs is as good.
            return counter.find(job.forms().identity()).orElseThrow(() -> e);
        }
    }

    /** A busy ledger is waited for, longer each time; a busy one for good ends the import. */
    private static <T> T patiently(Supplier<T> sending) {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; ; attempt++) {
            try {
                return sending.get();
            } catch (Refused e) {
                boolean passes = e.refusal() instanceof Refusal.LedgerBusy
                        || e.refusal() instanceof Refusal.AccountContended;
                if (!passes || attempt == MOST_ATTEMPTS) {
                    throw e;
                }
            }
            try {
                Thread.sleep(pause);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Refused(new Refusal.LedgerBusy(attempt));
            }
            pause = pause.multipliedBy(2);
        }
    }
}
