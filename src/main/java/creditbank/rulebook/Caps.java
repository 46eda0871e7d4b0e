package creditbank.rulebook;

import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.Value;
import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Measure;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All the bounds that a case's lines stand under, with what earlier uses took of them. */
final class Caps {

    private final Rulebook rulebook;
    private final Case in;
    private final List<List<Candidate.Eligible>> options;
    private final List<Cap> caps = new ArrayList<>();

    private Caps(Rulebook rulebook, Case in, List<List<Candidate.Eligible>> options) {
        this.rulebook = rulebook;
        this.in = in;
        this.options = options;
    }

    static List<Cap> of(Rulebook rulebook, Case in, List<List<Candidate.Eligible>> options) {
        Caps caps = new Caps(rulebook, in, options);
        caps.worths();
        caps.targets();
        caps.groups();
        for (Clause clause : rulebook.clauses()) {
            for (Limit limit : clause.limits()) {
                caps.limit(clause, limit);
            }
        }
        return caps.caps;
    }

    private Candidate.Eligible line(At at) {
        return options.get(at.option()).get(at.line());
    }

    private <K> Map<K, List<At>> lines(Function<Candidate.Eligible, @Nullable K> key) {
        Map<K, List<At>> lines = new LinkedHashMap<>();
        for (int option = 0; option < options.size(); option++) {
            for (int i = 0; i < options.get(option).size(); i++) {
                K of = key.apply(options.get(option).get(i));
                if (of != null) {
                    lines.computeIfAbsent(of, k -> new ArrayList<>()).add(new At(option, i));
                }
            }
        }
        return lines;
    }

    // ------------------------------------------------------------------ what always holds

    /** A piece counts no more than it is worth, however many targets it is spread over. */
    private void worths() {
        record PieceUnder(EvidenceId piece, ClauseId clause) {
        }
        lines(line -> new PieceUnder(line.evidence().id(), line.clause().id())).values().forEach(lines ->
                worth(lines));
        // Of several clauses the most generous bounds the piece as a whole.
        lines(line -> line.evidence().id()).values().stream().filter(lines ->
                        lines.stream().map(at -> line(at).clause().id()).distinct().count() > 1)
                .forEach(this::worth);
    }

    private void worth(List<At> lines) {
        long most = lines.stream().mapToLong(at -> line(at).worth()).max().orElse(0);
        caps.add(new Cap(line(lines.getFirst()).clause().id(), "worth",
                new Bound(Measure.CREDITS, lines, most), 0, RefusalCode.WORTH_EXCEEDED));
    }

    /** A target holds no more than its credits; a course is exempted or replaced once. */
    private void targets() {
        lines(line -> line.target().id()).forEach((id, lines) -> {
            Target target = line(lines.getFirst()).target();
            long before = earlier(use -> use.target().id().equals(id));
            if (target.credits() != null) {
                caps.add(new Cap(null, "target-credits", new Bound(Measure.CREDITS, lines,
                        Math.max(0, target.credits() - before)), before, RefusalCode.TARGET_FULL));
            }
            if (target.isCourse() && lines.stream().anyMatch(at -> line(at).exemption())) {
                caps.add(new Cap(null, "one-exemption", new Bound(Measure.PIECES, lines, 1), 0,
                        RefusalCode.TARGET_FULL));
            }
        });
    }

    private void groups() {
        for (Programme.Group group : in.programme().groups()) {
            List<At> lines = lines(line -> group.id().equals(line.target().group()) ? group : null)
                    .getOrDefault(group, List.of());
            if (group.most() != null && !lines.isEmpty()) {
                long before = earlier(use -> group.id().equals(use.target().group()));
                caps.add(new Cap(null, "group-cap", new Bound(Measure.CREDITS, lines,
                        Math.max(0, group.most() - before)), before, RefusalCode.LIMIT_REACHED));
            }
        }
    }

    private long earlier(Predicate<Use> which) {
        return in.earlier().stream().filter(Use::isInThisCareer).filter(which)
                .mapToLong(Use::hundredths).sum();
    }

    // ------------------------------------------------------------------ limits of clauses

    /** What one sum is kept for. */
    private record Kept(List<String> keys) {
    }

    private void limit(Clause clause, Limit limit) {
        lines(line -> kept(clause, limit, line)).forEach((kept, lines) -> {
            List<Use> uses = in.earlier().stream()
                    .filter(use -> limit.careers() || use.isInThisCareer())
                    .filter(use -> use.purpose() != Use.Purpose.ACCESS)
                    .filter(use -> kept.equals(kept(clause, limit, use))).toList();
            Candidate.Eligible first = line(lines.getFirst());
            Scene scene = new Scene(in, first.evidence(), first.target());
            Long most = most(limit.bound(), scene);
            if (most != null) {
                add(clause, limit, lines, uses, most);
            }
        });
    }

