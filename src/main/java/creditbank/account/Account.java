package creditbank.account;

import static creditbank.api.Refused.refuseIf;

import creditbank.api.Refusal;
import creditbank.api.Refused;
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
import creditbank.api.account.Deposit;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** A learner's account as decisions see it. */
public sealed interface Account {

    record Unopened() implements Account {
    }

    /**
     * @param identity     the claims of the person, to be set free when they change
     * @param achievements by their number, the first having number 1
     */
    record Open(LearnerId learner, List<Claim> identity, boolean restricted,
            PVector<Held> achievements) implements Account {

        Open with(PVector<Held> now) {
            return new Open(learner, identity, restricted, now);
        }

        Open restricted(boolean now) {
            return new Open(learner, identity, now, achievements);
        }
    }

    record Erased(LearnerId learner) implements Account {
    }

    /** What later decisions need to know of an achievement. */
    record Held(InstitutionId issuer, AchievementKind kind, Deposit deposit,
            LocalDate happenedOn, List<Claim> claims, boolean revoked) {
    }

    Account NONE = new Unopened();

    // ------------------------------------------------------------------ decide

    /**
     * @param institutions how an institution stands
     * @param today        the bank's business day
     */
    static List<AccountEvent> decide(Account state, AccountCommand command,
            Function<InstitutionId, Institution> institutions, LocalDate today) {
        return List.of(switch (command) {
            case OpenAccount c -> open(state, c, institutions);
            case CorrectIdentity c -> correctIdentity(opened(state, c.learner()), c);
            case RestrictAccount c -> restrict(opened(state, c.learner()), c);
            case LiftRestriction c -> lift(opened(state, c.learner()), c);
            case EraseLearner c -> erase(opened(state, c.learner()), c);
            case RecordAchievement c -> record(
                    unrestricted(opened(state, c.learner())), c, institutions, today);
            case CorrectAchievement c -> correct(
                    unrestricted(opened(state, c.learner())), c, institutions, today);
            case RevokeAchievement c -> revoke(opened(state, c.learner()), c, today);
        });
    }

    private static Open opened(Account state, LearnerId learner) {
        return switch (state) {
            case Open open -> open;
            case Unopened _ -> throw new Refused(new Refusal.LearnerUnknown(learner.text()));
            case Erased _ -> throw new Refused(new Refusal.AccountErased(learner));
        };
    }

    private static Open unrestricted(Open open) {
        refuseIf(open.restricted(), () -> new Refusal.AccountRestricted(open.learner()));
        return open;
    }

    private static AccountEvent open(Account state, OpenAccount c,
            Function<InstitutionId, Institution> institutions) {
        refuseIf(!(state instanceof Unopened),
                () -> new Refusal.AccountAlreadyOpen(c.learner()));
        InstitutionId issuer = c.identity().documentIssuer();
        refuseIf(issuer != null
                        && institutions.apply(issuer) instanceof Institution.Unregistered,
                () -> new Refusal.InstitutionUnknown(String.valueOf(issuer)));
        return new AccountOpened(c.learner(), c.identity(), List.of(c.identityClaim()));
    }

    private static AccountEvent correctIdentity(Open open, CorrectIdentity c) {
        List<Claim> now = List.of(c.identityClaim());
        return new IdentityCorrected(c.learner(), c.identity(),
                without(now, open.identity()), without(open.identity(), now));
    }

    private static AccountEvent restrict(Open open, RestrictAccount c) {
        unrestricted(open);
        return new AccountRestricted(c.learner());
    }

    private static AccountEvent lift(Open open, LiftRestriction c) {
        refuseIf(!open.restricted(), () -> new Refusal.AccountNotRestricted(c.learner()));
        return new RestrictionLifted(c.learner());
    }

    private static AccountEvent erase(Open open, EraseLearner c) {
        return new LearnerErased(c.learner(), open.identity());
    }

    private static AccountEvent record(Open open, RecordAchievement c,
            Function<InstitutionId, Institution> institutions, LocalDate today) {
        Sector sector = stated(c.achievement(), institutions, today);
        AchievementId id = new AchievementId(c.learner(), open.achievements().size() + 1);
        return new AchievementRecorded(id, sector, c.achievement(), c.claims());
    }

    private static AccountEvent correct(Open open, CorrectAchievement c,
            Function<InstitutionId, Institution> institutions, LocalDate today) {
        Held held = held(open, c.achievement());
        refuseIfNotTheirs(held, c.after().issuer());
        refuseIf(held.revoked(),
                () -> new Refusal.AchievementAlreadyRevoked(c.achievement()));
        refuseIf(held.kind() != c.after().kind(),
                () -> new Refusal.KindCannotChange(c.achievement(), held.kind()));
        stated(c.after(), institutions, today);
        return new AchievementCorrected(c.achievement(), held.deposit(), c.after(),
                without(c.claims(), held.claims()), without(held.claims(), c.claims()));
    }

