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
import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementId;
import creditbank.api.account.ApplicationCommand;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.EnrolmentCommand;
import creditbank.api.account.EnrolmentEvent;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionCommand;
import creditbank.api.account.RecognitionEvent;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionCommand;
import creditbank.api.account.RedemptionEvent;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.TransferCommand;
import creditbank.api.account.TransferEvent;
import creditbank.api.account.TransferId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.pcollections.PVector;
import org.pcollections.TreePVector;

/** A learner's account as decisions see it. */
public sealed interface Account {

    record Unopened() implements Account {
    }

    /**
     * @param identity     the claims of the person, to be set free when they change
     * @param achievements by their number, the first having number 1; so with all that follow
     */
    record Open(LearnerId learner, List<Claim> identity, boolean restricted,
            PVector<Held> achievements, PVector<Enrolment> enrolments,
            PVector<Application> applications, PVector<Recognition> recognitions,
            PVector<Redemption> redemptions, PVector<Transfer> transfers) implements Account {

        /** Before anything was recorded. */
        Open(LearnerId learner, List<Claim> identity) {
            this(learner, identity, false, TreePVector.empty(), TreePVector.empty(),
                    TreePVector.empty(), TreePVector.empty(), TreePVector.empty(),
                    TreePVector.empty());
        }

        Open identified(List<Claim> now) {
            return new Open(learner, now, restricted, achievements, enrolments, applications,
                    recognitions, redemptions, transfers);
        }

        Open restricted(boolean now) {
            return new Open(learner, identity, now, achievements, enrolments, applications,
                    recognitions, redemptions, transfers);
        }

        Open withAchievements(PVector<Held> now) {
            return new Open(learner, identity, restricted, now, enrolments, applications,
                    recognitions, redemptions, transfers);
        }

        Open withEnrolments(PVector<Enrolment> now) {
            return new Open(learner, identity, restricted, achievements, now, applications,
                    recognitions, redemptions, transfers);
        }

        Open withApplications(PVector<Application> now) {
            return new Open(learner, identity, restricted, achievements, enrolments, now,
                    recognitions, redemptions, transfers);
        }

        Open withRecognitions(PVector<Recognition> now) {
            return new Open(learner, identity, restricted, achievements, enrolments, applications,
                    now, redemptions, transfers);
        }

        Open withRedemptions(PVector<Redemption> now) {
            return new Open(learner, identity, restricted, achievements, enrolments,
                    applications, recognitions, now, transfers);
        }

        Open withTransfers(PVector<Transfer> now) {
            return new Open(learner, identity, restricted, achievements, enrolments,
                    applications, recognitions, redemptions, now);
        }

        Open with(Held now) {
            return withAchievements(achievements.with(now.id().number() - 1, now));
        }

        Open with(Enrolment now) {
            return withEnrolments(enrolments.with(now.id().number() - 1, now));
        }

        Open with(Application now) {
            return withApplications(applications.with(now.id().number() - 1, now));
        }

        Open with(Recognition now) {
            return withRecognitions(recognitions.with(now.id().number() - 1, now));
        }

        Open with(Redemption now) {
            return withRedemptions(redemptions.with(now.id().number() - 1, now));
        }

        Open with(Transfer now) {
            return withTransfers(transfers.with(now.id().number() - 1, now));
        }

        /** Whether an institution recorded something of the learner, or teaches them or did. */
        boolean isKnownTo(InstitutionId institution) {
            return achievements.stream().anyMatch(held -> held.issuer().equals(institution))
                    || enrolments.stream().anyMatch(e -> e.school().equals(institution));
        }

        Open posted(List<Posting> postings) {
            Open posted = this;
            for (Posting posting : postings) {
                posted = posted.with(posted.held(posting.achievement()).posted(posting));
            }
            return posted;
        }

        // What the state or an event of the stream names was there when it was written.

        Held held(AchievementId id) {
            return there(achievements, id.learner(), id.number());
        }

        Enrolment enrolment(EnrolmentId id) {
            return there(enrolments, id.learner(), id.number());
        }

        Recognition recognition(RecognitionId id) {
            return there(recognitions, id.learner(), id.number());
        }

        Redemption redemption(RedemptionId id) {
            return there(redemptions, id.learner(), id.number());
        }

        Transfer transfer(TransferId id) {
            return there(transfers, id.learner(), id.number());
        }

        private <T> T there(PVector<T> all, LearnerId of, int number) {
            if (!of.equals(learner) || number > all.size()) {
                throw new IllegalStateException(
                        "There is no number " + number + " of " + of + " among " + all.size());
            }
            return all.get(number - 1);
        }
    }

