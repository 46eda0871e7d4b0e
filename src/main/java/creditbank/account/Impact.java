package creditbank.account;

import creditbank.account.Account.Open;
import creditbank.account.Recognition.Line;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AccountEvent.IdentityCorrected;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AccountEvent.RestrictionLifted;
import creditbank.api.account.AchievementId;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.CreditState;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.TransferEvent.TransferAccepted;
import creditbank.api.account.TransferEvent.TransferDeclined;
import creditbank.api.account.TransferEvent.TransferLapsed;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.account.TransferEvent.TransferUndone;
import creditbank.api.account.TransferEvent.TransferWithdrawn;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.TargetId;
import creditbank.rulebook.Engine;
import creditbank.rulebook.Rulebook;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What would have come of it, had a rulebook said something else: every decision under any of its
 * versions is made again in its place, on what it would have found, under the text that is tried.
 * Nothing is written. Credits are not bound in the history that is tried, so only what counts
 * towards a programme is compared.
 */
public final class Impact {

    /** The learner's own words are gone with the key: such a decision cannot be made again. */
    public static final class CannotBeTried extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * One line that is not what it was.
     *
     * @param before hundredths that count as it is; absent where nothing does, and zero for an
     *               exemption
     * @param after  the same under the text that is tried
     * @param why    why it would be refused, where it would
     */
    public record Change(AchievementId evidence, TargetId target, @Nullable Long before,
            @Nullable Long after, @Nullable RefusalCode why) {
    }

    private final Function<RecognitionDecided, Attributes> ofLearner;
    private final Surroundings around;
    private final Rulebook tried;

    /** @param ofLearner opens what was said of the learner, or throws {@link CannotBeTried} */
    Impact(Function<RecognitionDecided, Attributes> ofLearner, Surroundings around,
            Rulebook rulebook) {
        this.ofLearner = ofLearner;
        this.around = around;
        this.tried = rulebook.tried();
    }

    /**
     * The changes in each of a learner's studies that go on or led to a diploma.
     *
     * @param history all events of the learner's stream
     */
    Map<EnrolmentId, List<Change>> on(List<AccountEvent> history) {
        Account now = Account.NONE;
        Account otherwise = Account.NONE;
        Map<Place, RefusalCode> refused = new LinkedHashMap<>();
        for (AccountEvent event : history) {
            now = Account.evolve(now, event);
            AccountEvent instead = event;
            if (event instanceof RecognitionDecided e && isUnder(e)
                    && otherwise instanceof Open open) {
                Decision decision = again(open, e);
                decision.refused().stream().filter(line -> line.target() != null)
                        .forEach(line -> refused.put(new Place(e.enrolment(),
                                AchievementId.parse(line.evidence().text()),
                                Objects.requireNonNull(line.target())), line.code()));
                instead = new RecognitionDecided(e.id(), e.enrolment(), e.programme(),
                        e.asked(), e.request(), e.ofLearner(), e.agreement(), e.application(),
                        decision, List.of());
            }
            if (!withdrawsNothing(otherwise, instead)) {
                otherwise = Account.evolve(otherwise, unbound(instead));
            }
        }
        return now instanceof Open is && otherwise instanceof Open would
                ? changes(is, would, refused) : Map.of();
    }

    /** What would not have been granted cannot be taken back. */
    private static boolean withdrawsNothing(Account otherwise, AccountEvent event) {
        return event instanceof RecognitionWithdrawn e && otherwise instanceof Open open
                && !open.recognition(e.id()).countsOn(e.achievement());
    }

    private boolean isUnder(RecognitionDecided e) {
        return e.decision().rulebook().id().equals(rulebook());
    }

    private RulebookId rulebook() {
        return tried.version().id();
    }

    /** Where the rulebook does not hold at all, nothing counts. */
    private Decision again(Open open, RecognitionDecided e) {
        try {
            return Recognition.decided(open, open.enrolment(e.enrolment()), tried,
                    e.asked(), e.decision().on(), e.request(), ofLearner.apply(e), e.agreement(),
                    around);
        } catch (Refused refusedAtAll) {
            return new Decision(tried.version(), e.decision().on(), Engine.REVISION,
                    List.of(), List.of(),
                    List.of(), List.of(), List.of(), Decision.Search.PROVEN);
        }
    }

