package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import creditbank.projections.Indicators.Span;
import creditbank.projections.Place.Scope;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From which sector and region to which did credits move, month by month? Kept by
 * {@link Indicators} from what was recognised or transferred: from the issuer of the evidence to
 * the school that lets it count or took it over.
 */
public final class Moves {

    /**
     * An outcome of which something counts elsewhere.
     *
     * @param id          within the learner's account, see {@link Indicators}
     * @param recognition in which it counts; absent where it was transferred
     * @param evidence    the outcome at its issuer
     * @param became      what it became at the other school; absent where it was recognised
     * @param unit       absent where only exemptions were granted
     * @param hundredths of a credit that count
     * @param standing   false once it was taken back
     * @param position   of the entry that says so
     */
    public record Move(
            LearnerId learner,
            String id,
            @Nullable RecognitionId recognition,
            AchievementId evidence,
            @Nullable AchievementId became,
            Place from,
            Place to,
            LocalDate on,
            @Nullable CreditUnit unit,
            long hundredths,
            boolean standing,
            long position) {

        private Move takenBack() {
            return new Move(learner, id, recognition, evidence, became, from, to, on, unit,
                    hundredths, false, position);
        }
    }

    /**
     * Moves between two sectors and two regions: of a month, or summed up.
     *
     * @param fromRegion          and {@code toRegion}: absent abroad, and where summed up
     * @param outcomes            that stand
     * @param hundredths          of a credit of those
     * @param takenBack           outcomes that were counted here and taken back since
     * @param takenBackHundredths of a credit of those
     */
    public record Cell(
            Sector from,
            Sector to,
            @Nullable Region fromRegion,
            @Nullable Region toRegion,
            @Nullable CreditUnit unit,
            long outcomes,
            long hundredths,
            long takenBack,
            long takenBackHundredths) {

        private Cell plus(Move move, int more) {
            return move.standing
                    ? new Cell(from, to, fromRegion, toRegion, unit, outcomes + more,
                            hundredths + more * move.hundredths, takenBack, takenBackHundredths)
                    : new Cell(from, to, fromRegion, toRegion, unit, outcomes, hundredths,
                            takenBack + more, takenBackHundredths + more * move.hundredths);
        }

        private Cell anywhere() {
            return new Cell(from, to, null, null, unit, outcomes, hundredths, takenBack,
                    takenBackHundredths);
        }

        /** Of the same sectors and unit. */
        private Cell plus(Cell other) {
            return new Cell(from, to, null, null, unit, outcomes + other.outcomes,
                    hundredths + other.hundredths, takenBack + other.takenBack,
                    takenBackHundredths + other.takenBackHundredths);
        }
    }

    private static final int AT_ONCE = 1_000;
    private static final String BY_SECTORS = "by_sectors";
    private static final String BY_TARGET = "by_target";

    /** Key: learner, dash, id within the account. */
    public static final View<Move> MOVES = new View<>("moves", Move.class, List.of(
            new View.Index<>(BY_SECTORS,
                    m -> m.from.sector() + "|" + m.to.sector() + "|" + when(m)),
            new View.Index<>(BY_TARGET, m -> m.to.institution() + "|" + when(m))));

    /** Key: month, sectors, regions, unit, with bars between. */
    public static final View<Cell> CELLS = new View<>("moves_months", Cell.class, List.of());

    private Moves() {
    }

    private static String when(Move move) {
        return move.on + "|" + View.ordered(move.position) + "|" + move.evidence.number();
    }

    // ------------------------------------------------------------------ questions

    /**
     * The matrix: sums by sector, sector and unit, in that order.
     *
     * @param from which places credits came from
     * @param to   which places they went to; no institutions in either
     */
    public static List<Cell> matrix(Views views, Scope from, Scope to, Span span) {
        Map<String, Cell> sums = new TreeMap<>();
        Views.Range range = new Views.Range(
                null, span.from() + "|", span.until() + "~", false, AT_ONCE);
        while (true) {
            List<Views.Row<Cell>> rows = views.page(CELLS, range);
            for (Views.Row<Cell> row : rows) {
                Cell cell = row.document();
                if (covers(from, cell.from, cell.fromRegion)
                        && covers(to, cell.to, cell.toRegion)) {
                    sums.merge(cell.from.ordinal() + "|" + cell.to.ordinal() + "|" + cell.unit,
                            cell.anywhere(), Cell::plus);
                }
            }
            if (rows.size() < AT_ONCE) {
                return List.copyOf(sums.values());
            }
            range = range.behind(rows.getLast().at());
        }
    }