    private static AccountEvent revoke(Open open, RevokeAchievement c, LocalDate today) {
        Held held = held(open, c.achievement());
        refuseIfNotTheirs(held, c.issuer());
        refuseIf(held.revoked(),
                () -> new Refusal.AchievementAlreadyRevoked(c.achievement()));
        LocalDate from = c.effectiveOn() == null ? held.happenedOn() : c.effectiveOn();
        notAfter(from, today, "effectiveOn");
        if (from.isBefore(held.happenedOn())) {
            throw Rule.EFFECTIVE_BEFORE_HAPPENED.brokenIn("effectiveOn", from);
        }
        return new AchievementRevoked(
                c.achievement(), held.issuer(), held.deposit(), from, held.claims());
    }

    /** Whether its issuers may state this today; answers the issuer's sector. */
    private static Sector stated(Achievement achievement,
            Function<InstitutionId, Institution> institutions, LocalDate today) {
        notAfter(achievement.happenedOn(), today, "happenedOn");
        InstitutionId coIssuer = achievement.coIssuer();
        if (coIssuer != null) {
            Institution.recordingSector(institutions.apply(coIssuer), coIssuer);
        }
        return Institution.recordingSector(
                institutions.apply(achievement.issuer()), achievement.issuer());
    }

    private static void notAfter(LocalDate day, LocalDate today, String field) {
        if (day.isAfter(today)) {
            throw Rule.DATE_IN_FUTURE.brokenIn(field, day);
        }
    }

    private static Held held(Open open, AchievementId id) {
        refuseIf(id.number() > open.achievements().size(),
                () -> new Refusal.AchievementUnknown(id.toString()));
        return open.achievements().get(id.number() - 1);
    }

    private static void refuseIfNotTheirs(Held held, InstitutionId asking) {
        refuseIf(!held.issuer().equals(asking),
                () -> new Refusal.NotYourInstitution(asking, held.issuer()));
    }

    private static List<Claim> without(List<Claim> claims, List<Claim> others) {
        return claims.stream().filter(c -> !others.contains(c)).toList();
    }

    // ------------------------------------------------------------------ evolve

    static Account evolve(Account state, AccountEvent event) {
        return switch (event) {
            case AccountOpened e when state instanceof Unopened ->
                    new Open(e.learner(), e.claims(), false, TreePVector.empty());
            case IdentityCorrected e when state instanceof Open open -> new Open(
                    open.learner(), e.claims().isEmpty() ? open.identity() : e.claims(),
                    open.restricted(), open.achievements());
            case AccountRestricted _ when state instanceof Open open -> open.restricted(true);
            case RestrictionLifted _ when state instanceof Open open -> open.restricted(false);
            case LearnerErased e when state instanceof Open -> new Erased(e.learner());
            case AchievementRecorded e when state instanceof Open open && isNext(open, e) ->
                    open.with(open.achievements().plus(new Held(e.achievement().issuer(),
                            e.achievement().kind(), e.deposit(), e.achievement().happenedOn(),
                            e.claims(), false)));
            case AchievementCorrected e when state instanceof Open open ->
                    open.with(open.achievements().with(e.id().number() - 1,
                            corrected(held(open, e.id()), e)));
            case AchievementRevoked e when state instanceof Open open ->
                    open.with(open.achievements().with(e.id().number() - 1,
                            revoked(held(open, e.id()))));
            case AccountOpened _, IdentityCorrected _, AccountRestricted _, RestrictionLifted _,
                    LearnerErased _, AchievementRecorded _, AchievementCorrected _,
                    AchievementRevoked _ ->
                    throw new IllegalStateException(event + " cannot follow " + state);
        };
    }

    private static boolean isNext(Open open, AchievementRecorded e) {
        return e.id().number() == open.achievements().size() + 1;
    }

    private static Held corrected(Held was, AchievementCorrected e) {
        List<Claim> claims = new ArrayList<>(without(was.claims(), e.releases()));
        claims.addAll(e.claims());
        return new Held(was.issuer(), was.kind(), e.deposit(), e.after().happenedOn(),
                List.copyOf(claims), false);
    }

    private static Held revoked(Held was) {
        return new Held(was.issuer(), was.kind(), was.deposit(), was.happenedOn(),
                List.of(), true);
    }
}
