package creditbank.account;

import static creditbank.api.Refused.inField;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountCommand.CorrectAchievement;
import creditbank.api.account.AccountCommand.CorrectIdentity;
import creditbank.api.account.AccountCommand.EraseLearner;
import creditbank.api.account.AccountCommand.LiftRestriction;
import creditbank.api.account.AccountCommand.OpenAccount;
import creditbank.api.account.AccountCommand.RecordAchievement;
import creditbank.api.account.AccountCommand.RestrictAccount;
import creditbank.api.account.AccountCommand.RevokeAchievement;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AchievementId;
import creditbank.api.account.Identity;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.api.account.SealedIdentity;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.Forms;
import creditbank.api.value.Reason;
import creditbank.api.value.Sealed;
import creditbank.api.value.Texts;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import creditbank.ledger.axon.Commands;
import creditbank.privacy.Claims;
import creditbank.privacy.LearnerKeys;
import creditbank.privacy.Sealing;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Where plain values end: reads a form, seals what is personal with the learner's key, makes the
 * claims and sends the command. Files and requests come through here alike.
 */
public final class Counter {

    private final Commands commands;
    private final LedgerReader ledger;
    private final LearnerKeys keys;
    private final Sealing sealing;
    private final Claims claims;
    private final Supplier<LearnerId> ids;

    /** @param ids random account numbers */
    public Counter(Commands commands, LedgerReader ledger, LearnerKeys keys, Sealing sealing,
            Claims claims, Supplier<LearnerId> ids) {
        this.commands = commands;
        this.ledger = ledger;
        this.keys = keys;
        this.sealing = sealing;
        this.claims = claims;
        this.ids = ids;
    }

    // ------------------------------------------------------------------ accounts

    public Receipt open(Sender sender, IdentityForm form) {
        Identity identity = form.read();
        LearnerId learner = ids.get();
        SecretKey key = keys.create(learner);
        Receipt receipt;
        try {
            receipt = commands.send(new OpenAccount(
                    learner, sender.onBehalfOf() == null ? null
                            : new Party(sender.onBehalfOf()).institution(),
                    sealed(key, learner, identity), claims.ofIdentity(identity)), sender);
        } catch (Refused e) {
            // Where the outcome is unknown the account may stand, and needs its key.
            if (!(e.refusal() instanceof Refusal.OutcomeUnknown)) {
                keys.destroy(learner);
            }
            throw e;
        }
        if (!receipt.id().equals(learner.text())) {
            keys.destroy(learner);
        }
        return receipt;
    }

    /** The account of a person, if there is one. */
    public Optional<LearnerId> find(IdentityForm form) {
        return find(claims.ofIdentity(form.read()));
    }

    /** The account that an identity's claim belongs to, if there is one. */
    public Optional<LearnerId> find(Claim identity) {
        var position = ledger.positionOfClaim(identity.text());
        if (position.isEmpty()) {
            return Optional.empty();
        }
        String stream = ledger.read(position.getAsLong(), 1).getFirst().stream();
        return Optional.of(new LearnerId(stream.substring(stream.indexOf('/') + 1)));
    }

    public Receipt correctIdentity(
            Sender sender, LearnerId learner, IdentityForm form, @Nullable String reason) {
        Identity identity = form.read();
        return withKey(sender, learner, key -> commands.send(
                new CorrectIdentity(learner, sealed(key, learner, identity),
                        claims.ofIdentity(identity), reason(key, learner, reason)), sender));
    }

    public Receipt restrict(Sender sender, LearnerId learner, @Nullable String reason) {
        return withKey(sender, learner, key -> commands.send(
                new RestrictAccount(learner, reason(key, learner, reason)), sender));
    }

    public Receipt liftRestriction(Sender sender, LearnerId learner, @Nullable String reason) {
        return withKey(sender, learner, key -> commands.send(
                new LiftRestriction(learner, reason(key, learner, reason)), sender));
    }

    /**
     * Returns when the event stands and the key is destroyed. What a crash in between leaves
     * undone is made up for when it is asked again, or by {@link #finishErasing} at the next start.
     */
    public Receipt erase(Sender sender, LearnerId learner, @Nullable String reason) {
        if (keys.erasing().contains(learner) && isErased(learner)) {
            keys.destroy(learner);
        }
        return withKey(sender, learner, key -> {
            EraseLearner command = new EraseLearner(learner, reason(key, learner, reason));
            keys.beginErasing(learner);
            try {
                return commands.send(command, sender);
            } finally {
                // Whatever was answered, the ledger says whether the learner is erased.
                if (isErased(learner)) {
                    keys.destroy(learner);
                }
            }
        });
    }

