package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.rulebook.RulebookHead;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Region;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import creditbank.api.value.Title;
import creditbank.http.Months.Every;
import creditbank.http.Policies.Policy;
import creditbank.http.Policies.Target;
import creditbank.http.Policies.Unit;
import creditbank.projections.Behind;
import creditbank.projections.Behind.Counted;
import creditbank.projections.Figure;
import creditbank.projections.Indicators;
import creditbank.projections.Indicators.Span;
import creditbank.projections.Indicators.Total;
import creditbank.projections.Institutions;
import creditbank.projections.Moves;
import creditbank.projections.Moves.Move;
import creditbank.projections.Place.Scope;
import creditbank.projections.Views;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How much there is of what, in both units, and which entries are behind it. */
@RestController
@RequestMapping("/api/indicators")
@Tag(name = "Indicators")
class IndicatorsController {

    private static final int MOST = 1_000;
    /** Fewer people than these could be told apart. */
    private static final int FEWEST_SHOWN = 10;

    private final Views views;
    private final Requests requests;
    private final Policies policies;

    IndicatorsController(Views views, Requests requests, Policies policies) {
        this.views = views;
        this.requests = requests;
        this.policies = policies;
    }

    // ------------------------------------------------------------------ figures

    record FiguresAnswer(List<String> figures, List<String> policies) {
    }

    @GetMapping
    @Operation(summary = "The figures there are, and the policies with targets")
    FiguresAnswer figures() {
        return new FiguresAnswer(Arrays.stream(Figure.values()).map(Figure::text).toList(),
                policies.all().stream().map(Policy::id).toList());
    }

    /**
     * A figure in a span of months, both included.
     *
     * @param personTimes 人次: how many facts stand
     * @param people      人: of how many learners
     * @param takenBack   further facts that were counted and revoked or withdrawn since
     * @param entries     where the entries behind it are
     */
    record TotalAnswer(String from, String until, long personTimes, long people, long takenBack,
            String entries) {
    }

    /**
     * @param position up to which entry of the ledger everything is counted
     * @param periods  person-times add up to the total; people do not, who come again
     */
    record FigureAnswer(String figure, long position, TotalAnswer total,
            List<TotalAnswer> periods) {
    }

    @GetMapping("/{figure}")
    @Operation(summary = "A figure in both units, in all and period by period, as known now"
            + " (AUDITOR, REGISTRAR, an institution its own)",
            description = "Of a region (a province, city or county) or a sector or both, or of an"
                    + " institution. By business date.")
    FigureAnswer figure(@PathVariable String figure,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable Sector sector,
            @RequestParam(required = false) @Nullable String institution,
            @RequestParam(defaultValue = "MONTH") Every every,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        Figure asked = known(figure);
        Scope scope = scope(region, sector, institution, caller);
        requests.afterAll(after);
        Span span = span(from, until);
        return new FigureAnswer(figure, requests.counted(), total(asked, scope, region, span),
                Indicators.of(views, asked, scope, every.of(span)).stream()
                        .map(t -> answer(asked, scope, region, t)).toList());
    }

    private TotalAnswer total(Figure figure, Scope scope, @Nullable String region, Span span) {
        return answer(figure, scope, region, one(figure, scope, span));
    }

    private Total one(Figure figure, Scope scope, Span span) {
        return Indicators.of(views, figure, scope, List.of(span)).getFirst();
    }

    private static TotalAnswer answer(
            Figure figure, Scope scope, @Nullable String region, Total total) {
        return new TotalAnswer(total.from().toString(), total.until().toString(),
                total.personTimes(), total.people(), total.takenBack(),
                "/api/indicators/" + figure.text() + "/entries?from=" + total.from() + "&until="
                        + total.until() + (region == null ? "" : "&region=" + region)
                        + (scope.sector() == null ? "" : "&sector=" + scope.sector())
                        + (scope.institution() == null
                                ? "" : "&institution=" + scope.institution()));
    }

    /** @param next give it back as {@code behind} for the next page; absent at the end */
    record EntriesBehind(List<Counted> entries, @Nullable String next) {
    }

