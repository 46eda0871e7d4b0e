package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Comparison;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.Entitlement;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.Flag;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.RequirementLine;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.Shortfall;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Wish;
import creditbank.api.value.Credits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides: a case under a rulebook gives a decision. A pure function; the same input gives the same
 * decision.
 */
public final class Engine {

    /** Raised whenever the same case under the same rulebook may be decided otherwise. */
    public static final int REVISION = 1;

    private final Rulebook rulebook;
    private final Case in;
    private final List<Target> targets;
    private final Map<TargetId, Integer> numbers = new HashMap<>();
    private final List<List<Candidate.Eligible>> options = new ArrayList<>();
    private final List<RefusedLine> refused = new ArrayList<>();
    private final List<GrantedLine> granted = new ArrayList<>();
    private final List<Requirements.Held> held = new ArrayList<>();

    private Engine(Rulebook rulebook, Case in) {
        this.rulebook = rulebook;
        this.in = in;
        this.targets = in.programme().targets();
        for (Target target : targets) {
            numbers.putIfAbsent(target.id(), numbers.size());
        }
    }

    public static Decision decide(Case in, Rulebook rulebook) {
        return new Engine(rulebook, in).decide();
    }

    private Decision decide() {
        if (!rulebook.isInForce(in.on())) {
            return notInForce();
        }
        switch (in.ask()) {
            case Ask.Exactly(List<Wish> wishes) -> wishes.forEach(this::wish);
            case Ask.Best best -> everything();
        }
        Decision.Search search = allocate();
        Requirements requirements = new Requirements(rulebook, in, held);
        List<RequirementLine> lines = new ArrayList<>();
        List<Entitlement> entitlements = new ArrayList<>();
        for (Clause clause : rulebook.clauses()) {
            if (applies(clause.selects().ofTheCase())) {
                List<RequirementLine> own = clause.requires().stream()
                        .map(requirement -> requirements.line(clause, requirement)).toList();
                lines.addAll(own);
                if (clause.award() instanceof Award.Opens(String to)
                        && own.stream().allMatch(RequirementLine::met)) {
                    entitlements.addAll(opened(clause, to));
                }
            }
        }
        return new Decision(rulebook.version(), in.on(), REVISION, granted, refused, lines, entitlements,
                flags(), search);
    }

    /**
     * How the doors stand that a rulebook opens, in the order of its clauses. What was recognised
     * in other studies does not count; nothing is asked to count now.
     */
    public static List<Door> doors(Case in, Rulebook rulebook) {
        Engine engine = new Engine(rulebook, in);
        Requirements requirements = new Requirements(rulebook, in, List.of());
        return rulebook.isInForce(in.on()) ? rulebook.clauses().stream()
                .flatMap(clause -> clause.award() instanceof Award.Opens(String to)
                        ? Stream.of(engine.door(clause, to, requirements)) : Stream.empty())
                .toList() : List.of();
    }

    private Door door(Clause clause, String to, Requirements requirements) {
        List<Door.Demand> demands = clause.requires().stream().map(requirement ->
                new Door.Demand(requirements.line(clause, requirement), requirement,
                        requirements.evidence(requirement))).toList();
        List<Entitlement> opened = applies(clause.selects().ofTheCase())
                && demands.stream().allMatch(demand -> demand.line().met())
                ? opened(clause, to) : List.of();
        if (!opened.isEmpty()) {
            return new Door(clause.id(), to, true, opened.stream()
                    .flatMap(each -> Optional.ofNullable(each.evidence()).stream()).toList(),
                    demands, null, List.of());
        }
        Evidence nearest = clause.selects().speaksOf(Scope.EVIDENCE) ? in.evidence().stream()
                .min(Comparator.comparingInt(piece -> missing(clause, piece).size()))
                .orElse(null) : null;
        return new Door(clause.id(), to, false, List.of(), demands,
                nearest == null ? null : nearest.id(), missing(clause, nearest));
    }

    private List<Shortfall> missing(Clause clause, @Nullable Evidence piece) {
        return clause.selects().condition().missing(
                new Scene(in, piece, null), rulebook.scales(), clause.id());
    }

