package creditbank.account;

import static creditbank.api.Refused.refuseIf;

import creditbank.account.Account.Open;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementId;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.Asking;
import creditbank.api.account.CreditState;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionCommand;
import creditbank.api.account.RecognitionCommand.RecogniseCredits;
import creditbank.api.account.RecognitionCommand.WithdrawRecognition;
import creditbank.api.account.RecognitionEvent;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RecognitionId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.programme.Plan;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Wish;
import creditbank.institution.Institution;
import creditbank.rulebook.Ask;
import creditbank.rulebook.Engine;
import creditbank.rulebook.Rulebook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was recognised towards a programme and still stands, as later decisions see it.
 *
 * @param on    the day it was decided for
 * @param lines empty once all was withdrawn, or where nothing was granted
 */
public record Recognition(RecognitionId id, EnrolmentId enrolment, RulebookVersion rulebook,
        LocalDate on, List<Line> lines) {

    /** @param hundredths in the rulebook's unit; absent where it is an exemption */
    public record Line(AchievementId evidence, TargetId target, ClauseId clause,
            @Nullable Long hundredths) {

        private static Line of(GrantedLine granted) {
            return new Line(AchievementId.parse(granted.evidence().text()), granted.target(),
                    granted.clause(),
                    granted.credits() == null ? null : granted.credits().hundredths());
        }
    }

    public Recognition {
        lines = List.copyOf(lines);
    }

    boolean countsOn(AchievementId evidence) {
        return lines.stream().anyMatch(line -> line.evidence().equals(evidence));
    }

    private Recognition without(AchievementId evidence) {
        return new Recognition(id, enrolment, rulebook, on, lines.stream()
                .filter(line -> !line.evidence().equals(evidence)).toList());
    }

    // ------------------------------------------------------------------ decide

    static List<AccountEvent> decide(Open open, RecognitionCommand command, Surroundings around) {
        return switch (command) {
            case RecogniseCredits c -> List.of(recognise(open, c, around));
            case WithdrawRecognition c -> withdraw(open, c, around);
        };
    }

    private static RecognitionEvent recognise(Open open, RecogniseCredits c, Surroundings around) {
        Enrolment enrolment = Enrolment.active(open, c.enrolment(), c.school());
        Institution.active(around.institution(c.school()), c.school());
        LocalDate on = enrolment.notBefore(Account.day(c.on(), around.today(), "on"));
        refuseIf(!around.rulebook(c.rulebook()).procedure().steps().isEmpty(),
                () -> new Refusal.ApplicationNeeded(c.rulebook()));
        return decided(open, enrolment, new Asking(c.rulebook(), c.asked(), c.request(),
                c.sealedOfLearner(), c.agreement()), c.ofLearner(), on, null, around);
    }

    /** @param application which it is decided on; null where there was none */
    static RecognitionDecided decided(Open open, Enrolment enrolment, Asking asking,
            Attributes ofLearner, LocalDate on, @Nullable ApplicationId application,
            Surroundings around) {
        return decided(open, enrolment, asking, application, decided(open, enrolment,
                asking.rulebook(), asking.asked(), on, asking.request(), ofLearner,
                asking.agreement(), around));
    }

    private static RecognitionDecided decided(Open open, Enrolment enrolment, Asking asking,
            @Nullable ApplicationId application, Decision decision) {
        List<Posting> postings = decision.granted().stream().map(Line::of).map(Line::evidence)
                .distinct().map(open::held)
                .flatMap(held -> held.posting(CreditState.AVAILABLE, CreditState.RESERVED,
                        held.available()).stream()).toList();
        return new RecognitionDecided(next(open), enrolment.id(), enrolment.programme(),
                asking.asked(), asking.request(), asking.ofLearner(), asking.agreement(),
                application, decision, postings);
    }

    private static RecognitionId next(Open open) {
        return new RecognitionId(open.learner(), open.recognitions().size() + 1);
    }

    /**
     * What a rulebook says to an account as it stands. The same account, programme and rulebook
     * give the same decision, so whoever reads the entry can make it again.
     */
    static Decision decided(Open open, Enrolment enrolment, RulebookVersion version,
            @Nullable List<Wish> asked, LocalDate on, Attributes request, Attributes ofLearner,
            @Nullable AgreementId agreement, Surroundings around) {
        Rulebook rulebook = around.rulebook(version);
        around.refuseUnlessInForce(version, on);
        return decided(open, enrolment, rulebook, asked, on, request, ofLearner, agreement,
                around);
    }

    /** The same under a rulebook at hand, in force or not. */
    static Decision decided(Open open, Enrolment enrolment, Rulebook rulebook,
            @Nullable List<Wish> asked, LocalDate on, Attributes request, Attributes ofLearner,
            @Nullable AgreementId agreement, Surroundings around) {
        Plan plan = around.plan(enrolment.programme());
        refuseIf(rulebook.unit() != plan.unit(), () -> new Refusal.RulebookOfAnotherUnit(
                rulebook.version(), rulebook.unit(), plan.unit()));
        Admissible admissible = new Admissible(enrolment.school(), rulebook.version().id(),
                rulebook.head().jurisdiction(), agreement, on, around);
        admissible.refuseUnlessRulesHold();
        List<RefusedLine> beside = new ArrayList<>();
        List<Held> evidence = evidence(open, asked, on, admissible, beside);
        Ask ask = asked == null ? new Ask.Best() : new Ask.Exactly(asked);
        return Engine.decide(new Cases(open, enrolment, around)
                .of(evidence, on, request, ofLearner, ask), rulebook).with(beside);
    }

    /**
     * An entry, made again from what stood before it, with the credits that it binds.
     *
     * @param ofLearner what was said of the learner; the entry has it sealed. Null where the
     *                  decision cannot be made again: then it is taken as it stands
     * @throws Refused if nothing could have been decided
     */
    public static RecognitionDecided again(Open before, RecognitionDecided event,
            @Nullable Attributes ofLearner, Surroundings around) {
        Enrolment enrolment = before.enrolment(event.enrolment());
        Asking asking = new Asking(event.decision().rulebook(), event.asked(), event.request(),
                event.ofLearner(), event.agreement());
        return ofLearner == null
                ? decided(before, enrolment, asking, event.application(), event.decision())
                : decided(before, enrolment, asking, ofLearner, event.decision().on(),
                        event.application(), around);
    }

    /**
     * What is named is refused where it may not count. Where nothing is named, each piece that may
     * not stands in the decision with the reason.
     */
    private static List<Held> evidence(Open open, @Nullable List<Wish> asked, LocalDate on,
            Admissible admissible, List<RefusedLine> beside) {
        List<Held> evidence = new ArrayList<>();
        Refusal first = null;
        for (Held held : open.achievements()) {
            boolean named = asked != null && asked.stream()
                    .anyMatch(wish -> wish.evidence().equals(held.evidence()));
            if (named) {
                Account.holding(held, on);
            } else if (!held.holdsOn(on)) {
                refuse(beside, asked, held, RefusalCode.EVIDENCE_DOES_NOT_HOLD);
                continue;
            }
            Refusal objection = admissible.objection(held.issuer());
            if (objection == null) {
                evidence.add(held);
            } else if (named) {
                throw new Refused(objection);
            } else {
                refuse(beside, asked, held, RefusalCode.ISSUER_NOT_COVERED);
                first = first == null ? objection : first;
            }
        }
        if (evidence.isEmpty() && first != null) {
            // Which of its terms stands in the way of all tells more than the lines would.
            throw new Refused(first);
        }
        return evidence;
    }

    private static void refuse(List<RefusedLine> beside, @Nullable List<Wish> asked, Held held,
            RefusalCode code) {
        if (asked == null) {
            beside.add(new RefusedLine(held.evidence(), null, null, code, List.of(), List.of()));
        }
    }

    private static List<AccountEvent> withdraw(
            Open open, WithdrawRecognition c, Surroundings around) {
        Recognition recognition = known(open, c.recognition());
        Enrolment.active(open, recognition.enrolment(), c.school());
        List<AccountEvent> events = withdrawn(open, (r, line) -> r.id().equals(c.recognition())
                && line.evidence().equals(c.achievement()), Cause.MISTAKE, around.today());
        refuseIf(events.isEmpty(), () -> new Refusal.NothingRecognised(
                c.recognition(), c.achievement()));
        return events;
    }

    private static Recognition known(Open open, RecognitionId id) {
        refuseIf(!id.learner().equals(open.learner())
                        || id.number() > open.recognitions().size(),
                () -> new Refusal.RecognitionUnknown(id.toString()));
        return open.recognition(id);
    }

    // ------------------------------------------------------------------ what goes

    private record Use(Recognition recognition, Line line) {
    }

    /** The lines that bind credits: those towards programmes that go on. */
    private static Stream<Use> binding(Open open) {
        return open.recognitions().stream()
                .filter(r -> open.enrolment(r.enrolment()).isActive())
                .flatMap(r -> r.lines().stream().map(line -> new Use(r, line)));
    }

    /** Whether studies that go on bind the credits of a piece. */
    static boolean binds(Open open, AchievementId evidence) {
        return binding(open).anyMatch(use -> use.line().evidence().equals(evidence));
    }

    /** What was questioned while studies had ended is withdrawn for the same reason. */
    static Cause cause(AchievementChange change) {
        return switch (change) {
            case REVOKED -> Cause.REVOKED;
            case CORRECTED -> Cause.CORRECTED;
        };
    }

    /**
     * Withdraws, of each recognition, whatever was recognised of an achievement one of whose lines
     * is meant. The credits are free with the last of them.
     */
    static List<AccountEvent> withdrawn(Open open, BiPredicate<Recognition, Line> which,
            Cause cause, LocalDate on) {
        Map<AchievementId, List<Recognition>> going = new LinkedHashMap<>();
        binding(open).filter(use -> which.test(use.recognition(), use.line())).forEach(use -> {
            List<Recognition> of = going.computeIfAbsent(
                    use.line().evidence(), _ -> new ArrayList<>());
            if (!of.contains(use.recognition())) {
                of.add(use.recognition());
            }
        });
        List<AccountEvent> events = new ArrayList<>();
        going.forEach((evidence, recognitions) -> {
            boolean bound = binding(open).anyMatch(use -> use.line().evidence().equals(evidence)
                    && !recognitions.contains(use.recognition()));
            for (Recognition recognition : recognitions) {
                boolean frees = !bound && recognition == recognitions.getLast();
                events.add(new RecognitionWithdrawn(recognition.id(), evidence, cause, on,
                        frees ? freed(open.held(evidence)) : List.of()));
            }
        });
        return events;
    }

    /** What is available again if these lines bind it no longer. */
    static List<Posting> released(Open open, BiPredicate<Recognition, Line> which) {
        return binding(open).filter(use -> which.test(use.recognition(), use.line()))
                .map(use -> use.line().evidence()).distinct()
                .filter(evidence -> binding(open).noneMatch(use ->
                        use.line().evidence().equals(evidence)
                                && !which.test(use.recognition(), use.line())))
                .flatMap(evidence -> freed(open.held(evidence)).stream()).toList();
    }

    private static List<Posting> freed(Held held) {
        return held.posting(CreditState.RESERVED, CreditState.AVAILABLE, held.reserved())
                .map(List::of).orElse(List.of());
    }

    // ------------------------------------------------------------------ evolve

    static Open evolve(Open open, RecognitionEvent event) {
        return switch (event) {
            case RecognitionDecided e when e.id().equals(next(open))
                    && Application.approved(open, e)
                    && open.enrolment(e.enrolment()).isActive()
                    && open.enrolment(e.enrolment()).programme().equals(e.programme()) ->
                    open.withRecognitions(open.recognitions().plus(new Recognition(e.id(),
                            e.enrolment(), e.decision().rulebook(), e.decision().on(),
                            e.decision().granted().stream().map(Line::of).toList())))
                            .posted(e.postings());
            case RecognitionWithdrawn e when canWithdraw(open, e) -> open.posted(e.postings())
                    .with(open.recognition(e.id()).without(e.achievement()));
            case RecognitionDecided _, RecognitionWithdrawn _ ->
                    throw new IllegalStateException(event + " cannot follow " + open);
        };
    }

    private static boolean canWithdraw(Open open, RecognitionWithdrawn e) {
        Recognition of = open.recognition(e.id());
        return open.enrolment(of.enrolment()).isActive() && of.countsOn(e.achievement());
    }
}