    @GetMapping("/{figure}/entries")
    @Operation(summary = "The entries behind a figure, by institution, the newest first; also"
            + " those that were taken back since (AUDITOR, REGISTRAR, an institution its own)")
    EntriesBehind entries(@PathVariable String figure,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable Sector sector,
            @RequestParam(required = false) @Nullable String institution,
            @RequestParam(required = false) @Nullable String behind,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Long after, Caller caller) {
        Figure asked = known(figure);
        Scope scope = scope(region, sector, institution, caller);
        requests.afterAll(after);
        Behind.Page page = new Behind(views, asked, span(from, until))
                .page(scope, behind, Limits.of(limit, MOST));
        return new EntriesBehind(page.counted(), page.next());
    }

    // ------------------------------------------------------------------ for everybody

    /**
     * @param personTimes and {@code people}: absent where fewer than ten people are counted, who
     *                    could be told apart
     * @param fewerThan   so many people then
     */
    record PublicAnswer(String figure, String from, String until, @Nullable Long personTimes,
            @Nullable Long people, @Nullable Integer fewerThan) {
    }

    @GetMapping("/public/{figure}")
    @Operation(summary = "A figure for everybody: of a region or a sector, without small numbers")
    PublicAnswer open(@PathVariable String figure,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable Sector sector) {
        Total total = one(known(figure), Scope.of(region(region), sector), span(from, until));
        boolean shown = total.people() == 0 || total.people() >= FEWEST_SHOWN;
        return new PublicAnswer(figure, total.from().toString(), total.until().toString(),
                shown ? total.personTimes() : null, shown ? total.people() : null,
                shown ? null : FEWEST_SHOWN);
    }

    // ------------------------------------------------------------------ the matrix

    /**
     * Credits that moved between two sectors.
     *
     * @param unit             absent for exemptions, which have no credits
     * @param outcomes         that count now
     * @param takenBack        outcomes that counted and do not any more
     * @param takenBackCredits what they were worth
     * @param entries          where the entries behind it are
     */
    record MatrixLine(Sector source, Sector target, @Nullable CreditUnit unit, long outcomes,
            String credits, long takenBack, String takenBackCredits, String entries) {
    }

    /**
     * @param position up to which entry of the ledger everything is counted
     * @param lines    only pairs of sectors between which something moved
     */
    record MatrixAnswer(String from, String until, long position, List<MatrixLine> lines) {
    }

    @GetMapping("/matrix")
    @Operation(summary = "Credits that moved from sector to sector: GENERAL, VOCATIONAL, ADULT"
            + " (AUDITOR, REGISTRAR)",
            description = "From the issuer of an outcome to the school that lets it count, in the"
                    + " month of the decision. Regions narrow either side.")
    MatrixAnswer matrix(@RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String sourceRegion,
            @RequestParam(required = false) @Nullable String targetRegion,
            @RequestParam(required = false) @Nullable Long after) {
        Span span = span(from, until);
        Scope source = Scope.of(region("sourceRegion", sourceRegion), null);
        Scope target = Scope.of(region("targetRegion", targetRegion), null);
        requests.afterAll(after);
        String where = "&from=" + span.from() + "&until=" + span.until()
                + (sourceRegion == null ? "" : "&sourceRegion=" + sourceRegion)
                + (targetRegion == null ? "" : "&targetRegion=" + targetRegion);
        return new MatrixAnswer(span.from().toString(), span.until().toString(),
                requests.counted(),
                Moves.matrix(views, source, target, span).stream().map(c -> new MatrixLine(
                        c.from(), c.to(), c.unit(), c.outcomes(), Credits.amount(c.hundredths()),
                        c.takenBack(), Credits.amount(c.takenBackHundredths()),
                        "/api/indicators/matrix/entries?source=" + c.from() + "&target="
                                + c.to() + where)).toList());
    }

    /**
     * An outcome of which something counts at another school, or that it took over, or did once.
     *
     * @param recognition in which it counts; absent where it was transferred
     * @param became      what it became at the target; absent where it was recognised
     */
    record MoveAnswer(long position, LearnerId learner, @Nullable RecognitionId recognition,
            AchievementId evidence, @Nullable AchievementId became, InstitutionId source,
            InstitutionId target, LocalDate on, @Nullable CreditUnit unit, String credits,
            boolean standing) {

        private static MoveAnswer of(Move m) {
            return new MoveAnswer(m.position(), m.learner(), m.recognition(), m.evidence(),
                    m.became(), m.from().institution(), m.to().institution(), m.on(), m.unit(),
                    Credits.amount(m.hundredths()), m.standing());
        }
    }

    /** @param next give it back as {@code behind} for the next page; absent at the end */
    record MovesAnswer(List<MoveAnswer> entries, @Nullable String next) {
    }