    /** Destroys the keys of learners whose erasing stands in the ledger but was cut short. */
    public void finishErasing() {
        for (LearnerId learner : keys.erasing()) {
            if (!isErased(learner)) {
                keys.endErasing(learner);
                continue;
            }
            try {
                keys.destroy(learner);
            } catch (Refused e) {
                // Another program reads keys.db: it stays noted, and is tried again next time.
                System.getLogger(Counter.class.getName()).log(System.Logger.Level.WARNING,
                        "The key of " + learner + " is not yet gone from the journal of keys.db;"
                                + " close what reads the file and start again", e);
            }
        }
    }

    private boolean isErased(LearnerId learner) {
        long last = ledger.lastSequence(learner.stream());
        return last >= 0 && ledger.readStream(learner.stream(), last, 1).stream()
                .map(EntryFormat::read).anyMatch(e -> e.event() instanceof LearnerErased);
    }

    // ------------------------------------------------------------------ achievements

    public Receipt record(Sender sender, LearnerId learner, AchievementForm form) {
        return withKey(sender, learner, key -> {
            AchievementForm.Read read = read(key, learner, form);
            return commands.send(
                    new RecordAchievement(learner, read.achievement(), read.claims()), sender);
        });
    }

    /** @param form the whole achievement as it should have been recorded */
    public Receipt correct(
            Sender sender, AchievementId id, AchievementForm form, @Nullable String reason) {
        return withKey(sender, id.learner(), key -> {
            AchievementForm.Read read = read(key, id.learner(), form);
            return commands.send(new CorrectAchievement(id, read.achievement(), read.claims(),
                    reason(key, id.learner(), reason)), sender);
        });
    }

    public Receipt revoke(Sender sender, AchievementId id, InstitutionId issuer,
            @Nullable String effectiveOn, @Nullable String reason) {
        LocalDate from = inField("effectiveOn", () -> Forms.dateIfAny(effectiveOn));
        return withKey(sender, id.learner(), key -> commands.send(new RevokeAchievement(
                id, issuer, from, reason(key, id.learner(), reason)), sender));
    }

    private AchievementForm.Read read(
            SecretKey key, LearnerId learner, AchievementForm form) {
        return form.read(claims, (field, text) -> sealing.seal(key, learner, field, text));
    }

    // ------------------------------------------------------------------ sealing

    /**
     * Works with the learner's key. A command that was carried out before the key was destroyed
     * gets its first answer, as any other does.
     */
    Receipt withKey(
            Sender sender, LearnerId learner, Function<SecretKey, Receipt> work) {
        Optional<SecretKey> key = keys.find(learner);
        if (key.isPresent()) {
            return work.apply(key.get());
        }
        OptionalLong first = ledger.positionOfCommand(sender.commandId());
        if (first.isPresent()) {
            return Receipt.again(ledger, first.getAsLong());
        }
        Refused.refuseIf(ledger.lastSequence(learner.stream()) < 0,
                () -> new Refusal.LearnerUnknown(learner.text()));
        throw new Refused(isErased(learner)
                ? new Refusal.AccountErased(learner) : new Refusal.KeyMissing(learner));
    }

    Reason reason(SecretKey key, LearnerId learner, @Nullable String text) {
        String line = inField("reason", () -> Texts.personal(Forms.required(text),
                t -> Texts.line(t, Reason.LONGEST)));
        return new Reason.Secret(sealing.seal(key, learner, PersonalField.REASON, line));
    }

    private SealedIdentity sealed(SecretKey key, LearnerId learner, Identity identity) {
        String name = identity.name();
        LocalDate birthday = identity.birthday();
        return new SealedIdentity(
                name == null ? null : seal(key, learner, PersonalField.IDENTITY_NAME, name),
                identity.documentKind(), identity.documentIssuer(),
                seal(key, learner, PersonalField.IDENTITY_DOCUMENT_NUMBER,
                        identity.documentNumber()),
                birthday == null ? null
                        : seal(key, learner, PersonalField.IDENTITY_BIRTHDAY, birthday.toString()));
    }

    Sealed seal(SecretKey key, LearnerId learner, PersonalField field, String text) {
        return sealing.seal(key, learner, field, text);
    }
}