    record Erased(LearnerId learner) implements Account {
    }

    Account NONE = new Unopened();

    // ------------------------------------------------------------------ decide

    static List<AccountEvent> decide(Account state, AccountCommand command, Surroundings around) {
        return switch (command) {
            case OpenAccount c -> List.of(open(state, c, around));
            case CorrectIdentity c -> List.of(correctIdentity(opened(state, c.learner()), c));
            case RestrictAccount c -> List.of(restrict(opened(state, c.learner()), c));
            case LiftRestriction c -> List.of(lift(opened(state, c.learner()), c));
            case EraseLearner c -> List.of(erase(opened(state, c.learner()), c));
            case RecordAchievement c -> List.of(
                    record(state, c, around::institution, around.today()));
            case CorrectAchievement c -> correct(
                    unrestricted(opened(state, c.learner())), c, around);
            case RevokeAchievement c -> revoke(opened(state, c.learner()), c, around.today());
            case EnrolmentCommand c -> Enrolment.decide(
                    unrestricted(opened(state, c.learner())), c, around);
            case ApplicationCommand c -> Application.decide(
                    unrestricted(opened(state, c.learner())), c, around);
            case RecognitionCommand c -> Recognition.decide(
                    unrestricted(opened(state, c.learner())), c, around);
            case RedemptionCommand c -> Redemption.decide(
                    unrestricted(opened(state, c.learner())), c, around);
            case TransferCommand c -> Transfer.decide(
                    unrestricted(opened(state, c.learner())), c, around);
        };
    }

