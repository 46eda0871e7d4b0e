package creditbank.account;

import static creditbank.api.Refused.refuseIf;

import creditbank.account.Account.Open;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementId;
import creditbank.api.account.CreditState;
import creditbank.api.account.Posting;
import creditbank.api.account.RedemptionCommand;
import creditbank.api.account.RedemptionCommand.Graduate;
import creditbank.api.account.RedemptionCommand.RedeemCredits;
import creditbank.api.account.RedemptionCommand.ReverseRedemption;
import creditbank.api.account.RedemptionEvent;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.Passed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.account.RedemptionPurpose.Counted;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.account.RedemptionPurpose.ForAmount;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Judgement;
import creditbank.api.value.Credits;
import creditbank.api.value.Sealed;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Credits used for good, as later decisions see it.
 *
 * @param used       what is still used by it: what was revoked or corrected away is not. Credits
 *                   that several diplomas count are used by one of them
 * @param questioned the evidence that was revoked or corrected since
 * @param stands     until it is reversed
 */
public record Redemption(RedemptionId id, InstitutionId by, RedemptionPurpose purpose, LocalDate on,
        List<AchievementId> evidence, List<Used> used, List<AchievementId> questioned,
        boolean stands) {

    /** @param hundredths of a credit, more than none; an achievement stands here once */
    public record Used(AchievementId achievement, long hundredths) {
    }

    private static final LocalDate NEVER = LocalDate.MAX;

    /** What expires first is used first; then what was achieved first. */
    private static final Comparator<Held> SOONEST_TO_EXPIRE = Comparator
            .comparing((Held held) -> held.achievement().validUntil() == null
                    ? NEVER : held.achievement().validUntil())
            .thenComparing(Held::happenedOn).thenComparing(held -> held.id().number());

    public Redemption {
        evidence = List.copyOf(evidence);
        used = List.copyOf(used);
        questioned = List.copyOf(questioned);
    }

    private static Redemption of(CreditsRedeemed e) {
        return new Redemption(e.id(), e.by(), e.purpose(), e.on(), e.evidence(),
                e.postings().stream().map(p -> new Used(
                        p.achievement(), p.credits().hundredths())).toList(), List.of(), true);
    }

    private Redemption reversed() {
        return new Redemption(id, by, purpose, on, evidence, List.of(), questioned, false);
    }

    /** Less what goes back. */
    private Redemption less(List<Posting> returned) {
        Redemption left = this;
        for (Posting posting : returned) {
            left = left.plus(posting.achievement(), -posting.credits().hundredths());
        }
        return left;
    }

    private Redemption plus(AchievementId achievement, long hundredths) {
        List<Used> now = new ArrayList<>(used);
        long amount = hundredths + uses(achievement);
        if (amount < 0) {
            throw new IllegalStateException(id + " does not use so much of " + achievement);
        }
        now.removeIf(use -> use.achievement().equals(achievement));
        if (amount > 0) {
            now.add(new Used(achievement, amount));
        }
        return new Redemption(id, by, purpose, on, evidence, now, questioned, stands);
    }

    /** In hundredths. */
    long uses(AchievementId achievement) {
        return used.stream().filter(use -> use.achievement().equals(achievement))
                .mapToLong(Used::hundredths).sum();
    }

    private Redemption questioned(AchievementId achievement) {
        Set<AchievementId> now = new LinkedHashSet<>(questioned);
        now.add(achievement);
        return new Redemption(id, by, purpose, on, evidence, used, List.copyOf(now), stands);
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
        LocalDate on = enrolment.ending(open, Account.day(c.on(), around.today(), "on"));
        return graduated(open, enrolment, on, c.request(), c.ofLearner(), c.sealedOfLearner(),
                around);
    }

    /** The same account, programme and rulebooks give the same, so it can be made again. */
    private static CreditsRedeemed graduated(Open open, Enrolment enrolment, LocalDate on,
            Attributes request, Attributes ofLearner, @Nullable Sealed sealed,
            Surroundings around) {
        Studies studies = new Studies(open, enrolment, on, around);
        List<Judgement> judgements = studies.judgements(request, ofLearner);
        studies.refuseUnlessComplete(judgements);
        return graduated(open, studies, enrolment, on, judgements, request, sealed);
    }

    private static CreditsRedeemed graduated(Open open, Studies studies, Enrolment enrolment,
            LocalDate on, List<Judgement> judgements, Attributes request,
            @Nullable Sealed sealed) {
        List<Posting> postings = studies.counted().stream()
                .map(Counted::evidence).distinct().map(open::held)
                .flatMap(held -> held.reserved() > 0
                        ? held.posting(CreditState.RESERVED, CreditState.REDEEMED,
                                held.reserved()).stream()
                        : held.posting(CreditState.AVAILABLE, CreditState.REDEEMED,
                                held.available()).stream()).toList();
        return new CreditsRedeemed(next(open), enrolment.school(), new Diploma(enrolment.id(),
                enrolment.programme(), studies.counted(), judgements, request, sealed), on,
                postings);
    }

    /**
     * The graduation of an entry, made again from what stood before it.
     *
     * @param ofLearner what was said of the learner; the entry has it sealed. Null where the
     *                  judgements cannot be made again: then they are taken as they stand
     * @throws Refused if nobody could have graduated
     */
    public static CreditsRedeemed again(Open before, CreditsRedeemed event, Diploma diploma,
            @Nullable Attributes ofLearner, Surroundings around) {
        Enrolment enrolment = before.enrolment(diploma.enrolment());
        return ofLearner == null
                ? graduated(before, new Studies(before, enrolment, event.on(), around), enrolment,
                        event.on(), diploma.judgements(), diploma.request(), diploma.ofLearner())
                : graduated(before, enrolment, event.on(), diploma.request(), ofLearner,
                        diploma.ofLearner(), around);
    }

    private static RedemptionEvent redeem(Open open, RedeemCredits c, Surroundings around) {
        Institution.active(around.institution(c.by()), c.by());
        LocalDate on = Account.day(c.on(), around.today(), "on");
        // What a correction added to a piece that a diploma counts is in question with that.
        Predicate<Held> usable = held -> held.holdsOn(on)
                && held.achievement().credits().unit() == c.credits().unit()
                && !counts(open, held.id());
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
        return new CreditsRedeemed(next(open), c.by(), c.purpose(), on, postings);
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
        LocalDate on = Account.notBefore(
                redemption.on(), Account.day(c.on(), around.today(), "on"));
        if (redemption.purpose() instanceof Diploma diploma) {
            Enrolment.refuseIfEnrolled(
                    open, open.enrolment(diploma.enrolment()).programme().id());
        }
        Open without = without(open, redemption);
        RedemptionEvent reversed = new RedemptionReversed(c.redemption(), on,
                redemption.used().stream()
                        .flatMap(use -> returned(without, redemption.purpose(), use)).toList(),
                redemption.used().stream()
                        .flatMap(use -> passed(without, redemption.purpose(), use)).toList());
        List<AccountEvent> events = new ArrayList<>(List.of(reversed));
        events.addAll(unsettled(evolve(open, reversed), redemption, on));
        return events;
    }

    /** Before its credits go anywhere. */
    private static Open without(Open open, Redemption redemption) {
        return studies(open, redemption.purpose(), Enrolment.Status.GRADUATED,
                Enrolment.Status.ACTIVE).with(redemption.reversed());
    }

    /** Stays used where another diploma counts it, and is bound where studies that go on do. */
    private static Stream<Posting> returned(Open without, RedemptionPurpose purpose, Used use) {
        Held held = without.held(use.achievement());
        return switch (purpose) {
            case ForAmount _ -> held.posting(CreditState.REDEEMED, CreditState.AVAILABLE,
                    use.hundredths()).stream();
            case Diploma _ -> counts(without, use.achievement()) ? Stream.empty()
                    : held.posting(CreditState.REDEEMED,
                            Recognition.binds(without, use.achievement())
                                    ? CreditState.RESERVED : CreditState.AVAILABLE,
                            use.hundredths()).stream();
        };
    }

    /** What another diploma counts too is from now on used by that one. */
    private static Stream<Passed> passed(Open without, RedemptionPurpose purpose, Used use) {
        return switch (purpose) {
            case ForAmount _ -> Stream.empty();
            case Diploma _ -> counting(without, use.achievement()).stream()
                    .map(other -> new Passed(use.achievement(), other.id(),
                            without.held(use.achievement()).credits(use.hundredths())));
        };
    }

    /** Whether a diploma that stands counts a piece. */
    static boolean counts(Open open, AchievementId achievement) {
        return counting(open, achievement).isPresent();
    }

    /** A diploma that stands on a piece; the first of several. */
    private static Optional<Redemption> counting(Open open, AchievementId achievement) {
        return open.redemptions().stream()
                .filter(redemption -> redemption.isDiplomaOn(achievement)).findFirst();
    }

    private boolean isDiplomaOn(AchievementId achievement) {
        return stands && purpose instanceof Diploma && evidence.contains(achievement);
    }

    /**
     * What was revoked or corrected while studies had ended counts no longer now that they go on,
     * as if they had gone on all the time.
     */
    private static List<AccountEvent> unsettled(
            Open open, Redemption redemption, LocalDate on) {
        if (!(redemption.purpose() instanceof Diploma diploma)) {
            return List.of();
        }
        List<AccountEvent> events = new ArrayList<>();
        for (AchievementId achievement : redemption.questioned()) {
            AchievementChange change = open.held(achievement).revoked()
                    ? AchievementChange.REVOKED : AchievementChange.CORRECTED;
            events.addAll(Recognition.withdrawn(open, (recognition, line) ->
                    recognition.enrolment().equals(diploma.enrolment())
                            && line.evidence().equals(achievement),
                    Recognition.cause(change), on));
        }
        return events;
    }

    private static Redemption known(Open open, RedemptionId id) {
        refuseIf(!id.learner().equals(open.learner())
                        || id.number() > open.redemptions().size(),
                () -> new Refusal.RedemptionUnknown(id.toString()));
        return open.redemption(id);
    }

    /**
     * Questions whatever rests on an achievement.
     *
     * @param keeps how many hundredths of it may stay used
     */
    static List<AccountEvent> questioned(Open open, AchievementId achievement,
            AchievementChange cause, long keeps, LocalDate on) {
        List<AccountEvent> events = new ArrayList<>();
        long room = keeps;
        for (Redemption redemption : open.redemptions()) {
            if (redemption.stands() && redemption.evidence().contains(achievement)) {
                long used = redemption.uses(achievement);
                long stays = Math.min(room, used);
                room -= stays;
                events.add(new RedemptionQuestioned(redemption.id(), achievement, cause, on,
                        open.held(achievement).posting(CreditState.REDEEMED,
                                CreditState.AVAILABLE, used - stays).stream().toList()));
            }
        }
        return events;
    }

    // ------------------------------------------------------------------ evolve

    static Open evolve(Open open, RedemptionEvent event) {
        return switch (event) {
            case CreditsRedeemed e when e.id().number() == open.redemptions().size() + 1 ->
                    studies(open, e.purpose(), Enrolment.Status.ACTIVE,
                            Enrolment.Status.GRADUATED)
                            .withRedemptions(open.redemptions().plus(of(e)))
                            .posted(e.postings());
            case RedemptionReversed e when open.redemption(e.id()).stands() ->
                    reversed(open, open.redemption(e.id()), e);
            case RedemptionQuestioned e when open.redemption(e.id()).stands()
                    && open.redemption(e.id()).evidence().contains(e.achievement()) ->
                    open.posted(e.postings()).with(open.redemption(e.id()).less(e.postings())
                            .questioned(e.achievement()));
            case CreditsRedeemed _, RedemptionReversed _, RedemptionQuestioned _ ->
                    throw new IllegalStateException(event + " cannot follow " + open);
        };
    }

    /** All that it used is returned, or goes on to another diploma that counts it too. */
    private static Open reversed(Open open, Redemption was, RedemptionReversed e) {
        Open now = without(open, was).posted(e.postings());
        Redemption left = was.less(e.postings());
        for (Passed passed : e.passed()) {
            Redemption other = now.redemption(passed.to());
            long hundredths = passed.credits().hundredths();
            if (!other.isDiplomaOn(passed.achievement())
                    || !passed.credits().equals(
                            now.held(passed.achievement()).credits(hundredths))) {
                throw new IllegalStateException(e + " passes on what " + other + " cannot use");
            }
            left = left.plus(passed.achievement(), -hundredths);
            now = now.with(other.plus(passed.achievement(), hundredths));
        }
        if (!left.used().isEmpty()) {
            throw new IllegalStateException(e + " leaves used what nothing uses");
        }
        return now;
    }

    private static Open studies(Open open, RedemptionPurpose purpose, Enrolment.Status were,
            Enrolment.Status are) {
        if (!(purpose instanceof Diploma diploma)) {
            return open;
        }
        Enrolment enrolment = open.enrolment(diploma.enrolment());
        if (enrolment.status() != were
                || !enrolment.programme().equals(diploma.programme())) {
            throw new IllegalStateException(enrolment + " cannot be " + are);
        }
        return open.with(enrolment.as(are));
    }
}