    // ------------------------------------------------------------------ credits that are not bound

    private static AccountEvent unbound(AccountEvent event) {
        return switch (event) {
            case RecognitionDecided e -> new RecognitionDecided(e.id(), e.enrolment(), e.programme(),
                    e.asked(), e.request(), e.ofLearner(), e.agreement(), e.application(),
                    e.decision(), List.of());
            case RecognitionWithdrawn e -> new RecognitionWithdrawn(
                    e.id(), e.achievement(), e.cause(), e.on(), List.of());
            case EnrolmentWithdrawn e -> new EnrolmentWithdrawn(e.id(), e.on(), List.of());
            case CreditsRedeemed e -> new CreditsRedeemed(
                    e.id(), e.by(), e.purpose(), e.on(), unbound(e.postings()));
            case RedemptionReversed e ->
                    new RedemptionReversed(e.id(), e.on(), unbound(e.postings()), e.passed());
            case RedemptionQuestioned e -> new RedemptionQuestioned(
                    e.id(), e.achievement(), e.cause(), e.on(), unbound(e.postings()));
            case TransferRequested e -> new TransferRequested(e.id(), e.from(), e.to(),
                    e.programme(), e.asked(), e.request(), e.ofLearner(), e.agreement(),
                    e.decision(), e.answerBy(), unbound(e.postings()));
            case TransferAccepted e -> new TransferAccepted(
                    e.id(), e.on(), e.received(), unbound(e.postings()));
            case TransferDeclined e ->
                    new TransferDeclined(e.id(), e.on(), unbound(e.postings()));
            case TransferWithdrawn e -> new TransferWithdrawn(
                    e.id(), e.cause(), e.achievement(), e.on(), unbound(e.postings()));
            case TransferLapsed e -> new TransferLapsed(e.id(), e.on(), unbound(e.postings()));
            case TransferUndone _, AccountOpened _, IdentityCorrected _, AccountRestricted _,
                    RestrictionLifted _, LearnerErased _, AchievementRecorded _,
                    AchievementCorrected _, AchievementRevoked _, EnrolmentBegun _,
                    EnrolmentMoved _, ApplicationEvent _ -> event;
        };
    }

    private static List<Posting> unbound(List<Posting> postings) {
        return postings.stream().filter(p -> unbound(p.from()) != unbound(p.to()))
                .map(p -> new Posting(p.achievement(), p.sector(), unbound(p.from()),
                        unbound(p.to()), p.credits())).toList();
    }

    private static CreditState unbound(CreditState state) {
        return state == CreditState.RESERVED ? CreditState.AVAILABLE : state;
    }

    // ------------------------------------------------------------------ side by side

    private record Place(EnrolmentId enrolment, AchievementId evidence, TargetId target) {
    }

    private Map<EnrolmentId, List<Change>> changes(
            Open is, Open would, Map<Place, RefusalCode> refused) {
        Map<Place, Long> before = lines(is);
        Map<Place, Long> after = lines(would);
        Map<EnrolmentId, List<Change>> changes = new LinkedHashMap<>();
        Stream.concat(before.keySet().stream(), after.keySet().stream()).distinct()
                .filter(place -> !Objects.equals(before.get(place), after.get(place)))
                .forEach(place -> changes.computeIfAbsent(place.enrolment(),
                        _ -> new ArrayList<>()).add(new Change(place.evidence(), place.target(),
                        before.get(place), after.get(place),
                        after.containsKey(place) ? null : refused.get(place))));
        return changes;
    }

    private Map<Place, Long> lines(Open open) {
        Map<Place, Long> lines = new LinkedHashMap<>();
        for (Recognition recognition : open.recognitions()) {
            if (recognition.rulebook().id().equals(rulebook())
                    && open.enrolment(recognition.enrolment()).status()
                    != Enrolment.Status.WITHDRAWN) {
                for (Line line : recognition.lines()) {
                    lines.merge(new Place(recognition.enrolment(), line.evidence(),
                                    line.target()),
                            Optional.ofNullable(line.hundredths()).orElse(0L), Long::sum);
                }
            }
        }
        return lines;
    }
}