    private Decision notInForce() {
        List<RefusedLine> lines = new ArrayList<>();
        switch (in.ask()) {
            case Ask.Exactly(List<Wish> wishes) -> wishes.forEach(wish ->
                    wish.targets().forEach(target -> lines.add(line(wish.evidence(), target,
                            RefusalCode.RULEBOOK_NOT_IN_FORCE))));
            case Ask.Best best -> in.evidence().forEach(piece -> lines.add(
                    line(piece.id(), null, RefusalCode.RULEBOOK_NOT_IN_FORCE)));
        }
        return new Decision(rulebook.version(), in.on(), REVISION, List.of(), lines, List.of(),
                List.of(), List.of(), Decision.Search.PROVEN);
    }

    private static RefusedLine line(EvidenceId evidence, @Nullable TargetId target,
            RefusalCode code) {
        return new RefusedLine(evidence, target, null, code, List.of(), List.of());
    }

    private static RefusedLine line(Candidate.Ineligible no) {
        return new RefusedLine(no.evidence().id(), no.target().id(), no.clause(), no.code(),
                no.facts(), no.missing());
    }

    // ------------------------------------------------------------------ what is asked

    /** All of its lines or none. */
    private void wish(Wish wish) {
        Optional<Evidence> evidence = in.evidence(wish.evidence());
        if (evidence.isEmpty()) {
            wish.targets().forEach(target -> refused.add(
                    line(wish.evidence(), target, RefusalCode.EVIDENCE_UNKNOWN)));
            return;
        }
        List<Candidate.Eligible> eligible = new ArrayList<>();
        List<RefusedLine> no = new ArrayList<>();
        for (TargetId id : wish.targets()) {
            Optional<Target> target = targets.stream().filter(t -> t.id().equals(id)).findFirst();
            if (target.isEmpty()) {
                no.add(line(wish.evidence(), id, RefusalCode.TARGET_UNKNOWN));
                continue;
            }
            switch (new Appraisal(rulebook, in).of(evidence.get(), target.get())) {
                case Candidate.Eligible yes -> eligible.add(yes);
                case Candidate.Ineligible not -> no.add(line(not));
            }
        }
        if (no.isEmpty()) {
            options.add(eligible);
            return;
        }
        refused.addAll(no);
        eligible.forEach(yes -> refused.add(new RefusedLine(yes.evidence().id(),
                yes.target().id(), yes.clause().id(), RefusalCode.ASKED_TOGETHER, yes.facts(),
                List.of())));
    }

    /** Each piece before each target; of what finds no place at all, the nearest miss is told. */
    private void everything() {
        Appraisal appraisal = new Appraisal(rulebook, in);
        for (Evidence piece : in.evidence()) {
            List<Candidate.Eligible> places = targets.stream().flatMap(
                    target -> appraisal.eligible(piece, target).stream()).toList();
            places.forEach(place -> options.add(List.of(place)));
            if (places.isEmpty()) {
                targets.stream().map(target -> (Candidate.Ineligible) appraisal.of(piece, target))
                        .reduce(Engine::nearer).ifPresent(no -> refused.add(line(no)));
            }
        }
    }

    private static Candidate.Ineligible nearer(Candidate.Ineligible one,
            Candidate.Ineligible other) {
        return rank(other) < rank(one) ? other : one;
    }

    /** That it counts comes first; a clause that speaks of the piece before one that does not. */
    private static int rank(Candidate.Ineligible no) {
        if (no.code() == RefusalCode.ALREADY_COUNTS) {
            return -1;
        }
        return no.code() == RefusalCode.NOT_AWARDED ? 1 + no.missing().size() : 0;
    }

    // ------------------------------------------------------------------ the choice

