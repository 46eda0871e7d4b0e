package creditbank.account;

import static creditbank.api.Refused.refuseIf;

import creditbank.account.Account.Open;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.CreditState;
import creditbank.api.account.Origin;
import creditbank.api.account.Posting;
import creditbank.api.account.TransferCommand;
import creditbank.api.account.TransferCommand.AcceptTransfer;
import creditbank.api.account.TransferCommand.DeclineTransfer;
import creditbank.api.account.TransferCommand.LapseTransfer;
import creditbank.api.account.TransferCommand.RequestTransfer;
import creditbank.api.account.TransferCommand.WithdrawTransfer;
import creditbank.api.account.TransferEvent;
import creditbank.api.account.TransferEvent.TransferAccepted;
import creditbank.api.account.TransferEvent.TransferDeclined;
import creditbank.api.account.TransferEvent.TransferLapsed;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.account.TransferEvent.TransferUndone;
import creditbank.api.account.TransferEvent.TransferWithdrawn;
import creditbank.api.account.TransferId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Wish;
import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import creditbank.rulebook.Ask;
import creditbank.rulebook.Engine;
import creditbank.rulebook.Programme;
import creditbank.rulebook.Rulebook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Credits that go from one school to another, as later decisions see it.
 *
 * @param programme whose courses and groups they are mapped on, if any
 * @param answerBy  the last day for an answer
 * @param lines     what becomes what; without those that were undone since
 */