    private void add(Clause clause, Limit limit, List<At> lines, List<Use> uses, long most) {
        if (limit.measure() == Limit.Measure.CREDITS) {
            long before = uses.stream().mapToLong(Use::hundredths).sum();
            caps.add(new Cap(clause.id(), limit.name(), new Bound(Measure.CREDITS, lines,
                    Math.max(0, most - before)), before, RefusalCode.LIMIT_REACHED));
            return;
        }
        boolean pieces = limit.measure() == Limit.Measure.PIECES;
        Set<Object> before = new HashSet<>();
        uses.forEach(use -> before.add(pieces ? use.evidence().id() : use.target().id()));
        // A piece or target that counts already counts no second time.
        List<At> more = lines.stream().filter(at -> !before.contains(
                pieces ? line(at).evidence().id() : line(at).target().id())).toList();
        if (!more.isEmpty()) {
            caps.add(new Cap(clause.id(), limit.name(), new Bound(
                    pieces ? Measure.PIECES : Measure.TARGETS, more,
                    Math.max(0, most / 100 - before.size())), before.size(),
                    RefusalCode.LIMIT_REACHED));
        }
    }

    private @Nullable Kept kept(Clause clause, Limit limit, Candidate.Eligible line) {
        boolean awardedHere = clause.award() == null || line.clause().id().equals(clause.id());
        return awardedHere ? kept(clause, limit, new Scene(in, line.evidence(), line.target()))
                : null;
    }

    private @Nullable Kept kept(Clause clause, Limit limit, Use use) {
        boolean awardedHere = clause.award() == null || clause.id().equals(use.clause());
        return awardedHere ? kept(clause, limit, new Scene(in, use.evidence(), use.target()))
                : null;
    }

    private @Nullable Kept kept(Clause clause, Limit limit, Scene scene) {
        if (!clause.selects().holds(scene, rulebook.scales())
                || !limit.of().holds(scene, rulebook.scales())) {
            return null;
        }
        return new Kept(limit.per().stream().map(key -> key(key, scene)).toList());
    }

    private static String key(Limit.Key key, Scene scene) {
        return switch (key) {
            case Limit.Key.Piece piece -> Objects.requireNonNull(scene.evidence()).id().text();
            case Limit.Key.OfTarget target -> Objects.requireNonNull(scene.target()).id().text();
            case Limit.Key.By(Attribute attribute) -> {
                Value value = scene.get(attribute);
                yield value == null ? "" : value.written();
            }
            case Limit.Key.PartOfYear(List<MonthDay> starts) -> partOfYear(starts,
                    Objects.requireNonNull(scene.evidence()).happenedOn());
        };
    }

    /** The last start on or before the day. */
    private static String partOfYear(List<MonthDay> starts, LocalDate day) {
        LocalDate begun = LocalDate.MIN;
        for (int year = day.getYear() - 1; year <= day.getYear(); year++) {
            for (MonthDay start : starts) {
                LocalDate at = start.atYear(year);
                begun = !at.isAfter(day) && at.isAfter(begun) ? at : begun;
            }
        }
        return begun.toString();
    }

    /** In hundredths; null where the rulebook's table or attribute says nothing of these lines. */
    private @Nullable Long most(Limit.Bound bound, Scene scene) {
        return switch (bound) {
            case Limit.Bound.Of(Quantity quantity) -> {
                Appraisal.Found found = new Appraisal(rulebook, in).amount(quantity, scene);
                yield found instanceof Appraisal.Found.Amount(long hundredths) ? hundredths : null;
            }
            case Limit.Bound.Share(Fraction share, Limit.Whole whole) -> {
                Long all = whole(whole, scene);
                yield all == null ? null : share.ofAtMost(all);
            }
        };
    }

    private @Nullable Long whole(Limit.Whole whole, Scene scene) {
        return switch (whole) {
            case Limit.Whole.OfProgramme programme -> in.programme().credits();
            case Limit.Whole.OfGroup(String group) -> credits(group);
            case Limit.Whole.OfTargetGroup of -> {
                Target target = scene.target();
                yield target == null || target.group() == null ? null : credits(target.group());
            }
        };
    }

    private @Nullable Long credits(String group) {
        for (Programme.Group each : in.programme().groups()) {
            if (each.id().equals(group)) {
                return each.credits();
            }
        }
        return null;
    }
}