    private Decision.Search allocate() {
        List<Cap> caps = Caps.of(rulebook, in, options);
        Allocation asked = new Allocation(
                in.evidence().stream().map(piece -> piece.happenedOn().toEpochDay()).toList(),
                options.stream().map(this::option).toList(),
                caps.stream().map(Cap::bound).toList());
        Allocation.Choice choice = BestAllocation.of(asked);
        Tally tally = new Tally(asked, choice.amounts());
        Under under = new Under(tally, capsOf(caps));
        Set<EvidenceId> used = new HashSet<>();
        for (int i = 0; i < options.size(); i++) {
            for (int j = 0; j < choice.amounts().get(i).size(); j++) {
                grant(i, j, choice.amounts().get(i).get(j), under);
                used.add(options.get(i).get(j).evidence().id());
            }
        }
        Map<EvidenceId, List<Integer>> left = new LinkedHashMap<>();
        for (int i = 0; i < options.size(); i++) {
            EvidenceId piece = options.get(i).getFirst().evidence().id();
            if (!choice.amounts().get(i).isEmpty()) {
                continue;
            }
            if (in.ask() instanceof Ask.Exactly) {
                refuse(i, passed(i, under));
            } else if (!used.contains(piece)) {
                left.computeIfAbsent(piece, _ -> new ArrayList<>()).add(i);
            }
        }
        left.values().forEach(places -> refuseNearest(places, under));
        refused.sort(Comparator.comparingInt(this::statedOrder));
        return choice.proven() ? Decision.Search.PROVEN : Decision.Search.BOUND_REACHED;
    }

    private int statedOrder(RefusedLine line) {
        if (in.ask() instanceof Ask.Exactly(List<Wish> wishes)) {
            for (int i = 0; i < wishes.size(); i++) {
                if (wishes.get(i).evidence().equals(line.evidence())
                        && wishes.get(i).targets().contains(line.target())) {
                    return i;
                }
            }
        }
        return in.evidence().stream().map(Evidence::id).toList().indexOf(line.evidence());
    }

    private Allocation.Option option(List<Candidate.Eligible> lines) {
        int piece = in.evidence().indexOf(lines.getFirst().evidence());
        return new Allocation.Option(piece, lines.stream().map(line -> {
            long most = line.most();
            Long credits = line.target().credits();
            long gain = !line.exemption() ? 0 : credits == null || credits == 0 ? 100 : credits;
            return new Allocation.Line(Objects.requireNonNull(numbers.get(line.target().id())),
                    line.whole() ? most : Math.min(1, most), most, gain);
        }).toList());
    }

    /**
     * What was chosen, under what it was chosen.
     *
     * @param of by option, the caps over it, in their order
     */
    private record Under(Tally tally, List<List<Cap>> of) {
    }

    private List<List<Cap>> capsOf(List<Cap> caps) {
        List<List<Cap>> of = new ArrayList<>();
        options.forEach(_ -> of.add(new ArrayList<>()));
        for (Cap cap : caps) {
            int before = -1;
            for (Allocation.At at : cap.bound().lines()) {
                if (at.option() != before) {
                    of.get(at.option()).add(cap);
                }
                before = at.option();
            }
        }
        return of;
    }

    private void grant(int option, int line, long hundredths, Under under) {
        Candidate.Eligible yes = options.get(option).get(line);
        Allocation.At at = new Allocation.At(option, line);
        List<ClauseId> limits = under.of().get(option).stream()
                .filter(cap -> cap.code() == RefusalCode.LIMIT_REACHED && cap.clause() != null)
                .filter(cap -> cap.bound().lines().contains(at))
                .flatMap(cap -> Optional.ofNullable(cap.clause()).stream()).distinct().toList();
        granted.add(new GrantedLine(yes.evidence().id(), yes.target().id(), yes.clause().id(),
                yes.exemption() ? null : new Credits(hundredths, rulebook.unit()),
                yes.exemption() ? null : new Credits(yes.worth(), rulebook.unit()),
                yes.grade(), yes.facts(), limits));
        held.add(new Requirements.Held(yes.evidence(), yes.target(), hundredths));
    }

    /** A bound that is passed, and what it would come to. */
    private record Passed(Cap cap, long sum) {

        Shortfall missing() {
            return new Shortfall(cap.clause(), Scope.SUM, cap.name(), Comparison.AT_MOST,
                    written(cap, cap.bound().most()), written(cap, sum));
        }
    }

