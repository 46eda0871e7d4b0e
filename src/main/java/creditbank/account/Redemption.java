package creditbank.account;

import static creditbank.api.Refused.refuseIf;

import creditbank.account.Account.Open;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AchievementId;
import creditbank.api.account.CreditState;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RedemptionCommand.Graduate;
import creditbank.api.account.RedemptionCommand.RedeemCredits;
import creditbank.api.account.RedemptionCommand.ReverseRedemption;
import creditbank.api.account.RedemptionCommand;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.RedemptionEvent;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Credits;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Credits used for good, as later decisions see it.
 *
 * @param postings   what is still used of it: what was revoked or corrected away is not
 * @param questioned the evidence that was revoked or corrected since
 * @param stands     until it is reversed
 */
public record Redemption(RedemptionId id, InstitutionId by, RedemptionPurpose purpose, LocalDate on,
        List<AchievementId> evidence, List<Posting> postings, List<AchievementId> questioned,
        boolean stands) {

    private static final LocalDate NEVER = LocalDate.MAX;

    /** What expires first is used first; then what was achieved first. */
    private static final Comparator<Held> SOONEST_TO_EXPIRE = Comparator
            .comparing((Held held) -> held.achievement().validUntil() == null
                    ? NEVER : held.achievement().validUntil())
            .thenComparing(Held::happenedOn).thenComparing(held -> held.id().number());

    public Redemption {
        evidence = List.copyOf(evidence);
        postings = List.copyOf(postings);
        questioned = List.copyOf(questioned);
    }

    private Redemption reversed() {
        return new Redemption(id, by, purpose, on, evidence, List.of(), questioned, false);
    }

    /** Less what goes back of an achievement, of which a redemption has one posting. */
    private Redemption questioned(AchievementId achievement, List<Posting> returned) {
        List<Posting> left = new ArrayList<>();
        for (Posting posting : postings) {
            long amount = posting.credits().hundredths() - returned.stream()
                    .filter(r -> r.achievement().equals(posting.achievement()))
                    .mapToLong(r -> r.credits().hundredths()).sum();
            if (amount > 0) {
                left.add(new Posting(posting.achievement(), posting.sector(), posting.from(),
                        posting.to(), new Credits(amount, posting.credits().unit())));
            }
        }
        Set<AchievementId> now = new LinkedHashSet<>(questioned);
        now.add(achievement);
        return new Redemption(id, by, purpose, on, evidence, left, List.copyOf(now), stands);
    }

    // ------------------------------------------------------------------ decide

    static List<AccountEvent> decide(Open open, RedemptionCommand command, Surroundings around) {
        return switch (command) {
            case Graduate c -> List.of(graduate(open, c, around));
            case RedeemCredits c -> List.of(redeem(open, c, around));
            case ReverseRedemption c -> reverse(open, c, around);
        };
    }

    private static RedemptionEvent graduate(Open open, Graduate c, Surroundings around) {
        Enrolment enrolment = Enrolment.active(open, c.enrolment(), c.by());
        Institution.active(around.institution(c.by()), c.by());
        LocalDate on = enrolment.notBefore(Account.day(c.on(), around.today(), "on"));
        Studies studies = new Studies(open, enrolment, on, around);
        studies.refuseUnlessComplete();
        List<AchievementId> evidence = studies.counted().stream()
                .map(counted -> AchievementId.parse(counted.evidence().text())).distinct().toList();
        List<Posting> postings = evidence.stream().map(id -> Account.held(open, id))
                .flatMap(held -> held.reserved() > 0
                        ? held.posting(CreditState.RESERVED, CreditState.REDEEMED,
                                held.reserved()).stream()
                        : held.posting(CreditState.AVAILABLE, CreditState.REDEEMED,
                                held.available()).stream()).toList();
        return new CreditsRedeemed(next(open), c.by(),
                new RedemptionPurpose.Diploma(c.enrolment()), on, evidence, postings);
    }

    private static RedemptionEvent redeem(Open open, RedeemCredits c, Surroundings around) {
        Institution.active(around.institution(c.by()), c.by());
        LocalDate on = Account.day(c.on(), around.today(), "on");
        if (c.purpose() instanceof RedemptionPurpose.Exemption exemption) {
            Enrolment enrolment = Enrolment.active(open, exemption.enrolment(), c.by());
            refuseIf(around.programme(enrolment.programme()).target(exemption.target()).isEmpty(),
                    () -> new Refusal.TargetUnknown(exemption.target(), enrolment.programme()));
        }
        Predicate<Held> usable = held -> held.holdsOn(on)
                && held.achievement().credits().unit() == c.credits().unit();
        List<Held> from = c.from().isEmpty()
                ? open.achievements().stream().filter(usable).sorted(SOONEST_TO_EXPIRE).toList()
                : c.from().stream().map(id -> Account.holding(Account.held(open, id), on))
                        .filter(usable).toList();
        List<Posting> postings = new ArrayList<>();
        long left = c.credits().hundredths();
        for (Held held : from) {
            long taken = Math.min(left, held.available());
            held.posting(CreditState.AVAILABLE, CreditState.REDEEMED, taken)
                    .ifPresent(postings::add);
            left -= taken;
        }
        if (left > 0 || postings.isEmpty()) {
            throw new Refused(new Refusal.CreditsNotAvailable(c.credits(),
                    new Credits(c.credits().hundredths() - left, c.credits().unit()), on));
        }
        return new CreditsRedeemed(next(open), c.by(), c.purpose(), on,
                postings.stream().map(Posting::achievement).toList(), postings);
    }

    private static RedemptionId next(Open open) {
        return new RedemptionId(open.learner(), open.redemptions().size() + 1);
    }

    private static List<AccountEvent> reverse(
            Open open, ReverseRedemption c, Surroundings around) {
        Redemption redemption = known(open, c.redemption());
        refuseIf(!redemption.by().equals(c.by()),
                () -> new Refusal.NotYourInstitution(c.by(), redemption.by()));
        refuseIf(!redemption.stands(), () -> new Refusal.RedemptionReversed(c.redemption()));
        LocalDate on = Account.day(c.on(), around.today(), "on");
        if (redemption.purpose() instanceof RedemptionPurpose.Diploma(EnrolmentId of)) {
            Enrolment.refuseIfEnrolled(open, Enrolment.known(open, of).programme().id());
        }
        RedemptionEvent reversed = new RedemptionReversed(c.redemption(), on,
                redemption.postings().stream().map(Posting::undone).toList());
        List<AccountEvent> events = new ArrayList<>(List.of(reversed));
        events.addAll(unsettled(evolve(open, reversed), redemption, on));
        return events;
    }

    /**
     * What was revoked or corrected while studies had ended counts no longer now that they go on,
     * as if they had gone on all the time.
     */
    private static List<AccountEvent> unsettled(
            Open open, Redemption redemption, LocalDate on) {
        if (!(redemption.purpose() instanceof RedemptionPurpose.Diploma(EnrolmentId of))) {
            return List.of();
        }
        List<AccountEvent> events = new ArrayList<>();
        for (AchievementId achievement : redemption.questioned()) {
            Cause cause = Account.held(open, achievement).revoked()
                    ? Cause.REVOKED : Cause.CORRECTED;
            events.addAll(Recognition.withdrawn(open, (recognition, line) ->
                    recognition.enrolment().equals(of) && line.evidence().equals(achievement),
                    cause, on));
        }
        return events;
    }

    private static Redemption known(Open open, RedemptionId id) {
        refuseIf(id.number() > open.redemptions().size(),
                () -> new Refusal.RedemptionUnknown(id.toString()));
        return open.redemptions().get(id.number() - 1);
    }

    /**
     * Questions whatever rests on an achievement.
     *
     * @param keeps how many hundredths of it may stay used
     */
    static List<AccountEvent> questioned(
            Open open, AchievementId achievement, Cause cause, long keeps, LocalDate on) {
        List<AccountEvent> events = new ArrayList<>();
        long room = keeps;
        for (Redemption redemption : open.redemptions()) {
            if (redemption.stands() && redemption.evidence().contains(achievement)) {
                List<Posting> returned = new ArrayList<>();
                for (Posting posting : redemption.postings()) {
                    if (posting.achievement().equals(achievement)) {
                        long used = posting.credits().hundredths();
                        long stays = Math.min(room, used);
                        room -= stays;
                        Account.held(open, achievement).posting(CreditState.REDEEMED,
                                CreditState.AVAILABLE, used - stays).ifPresent(returned::add);
                    }
                }
                events.add(new RedemptionQuestioned(
                        redemption.id(), achievement, cause, on, returned));
            }
        }
        return events;
    }

    // ------------------------------------------------------------------ evolve

    static Open evolve(Open open, RedemptionEvent event) {
        return switch (event) {
            case CreditsRedeemed e when e.id().number() == open.redemptions().size() + 1 ->
                    diploma(open, e.purpose(), Enrolment.Status.GRADUATED)
                            .withRedemptions(open.redemptions().plus(new Redemption(e.id(),
                                    e.by(), e.purpose(), e.on(), e.evidence(), e.postings(),
                                    List.of(), true)))
                            .posted(e.postings());
            case RedemptionReversed e -> diploma(open, known(open, e.id()).purpose(),
                    Enrolment.Status.ACTIVE).posted(e.postings())
                    .with(known(open, e.id()).reversed());
            case RedemptionQuestioned e -> open.posted(e.postings())
                    .with(known(open, e.id()).questioned(e.achievement(), e.postings()));
            case CreditsRedeemed _ ->
                    throw new IllegalStateException(event + " cannot follow " + open);
        };
    }

    private static Open diploma(Open open, RedemptionPurpose purpose, Enrolment.Status now) {
        return purpose instanceof RedemptionPurpose.Diploma(var enrolment)
                ? open.with(Enrolment.known(open, enrolment).as(now)) : open;
    }
}