    static Open opened(Account state, LearnerId learner) {
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

    private static AccountEvent open(Account state, OpenAccount c, Surroundings around) {
        refuseIf(!(state instanceof Unopened),
                () -> new Refusal.AccountAlreadyOpen(c.learner()));
        if (c.by() != null) {
            Institution.active(around.institution(c.by()), c.by());
        }
        InstitutionId issuer = c.identity().documentIssuer();
        refuseIf(issuer != null
                        && around.institution(issuer) instanceof Institution.Unregistered,
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

    /** Looks at institutions alone: what rehearses a recording has no more at hand. */
    static AccountEvent record(Account state, RecordAchievement c,
            Function<InstitutionId, Institution> institutions, LocalDate today) {
        Open open = unrestricted(opened(state, c.learner()));
        Sector sector = stated(c.achievement(), institutions, today);
        AchievementId id = new AchievementId(c.learner(), open.achievements().size() + 1);
        return new AchievementRecorded(id, sector, today, c.achievement(), c.claims());
    }

    /** What was decided on the old values is withdrawn; what was granted for good, questioned. */
    private static List<AccountEvent> correct(
            Open open, CorrectAchievement c, Surroundings around) {
        Held held = held(open, c.achievement());
        refuseIfNotTheirs(held, c.after().issuer());
        refuseIf(held.revoked(),
                () -> new Refusal.AchievementAlreadyRevoked(c.achievement()));
        refuseIf(held.kind() != c.after().kind(),
                () -> new Refusal.KindCannotChange(c.achievement(), held.kind()));
        stated(c.after(), around::institution, around.today());
        boolean received = held.achievement().origin() != null;
        refuseIf(received && !isAsReceived(held.achievement(), c.after()),
                () -> new Refusal.ReceivedCannotChange(c.achievement()));
        // What was received makes no claim: its record key was given by the school it came from.
        List<Claim> claims = received ? List.of() : c.claims();
        Credits now = c.after().credits();
        long keeps = now.unit() == held.deposit().credits().unit() ? now.hundredths() : 0;
        List<AccountEvent> events = unsettled(open, c.achievement(),
                AchievementChange.CORRECTED, keeps, around.today(), around.today());
        events.add(new AchievementCorrected(c.achievement(), held.deposit(),
                c.after().from(held.achievement().origin()),
                without(claims, held.claims()), without(held.claims(), claims)));
        return events;
    }

    /** What a transfer decided stays: on other days or in another amount it would count twice. */
    private static boolean isAsReceived(Achievement received, Achievement now) {
        return now.credits().equals(received.credits())
                && now.happenedOn().equals(received.happenedOn());
    }

    private static List<AccountEvent> revoke(Open open, RevokeAchievement c, LocalDate today) {
        Held held = held(open, c.achievement());
        refuseIfNotTheirs(held, c.issuer());
        refuseIf(held.revoked(),
                () -> new Refusal.AchievementAlreadyRevoked(c.achievement()));
        LocalDate from = c.effectiveOn() == null ? held.happenedOn() : c.effectiveOn();
        notAfter(from, today, "effectiveOn");
        if (from.isBefore(held.happenedOn())) {
            throw Rule.EFFECTIVE_BEFORE_HAPPENED.brokenIn("effectiveOn", from);
        }
        return revoked(open, held, from, today);
    }

    /** Takes an achievement back, and all that rests on it; what it came from comes back. */
    private static List<AccountEvent> revoked(
            Open open, Held held, LocalDate from, LocalDate today) {
        List<AccountEvent> events = unsettled(
                open, held.id(), AchievementChange.REVOKED, 0, from, today);
        events.add(new AchievementRevoked(
                held.id(), held.issuer(), held.deposit(), from, held.claims()));
        if (held.achievement().origin() != null) {
            events.addAll(Transfer.cameBack(after(open, events), held, today));
        }
        return events;
    }

    /**
     * What becomes of all that rests on an achievement that holds no longer, or not as it was.
     *
     * @param keeps how many hundredths of it may stay used
     * @param from  from which day it holds no longer, or not as it was
     */
    private static List<AccountEvent> unsettled(Open open, AchievementId achievement,
            AchievementChange cause, long keeps, LocalDate from, LocalDate today) {
        List<AccountEvent> events = new ArrayList<>(Recognition.withdrawn(open,
                (_, line) -> line.evidence().equals(achievement), Recognition.cause(cause),
                today));
        events.addAll(Redemption.questioned(open, achievement, cause, keeps, today));
        events.addAll(Transfer.undone(open, achievement, cause, today));
        Open now = after(open, events);
        for (AchievementId received : Transfer.received(open, achievement)) {
            Held held = held(now, received);
            if (!held.revoked()) {
                LocalDate since = from.isBefore(held.happenedOn()) ? held.happenedOn() : from;
                List<AccountEvent> further = revoked(now, held, since, today);
                now = after(now, further);
                events.addAll(further);
            }
        }
        return events;
    }

    private static Open after(Open open, List<AccountEvent> events) {
        Account now = open;
        for (AccountEvent event : events) {
            now = evolve(now, event);
        }
        return opened(now, open.learner());
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

    /** A business day that has come; today where none is said. */
    static LocalDate day(@Nullable LocalDate stated, LocalDate today, String field) {
        LocalDate day = stated == null ? today : stated;
        notAfter(day, today, field);
        if (day.isBefore(Achievement.EARLIEST)) {
            throw Rule.DATE_TOO_EARLY.brokenIn(field, day);
        }
        return day;
    }

    private static void notAfter(LocalDate day, LocalDate today, String field) {
        if (day.isAfter(today)) {
            throw Rule.DATE_IN_FUTURE.brokenIn(field, day);
        }
    }

    /** Nothing is decided for a day before that of what it rests on. */
    static LocalDate notBefore(LocalDate basis, LocalDate day) {
        if (day.isBefore(basis)) {
            throw Rule.DATE_BEFORE_BASIS.brokenIn("on", day);
        }
        return day;
    }

    /** Refuses for one that does not hold on the day. */
    static Held holding(Held held, LocalDate on) {
        refuseIf(held.revoked(), () -> new Refusal.AchievementAlreadyRevoked(held.id()));
        refuseIf(!held.holdsOn(on), () -> new Refusal.AchievementDoesNotHold(held.id(), on));
        return held;
    }

    static Held held(Open open, AchievementId id) {
        refuseIf(!id.learner().equals(open.learner())
                        || id.number() > open.achievements().size(),
                () -> new Refusal.AchievementUnknown(id.toString()));
        return open.held(id);
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
                    new Open(e.learner(), e.claims());
            case IdentityCorrected e when state instanceof Open open -> e.claims().isEmpty()
                    ? open : open.identified(e.claims());
            case AccountRestricted _ when state instanceof Open open && !open.restricted() ->
                    open.restricted(true);
            case RestrictionLifted _ when state instanceof Open open && open.restricted() ->
                    open.restricted(false);
            case LearnerErased e when state instanceof Open -> new Erased(e.learner());
            case AchievementRecorded e when state instanceof Open open && isNext(open, e)
                    && Transfer.accountsFor(open, e) ->
                    open.withAchievements(open.achievements().plus(recorded(e)));
            case AchievementCorrected e when state instanceof Open open
                    && isOfTheSame(open.held(e.id()), e.after()) ->
                    open.with(corrected(open.held(e.id()), e));
            case AchievementRevoked e when state instanceof Open open
                    && !open.held(e.id()).revoked() ->
                    open.with(revoked(open.held(e.id())));
            case EnrolmentEvent e when state instanceof Open open -> Enrolment.evolve(open, e);
            case ApplicationEvent e when state instanceof Open open ->
                    Application.evolve(open, e);
            case RecognitionEvent e when state instanceof Open open ->
                    Recognition.evolve(open, e);
            case RedemptionEvent e when state instanceof Open open ->
                    Redemption.evolve(open, e);
            case TransferEvent e when state instanceof Open open -> Transfer.evolve(open, e);
            case AccountOpened _, IdentityCorrected _, AccountRestricted _, RestrictionLifted _,
                    LearnerErased _, AchievementRecorded _, AchievementCorrected _,
                    AchievementRevoked _, EnrolmentEvent _, ApplicationEvent _,
                    RecognitionEvent _, RedemptionEvent _, TransferEvent _ ->
                    throw new IllegalStateException(event + " cannot follow " + state);
        };
    }

    private static boolean isNext(Open open, AchievementRecorded e) {
        return e.id().number() == open.achievements().size() + 1;
    }

    /** Corrected is what still holds, and neither what it is, nor whose, nor where it came from. */
    private static boolean isOfTheSame(Held held, Achievement after) {
        return !held.revoked() && held.kind() == after.kind()
                && held.issuer().equals(after.issuer())
                && Objects.equals(held.achievement().origin(), after.origin());
    }

    private static Held recorded(AchievementRecorded e) {
        LocalDate knownOn = e.knownOn() == null ? e.achievement().happenedOn() : e.knownOn();
        return new Held(e.id(), e.achievement(), e.sector(), knownOn, e.claims(), false, 0, 0, 0);
    }

    private static Held corrected(Held was, AchievementCorrected e) {
        List<Claim> claims = new ArrayList<>(without(was.claims(), e.releases()));
        claims.addAll(e.claims());
        return new Held(was.id(), e.after(), was.sector(), was.knownOn(), List.copyOf(claims),
                false, was.reserved(), was.redeemed(), was.transferred());
    }

    private static Held revoked(Held was) {
        if (was.available() != was.deposit().credits().hundredths()) {
            throw new IllegalStateException(was.id() + " is revoked while it is used");
        }
        return new Held(was.id(), was.achievement(), was.sector(), was.knownOn(), List.of(),
                true, 0, 0, 0);
    }
}