    /** Which bounds would be passed if this were granted on top of all that is. */
    private List<Passed> passed(int option, Under under) {
        List<Passed> passed = new ArrayList<>();
        for (Cap cap : under.of().get(option)) {
            long sum = under.tally().with(cap.bound(), option);
            if (sum > cap.bound().most()) {
                passed.add(new Passed(cap, sum));
            }
        }
        if (passed.isEmpty()) {
            throw new IllegalStateException(options.get(option) + " fits and was left out");
        }
        return passed;
    }

    /**
     * Of all the places of a piece the one that fewest bounds keep it from is told: that another
     * course is full explains nothing where there is one with room that a limit closes.
     */
    private void refuseNearest(List<Integer> places, Under under) {
        int nearest = places.getFirst();
        List<Passed> fewest = passed(nearest, under);
        for (int place : places) {
            List<Passed> passed = passed(place, under);
            if (passed.size() < fewest.size()
                    || passed.size() == fewest.size() && full(passed) < full(fewest)) {
                nearest = place;
                fewest = passed;
            }
        }
        refuse(nearest, fewest);
    }

    private static long full(List<Passed> passed) {
        return passed.stream()
                .filter(each -> each.cap().code() == RefusalCode.TARGET_FULL).count();
    }

    private void refuse(int option, List<Passed> passed) {
        Cap first = passed.getFirst().cap();
        List<Shortfall> missing = passed.stream().map(Passed::missing).toList();
        for (Candidate.Eligible line : options.get(option)) {
            refused.add(new RefusedLine(line.evidence().id(), line.target().id(),
                    first.clause() == null ? line.clause().id() : first.clause(), first.code(),
                    line.facts(), missing));
        }
    }

    private static String written(Cap cap, long left) {
        long sum = left + cap.earlier();
        return cap.bound().measure() == Allocation.Measure.CREDITS ? Credits.amount(sum)
                : Long.toString(sum);
    }

    // ------------------------------------------------------------------ beside the lines

    private boolean applies(Selection selection) {
        return selection.holds(new Scene(in, null, null), rulebook.scales());
    }

    private boolean holds(Clause clause, Evidence piece) {
        return clause.selects().holds(new Scene(in, piece, null), rulebook.scales());
    }

    private List<Entitlement> opened(Clause clause, String to) {
        if (!clause.selects().speaksOf(Scope.EVIDENCE)) {
            return isTakenOut(null) ? List.of() : List.of(new Entitlement(clause.id(), to, null));
        }
        return in.evidence().stream().filter(piece -> holds(clause, piece) && !isTakenOut(piece))
                .map(piece -> new Entitlement(clause.id(), to, piece.id())).toList();
    }

    /** By an exclusion that needs no target, and no evidence where there is none, to be judged. */
    private boolean isTakenOut(@Nullable Evidence piece) {
        return rulebook.clauses().stream().filter(clause -> clause.excludes() != null)
                .filter(clause -> !clause.selects().speaksOf(Scope.TARGET))
                .filter(clause -> piece != null || !clause.selects().speaksOf(Scope.EVIDENCE))
                .filter(clause -> piece != null || !refersTo(clause, Scope.EVIDENCE))
                .anyMatch(clause -> clause.selects()
                        .holds(new Scene(in, piece, null), rulebook.scales()));
    }

    private static boolean refersTo(Clause clause, Scope scope) {
        return clause.selects().condition().tests().stream()
                .flatMap(test -> test.against().stream())
                .anyMatch(operand -> operand instanceof Operand.OfAttribute of
                        && of.attribute().of() == scope);
    }

    private List<Flag> flags() {
        List<Flag> flags = new ArrayList<>();
        for (Clause clause : rulebook.clauses()) {
            if (clause.flag() != null) {
                in.evidence().stream().filter(piece -> holds(clause, piece)).forEach(piece ->
                        flags.add(new Flag(clause.id(), clause.flag(), piece.id())));
            }
        }
        return flags;
    }
}