public record Transfer(TransferId id, InstitutionId from, InstitutionId to,
        @Nullable ProgrammeVersion programme, LocalDate answerBy, List<Line> lines,
        Status status) {

    /** How many days a school has for its answer where nothing is said. */
    static final int USUAL_DAYS = 60;
    /** How many it can have at most: credits that wait can be used for nothing else. */
    static final int MOST_DAYS = 365;

    public enum Status {
        WAITING,
        ACCEPTED,
        DECLINED,
        WITHDRAWN,
        LAPSED
    }

    /**
     * A piece and what it becomes.
     *
     * @param credits  in the rulebook's unit; absent where a course need only not be taken
     * @param grade    to be recorded instead of the piece's own, if any
     * @param received what it became; absent until it is accepted
     */
    public record Line(AchievementId evidence, TargetId target, ClauseId clause,
            @Nullable Credits credits, @Nullable String grade,
            @Nullable AchievementId received) {

        private static Line of(GrantedLine granted) {
            return new Line(AchievementId.parse(granted.evidence().text()), granted.target(),
                    granted.clause(), granted.credits(), granted.grade(), null);
        }

        private Line as(AchievementId now) {
            return new Line(evidence, target, clause, credits, grade, now);
        }

        private Credits becomes(Achievement was) {
            return credits == null ? new Credits(0, was.credits().unit()) : credits;
        }
    }

    /** Where credits go, so that what went there before is counted with them. */
    record Goal(InstitutionId to, @Nullable ProgrammeId programme) {

        static Goal of(InstitutionId to, @Nullable ProgrammeVersion programme) {
            return new Goal(to, programme == null ? null : programme.id());
        }
    }

    public Transfer {
        lines = List.copyOf(lines);
    }

    Goal goal() {
        return Goal.of(to, programme);
    }

    /** The lines whose evidence can be used for nothing else. */
    List<Line> binding() {
        return status == Status.WAITING || status == Status.ACCEPTED ? lines : List.of();
    }

    /** The evidence that can be used for nothing else. */
    List<AchievementId> bound() {
        return binding().stream().map(Line::evidence).distinct().toList();
    }

    private Transfer as(Status now, List<Line> left) {
        return new Transfer(id, from, to, programme, answerBy, left, now);
    }

    private Transfer accepted(List<AchievementId> received) {
        List<Line> now = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            now.add(lines.get(i).as(received.get(i)));
        }
        return as(Status.ACCEPTED, now);
    }

    private Transfer without(AchievementId evidence) {
        return as(status, lines.stream()
                .filter(line -> !line.evidence().equals(evidence)).toList());
    }

    // ------------------------------------------------------------------ decide

    static List<AccountEvent> decide(Open open, TransferCommand command, Surroundings around) {
        return switch (command) {
            case RequestTransfer c -> List.of(request(open, c, around));
            case AcceptTransfer c -> accept(open, c, around);
            case DeclineTransfer c -> List.of(decline(open, c, around.today()));
            case WithdrawTransfer c -> List.of(withdraw(open, c, around.today()));
            case LapseTransfer c -> List.of(lapse(open, c, around.today()));
        };
    }

    private static TransferEvent request(Open open, RequestTransfer c, Surroundings around) {
        LocalDate today = around.today();
        LocalDate answerBy = c.answerBy() == null ? today.plusDays(USUAL_DAYS) : c.answerBy();
        refuseIf(answerBy.isBefore(today) || answerBy.isAfter(today.plusDays(MOST_DAYS)),
                () -> new Refusal.AnswerDayOutOfBounds(
                        answerBy, today, today.plusDays(MOST_DAYS)));
        Decision decision = decided(open, c, Account.day(c.on(), today, "on"), around);
        Institution.active(around.institution(c.from()), c.from());
        refuseIf(decision.granted().isEmpty(),
                () -> new Refusal.TransferOfNothing(c.rulebook(), c.to()));
        return requested(open, c, decision, answerBy);
    }

    private static TransferRequested requested(
            Open open, RequestTransfer c, Decision decision, LocalDate answerBy) {
        List<Posting> postings = decision.granted().stream().map(Line::of).map(Line::evidence)
                .distinct().map(open::held)
                .flatMap(held -> held.posting(CreditState.AVAILABLE, CreditState.RESERVED,
                        held.available()).stream()).toList();
        return new TransferRequested(
                new TransferId(open.learner(), open.transfers().size() + 1), c.from(), c.to(),
                c.programme(), c.asked(), c.request(), c.sealedOfLearner(), c.agreement(),
                decision, answerBy, postings);
    }

    /**
     * What a rulebook makes of what a school offers, of an account as it stands. The same account
     * and offer give the same decision, so whoever reads the entry can make it again.
     */
    static Decision decided(Open open, RequestTransfer c, LocalDate on, Surroundings around) {
        refuseIf(c.from().equals(c.to()), () -> new Refusal.TransferToOneself(c.to()));
        Institution.Active to = Institution.active(around.institution(c.to()), c.to());
        Rulebook rulebook = around.rulebook(c.rulebook());
        around.refuseUnlessInForce(c.rulebook(), on);
        Programme goal = goal(c, to, rulebook, around);
        Admissible admissible = new Admissible(c.to(), c.rulebook().id(),
                rulebook.head().jurisdiction(), c.agreement(), on, around);
        admissible.refuseUnlessRulesHold();
        Refusal objection = admissible.objection(c.from());
        if (objection != null) {
            throw new Refused(objection);
        }
        Ask ask = c.asked() == null ? new Ask.Best() : new Ask.Exactly(c.asked());
        return Engine.decide(Cases.ofTransfer(open, c, around)
                .of(goal, c.to(), evidence(open, c, on), on, c.request(), c.ofLearner(), ask),
                rulebook);
    }

    private static Programme goal(RequestTransfer c, Institution.Active to, Rulebook rulebook,
            Surroundings around) {
        ProgrammeVersion programme = c.programme();
        if (programme == null) {
            return Programme.ofInstitution(c.to(), to.sector(), to.region());
        }
        var plan = around.plan(programme);
        refuseIf(!plan.institution().equals(c.to()),
                () -> new Refusal.ProgrammeOfAnotherInstitution(
                        programme, plan.institution(), c.to()));
        refuseIf(rulebook.unit() != plan.unit(), () -> new Refusal.RulebookOfAnotherUnit(
                rulebook.version(), rulebook.unit(), plan.unit()));
        return around.programme(programme);
    }

    /** What is named is refused where it cannot go, whole; all else is passed over. */
    private static List<Held> evidence(Open open, RequestTransfer c, LocalDate on) {
        if (c.asked() == null) {
            return open.achievements().stream().filter(held -> held.holdsOn(on)
                    && held.issuer().equals(c.from()) && isFree(open, held)).toList();
        }
        Set<AchievementId> named = new HashSet<>();
        for (Wish wish : c.asked()) {
            Held held = Account.holding(
                    Account.held(open, AchievementId.parse(wish.evidence().text())), on);
            refuseIf(!held.issuer().equals(c.from()),
                    () -> new Refusal.EvidenceOfAnotherInstitution(
                            held.id(), held.issuer(), c.from()));
            refuseIf(!isFree(open, held), () -> new Refusal.CreditsNotAvailable(
                    held.deposit().credits(),
                    held.isUnused() ? held.credits(0) : held.free().credits(), on));
            named.add(held.id());
        }
        return open.achievements().stream().filter(held -> named.contains(held.id())).toList();
    }

    /** Whether nothing uses it, which credits alone do not tell of a piece that has none. */
    private static boolean isFree(Open open, Held held) {
        return held.isUnused() && !Recognition.binds(open, held.id())
                && !Redemption.counts(open, held.id()) && of(open, held.id()).findAny().isEmpty();
    }

    /**
     * An entry, made again from what stood before it, with the credits that it reserves.
     *
     * @param ofLearner what was said of the learner; the entry has it sealed. Null where the
     *                  decision cannot be made again: then it is taken as it stands
     * @throws Refused if nothing could have been decided
     */
    public static TransferRequested again(Open before, TransferRequested event,
            @Nullable Attributes ofLearner, Surroundings around) {
        RequestTransfer c = new RequestTransfer(event.learner(), event.from(), event.to(),
                event.programme(), event.decision().rulebook(), event.asked(),
                event.decision().on(), event.answerBy(), event.request(),
                ofLearner == null ? Attributes.NONE : ofLearner, event.ofLearner(),
                event.agreement());
        return requested(before, c, ofLearner == null ? event.decision()
                : decided(before, c, event.decision().on(), around), event.answerBy());
    }

    /**
     * An acceptance and what is recorded behind it, made again from what stood before it.
     *
     * @throws Refused if nothing could have been accepted
     */
    public static List<AccountEvent> again(
            Open before, TransferAccepted event, Surroundings around) {
        return accepted(before, before.transfer(event.id()), event.on(), around);
    }

    // ------------------------------------------------------------------ answers

    /** What goes is recorded anew where it goes, in the same commit. */
    private static List<AccountEvent> accept(
            Open open, AcceptTransfer c, Surroundings around) {
        LocalDate today = around.today();
        return accepted(open, answered(open, c.transfer(), c.school(), today), today, around);
    }

    private static List<AccountEvent> accepted(
            Open open, Transfer transfer, LocalDate today, Surroundings around) {
        Sector sector = Institution.recordingSector(
                around.institution(transfer.to()), transfer.to());
        List<AchievementId> received = transfer.receives(open);
        List<AccountEvent> events = new ArrayList<>();
        events.add(new TransferAccepted(transfer.id(), today, received,
                transfer.posted(open, CreditState.TRANSFERRED)));
        for (int i = 0; i < received.size(); i++) {
            Line line = transfer.lines().get(i);
            Held held = Account.holding(open.held(line.evidence()), today);
            events.add(new AchievementRecorded(received.get(i), sector, today,
                    transfer.received(line, held, today), List.of()));
        }
        return events;
    }

    /** What the lines become: the next that the account records. */
    private List<AchievementId> receives(Open open) {
        int held = open.achievements().size();
        return IntStream.rangeClosed(1, lines.size())
                .mapToObj(i -> new AchievementId(open.learner(), held + i)).toList();
    }

    /**
     * As the school it goes to states it. It is achieved there on the day it is accepted, so that
     * credits do not count twice on the days before. A number stays with the certificate.
     */
    private Achievement received(Line line, Held held, LocalDate on) {
        Achievement was = held.achievement();
        String course = line.target().course();
        AchievementKind kind = course != null || was.kind().isNumbered()
                ? AchievementKind.COURSE : was.kind();
        return new Achievement(kind, to, null, was.recordKey(), was.title(),
                course == null ? was.subject() : course, was.level(), was.hours(),
                line.grade() == null ? was.grade() : line.grade(),
                line.becomes(was),
                on, was.validUntil(), was.evidence(), null, null, was.attributes(),
                new Origin(id, held.id()));
    }

    private static TransferEvent decline(Open open, DeclineTransfer c, LocalDate today) {
        Transfer transfer = answered(open, c.transfer(), c.school(), today);
        return new TransferDeclined(
                transfer.id(), today, transfer.posted(open, CreditState.AVAILABLE));
    }

    private static Transfer answered(
            Open open, TransferId id, InstitutionId school, LocalDate today) {
        Transfer transfer = waiting(open, id, school, known(open, id).to());
        refuseIf(today.isAfter(transfer.answerBy()),
                () -> new Refusal.TransferAnswerTooLate(id, transfer.answerBy()));
        return transfer;
    }

    private static TransferEvent withdraw(Open open, WithdrawTransfer c, LocalDate today) {
        Transfer transfer =
                waiting(open, c.transfer(), c.school(), known(open, c.transfer()).from());
        return new TransferWithdrawn(transfer.id(), null, null, today,
                transfer.posted(open, CreditState.AVAILABLE));
    }

    private static TransferEvent lapse(Open open, LapseTransfer c, LocalDate today) {
        Transfer transfer = known(open, c.transfer());
        InstitutionId school = c.school();
        refuseIf(school != null && !school.equals(transfer.from())
                        && !school.equals(transfer.to()),
                () -> new Refusal.NotYourInstitution(
                        Objects.requireNonNull(school), transfer.from()));
        transfer.refuseUnlessWaiting();
        refuseIf(!today.isAfter(transfer.answerBy()),
                () -> new Refusal.TransferStillWaits(transfer.id(), transfer.answerBy()));
        return new TransferLapsed(transfer.id(), transfer.answerBy().plusDays(1),
                transfer.posted(open, CreditState.AVAILABLE));
    }

    /** One that nobody has answered yet, for the school that may. */
    private static Transfer waiting(
            Open open, TransferId id, InstitutionId asking, InstitutionId may) {
        refuseIf(!asking.equals(may), () -> new Refusal.NotYourInstitution(asking, may));
        Transfer transfer = known(open, id);
        transfer.refuseUnlessWaiting();
        return transfer;
    }

    private void refuseUnlessWaiting() {
        refuseIf(status != Status.WAITING, () -> new Refusal.TransferEnded(id));
    }

    private static Transfer known(Open open, TransferId id) {
        refuseIf(!id.learner().equals(open.learner())
                        || id.number() > open.transfers().size(),
                () -> new Refusal.TransferUnknown(id.toString()));
        return open.transfer(id);
    }

    /** What waits goes into another state. It was reserved whole, so it goes whole. */
    private List<Posting> posted(Open open, CreditState to) {
        return bound().stream().map(open::held)
                .flatMap(held -> held.posting(
                        CreditState.RESERVED, to, held.reserved()).stream()).toList();
    }

    // ------------------------------------------------------------------ what rests on a piece

    /** What becomes of transfers when a piece holds no longer, or not as it was. */
    static List<AccountEvent> undone(
            Open open, AchievementId achievement, AchievementChange cause, LocalDate on) {
        return of(open, achievement).<AccountEvent>map(transfer ->
                transfer.status() == Status.WAITING
                        ? new TransferWithdrawn(transfer.id(), cause, achievement, on,
                                transfer.posted(open, CreditState.AVAILABLE))
                        : new TransferUndone(transfer.id(), achievement, cause, null, on,
                                back(open.held(achievement)))).toList();
    }

    /**
     * A piece comes back to the school that let it go once nothing is left of what it became.
     *
     * @param open    as it stands without {@code revoked}
     * @param revoked what the other school, or one behind it, took back
     */
    static List<AccountEvent> cameBack(Open open, Held revoked, LocalDate on) {
        Origin origin = revoked.achievement().origin();
        if (origin == null
                || !open.transfer(origin.transfer()).isNothingLeft(open, origin.achievement())) {
            return List.of();
        }
        return List.of(new TransferUndone(origin.transfer(), origin.achievement(),
                AchievementChange.REVOKED, revoked.id(), on,
                back(open.held(origin.achievement()))));
    }

    /** Of a piece that went; of one that did not, nothing was there. */
    private boolean isNothingLeft(Open open, AchievementId evidence) {
        List<AchievementId> became = became(evidence).toList();
        return !became.isEmpty()
                && became.stream().allMatch(received -> open.held(received).revoked());
    }

    private Stream<AchievementId> became(AchievementId evidence) {
        return lines.stream().filter(line -> line.evidence().equals(evidence))
                .flatMap(line -> Stream.ofNullable(line.received()));
    }

    private static List<Posting> back(Held held) {
        return held.posting(CreditState.TRANSFERRED, CreditState.AVAILABLE, held.transferred())
                .map(List::of).orElse(List.of());
    }

    /** What a piece became elsewhere. */
    static List<AchievementId> received(Open open, AchievementId achievement) {
        return of(open, achievement).flatMap(transfer -> transfer.became(achievement)).toList();
    }

    private static Stream<Transfer> of(Open open, AchievementId achievement) {
        return open.transfers().stream()
                .filter(transfer -> transfer.bound().contains(achievement));
    }

    // ------------------------------------------------------------------ evolve

    static Open evolve(Open open, TransferEvent event) {
        return switch (event) {
            case TransferRequested e when e.id().number() == open.transfers().size() + 1 ->
                    open.withTransfers(open.transfers().plus(new Transfer(e.id(), e.from(),
                            e.to(), e.programme(), e.answerBy(),
                            e.decision().granted().stream().map(Line::of).toList(),
                            Status.WAITING))).posted(e.postings());
            case TransferAccepted e when is(open, e, Status.WAITING) && e.received()
                    .equals(open.transfer(e.id()).receives(open)) ->
                    open.posted(e.postings()).with(open.transfer(e.id()).accepted(e.received()));
            case TransferDeclined e when is(open, e, Status.WAITING) ->
                    ended(open, e, Status.DECLINED, e.postings());
            case TransferWithdrawn e when is(open, e, Status.WAITING)
                    && (e.cause() == null) == (e.achievement() == null) ->
                    ended(open, e, Status.WITHDRAWN, e.postings());
            case TransferLapsed e when is(open, e, Status.WAITING) ->
                    ended(open, e, Status.LAPSED, e.postings());
            case TransferUndone e when is(open, e, Status.ACCEPTED)
                    && open.transfer(e.id()).canBeUndone(open, e) ->
                    open.posted(e.postings())
                            .with(open.transfer(e.id()).without(e.achievement()));
            case TransferRequested _, TransferAccepted _, TransferDeclined _, TransferWithdrawn _,
                    TransferLapsed _, TransferUndone _ ->
                    throw new IllegalStateException(event + " cannot follow " + open);
        };
    }

    private boolean canBeUndone(Open open, TransferUndone e) {
        return e.received() == null ? bound().contains(e.achievement())
                : e.cause() == AchievementChange.REVOKED && isNothingLeft(open, e.achievement())
                        && became(e.achievement()).anyMatch(e.received()::equals);
    }

    private static boolean is(Open open, TransferEvent event, Status status) {
        return open.transfer(event.id()).status() == status;
    }

    /** Whether what is recorded is what a transfer brings, or else what no transfer does. */
    static boolean accountsFor(Open open, AchievementRecorded event) {
        Origin origin = event.achievement().origin();
        return origin == null
                ? open.transfers().stream().flatMap(transfer -> transfer.lines().stream())
                        .noneMatch(line -> event.id().equals(line.received()))
                : open.transfer(origin.transfer()).brings(open, event, origin);
    }

    private boolean brings(Open open, AchievementRecorded event, Origin origin) {
        return event.achievement().issuer().equals(to) && lines.stream().anyMatch(line ->
                event.id().equals(line.received())
                        && line.evidence().equals(origin.achievement())
                        && line.becomes(open.held(line.evidence()).achievement())
                                .equals(event.achievement().credits()));
    }

    private static Open ended(
            Open open, TransferEvent event, Status now, List<Posting> postings) {
        Transfer transfer = open.transfer(event.id());
        return open.posted(postings).with(transfer.as(now, transfer.lines()));
    }
}