    private static boolean covers(Scope scope, Sector sector, @Nullable Region region) {
        return (scope.sector() == null || scope.sector() == sector)
                && (scope.region().isEmpty()
                || region != null && region.code().startsWith(scope.region()));
    }

    /** Moves between two sectors in a span, the newest first. */
    public static Views.Range between(Sector from, Sector to, Span span, int limit) {
        return range(BY_SECTORS, from + "|" + to + "|", span, limit);
    }

    /** What counts at a school, the newest first. */
    static Views.Range to(InstitutionId school, Span span, int limit) {
        return range(BY_TARGET, school + "|", span, limit);
    }

    private static Views.Range range(String index, String prefix, Span span, int limit) {
        return new Views.Range(index, prefix + span.from(), prefix + span.until() + "~", true,
                limit);
    }

    // ------------------------------------------------------------------ fold

    /** The pieces of which something was granted, in the order of their numbers. */
    static List<AchievementId> evidence(Decision decision) {
        return decision.granted().stream()
                .map(line -> AchievementId.parse(line.evidence().text())).distinct()
                .sorted(Comparator.comparingInt(AchievementId::number)).toList();
    }

    static void move(Recorded entry, RecognitionDecided e, String id, AchievementId evidence,
            Place from, Place to, Documents documents) {
        CreditUnit unit = null;
        long hundredths = 0;
        for (GrantedLine line : e.decision().granted()) {
            if (line.credits() != null && line.evidence().text().equals(evidence.toString())) {
                unit = line.credits().unit();
                hundredths += line.credits().hundredths();
            }
        }
        put(new Move(e.learner(), id, e.id(), evidence, null, from, to, e.decision().on(), unit,
                hundredths, true, entry.position()), documents);
    }

    /** What a transfer recorded at the other school, or what it was corrected to since. */
    static void move(Recorded entry, AchievementId became, Achievement achievement,
            AchievementId evidence, Place from, Place to, Documents documents) {
        String id = Integer.toString(became.number());
        Move was = documents.get(MOVES, key(became.learner(), id));
        if (was != null) {
            change(documents, was, -1);
        }
        put(new Move(became.learner(), id, null, evidence, became, from, to,
                achievement.happenedOn(), achievement.credits().unit(),
                achievement.credits().hundredths(), true,
                was == null ? entry.position() : was.position), documents);
    }

    private static void put(Move move, Documents documents) {
        documents.put(MOVES, key(move.learner, move.id), move);
        change(documents, move, 1);
    }

    static void takeBackIfThere(LearnerId learner, String id, Documents documents) {
        if (documents.get(MOVES, key(learner, id)) != null) {
            takeBack(learner, id, documents);
        }
    }

    static void takeBack(LearnerId learner, String id, Documents documents) {
        Move was = Objects.requireNonNull(documents.get(MOVES, key(learner, id)), id);
        documents.put(MOVES, key(learner, id), was.takenBack());
        change(documents, was, -1);
        change(documents, was.takenBack(), 1);
    }

    private static String key(LearnerId learner, String id) {
        return learner + "-" + id;
    }

    private static void change(Documents documents, Move move, int more) {
        Region from = move.from.region();
        Region to = move.to.region();
        List<@Nullable Object> parts = new ArrayList<>();
        parts.add(YearMonth.from(move.on));
        parts.add(move.from.sector());
        parts.add(move.to.sector());
        parts.add(from);
        parts.add(to);
        parts.add(move.unit);
        String key = String.join("|", parts.stream().map(p -> p == null ? "-" : p.toString())
                .toList());
        Cell was = documents.get(CELLS, key);
        documents.put(CELLS, key, (was == null ? new Cell(move.from.sector(), move.to.sector(),
                from, to, move.unit, 0, 0, 0, 0) : was).plus(move, more));
    }
}