    @GetMapping("/matrix/entries")
    @Operation(summary = "The entries behind a field of the matrix, the newest first (AUDITOR,"
            + " REGISTRAR)")
    MovesAnswer moves(@RequestParam Sector source, @RequestParam Sector target,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String sourceRegion,
            @RequestParam(required = false) @Nullable String targetRegion,
            @RequestParam(required = false) @Nullable String behind,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable Long after) {
        Scope fromWhere = Scope.of(region("sourceRegion", sourceRegion), source);
        Scope toWhere = Scope.of(region("targetRegion", targetRegion), target);
        int most = Limits.of(limit, MOST);
        Views.Range range = Moves.between(source, target, span(from, until), most);
        requests.afterAll(after);
        Paging<Move> page = Paging.of(most, behind, at -> views.page(
                        Moves.MOVES, at == null ? range : range.behind(at)),
                m -> fromWhere.covers(m.from()) && toWhere.covers(m.to()));
        return new MovesAnswer(page.found().stream().map(MoveAnswer::of).toList(), page.next());
    }

    // ------------------------------------------------------------------ targets

    /**
     * A number to reach, beside what was.
     *
     * @param figure  absent where the bank keeps no such figure, with all behind it
     * @param reached in hundredths of the target, two decimals
     */
    record TargetAnswer(String id, Title says, @Nullable String figure, Unit unit, long target,
            @Nullable Long found, @Nullable String reached, @Nullable String entries) {
    }

    record TargetsAnswer(String policy, Title title, RulebookHead.Source source, Region region,
            String from, String until, List<TargetAnswer> targets) {
    }

    @GetMapping("/targets/{policy}")
    @Operation(summary = "The targets of a policy beside what the bank knows of them, in the"
            + " policy's region (AUDITOR, REGISTRAR)")
    TargetsAnswer targets(@PathVariable String policy,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable Long after) {
        Policy asked = policies.get(policy);
        Span span = span(from, until);
        requests.afterAll(after);
        return new TargetsAnswer(policy, asked.title(), asked.source(), asked.region(),
                span.from().toString(), span.until().toString(),
                asked.targets().stream().map(t -> target(asked, t, span)).toList());
    }

    private TargetAnswer target(Policy policy, Target target, Span span) {
        if (target.figure() == null) {
            return new TargetAnswer(target.id(), target.says(), null, target.unit(),
                    target.target(), null, null, null);
        }
        TotalAnswer total = total(known(target.figure()), Scope.of(policy.region(), null),
                policy.region().code(), span);
        long found = target.unit() == Unit.PEOPLE ? total.people() : total.personTimes();
        return new TargetAnswer(target.id(), target.says(), target.figure(), target.unit(),
                target.target(), found, percent(found, target.target()), total.entries());
    }

    /** In hundredths of the whole, rounded down: what is not reached is not told to be. */
    static String percent(long part, long whole) {
        return BigDecimal.valueOf(part).multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole), 2, RoundingMode.DOWN).toPlainString();
    }

    // ------------------------------------------------------------------ what is asked

    private static Figure known(String figure) {
        return Figure.of(figure).orElseThrow(() -> new Refused(new Refusal.FigureUnknown(figure,
                Arrays.stream(Figure.values()).map(Figure::text)
                        .collect(Collectors.joining(", ")))));
    }

    private Span span(@Nullable String from, @Nullable String until) {
        return Months.span(from, until, requests.day(null));
    }

    private static @Nullable Region region(@Nullable String text) {
        return region("region", text);
    }

    private static @Nullable Region region(String field, @Nullable String text) {
        return text == null ? null : Refused.inField(field, () -> new Region(text));
    }

    /** An institution sees its own, and need not say so. */
    private Scope scope(@Nullable String region, @Nullable Sector sector,
            @Nullable String institution, Caller caller) {
        if (institution == null && caller.institution() == null) {
            return Scope.of(region(region), sector);
        }
        if (region != null) {
            throw Rule.INSTITUTION_STANDS_ALONE.brokenIn("region", region);
        }
        if (sector != null) {
            throw Rule.INSTITUTION_STANDS_ALONE.brokenIn("sector", sector);
        }
        InstitutionId id = Requests.acting("institution", institution, caller);
        caller.onBehalfOf(id);
        if (views.get(Institutions.INSTITUTIONS, id.text()) == null) {
            throw new Refused(new Refusal.InstitutionUnknown(id.text()));
        }
        return Scope.of(id);
    }
}
