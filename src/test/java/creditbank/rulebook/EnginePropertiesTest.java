package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.ledger.EntryFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What holds of every decision, over random cases under shipped rulebooks. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EnginePropertiesTest {

    private static final Rulebook SHARES =
            Shipped.readable(Shipped.rulebook("cn-guangdong-replacement"));
    private static final Rulebook CERTIFICATES =
            Shipped.readable(Shipped.rulebook("cn-x-course-replacement"));
    private static final List<String> LEVELS = List.of("ELEMENTARY", "INTERMEDIATE", "ADVANCED");

    @RepeatedTest(60)
    void no_share_is_passed_and_no_outcome_replaces_two_courses(RepetitionInfo repetition) {
        Decision decision = Engine.decide(random(repetition), SHARES);
        Map<String, Long> byGroup = new HashMap<>();
        for (GrantedLine line : decision.granted()) {
            byGroup.merge(line.target().text().substring(0, 8), hundredths(line), Long::sum);
        }
        assertThat(byGroup.getOrDefault("course/P", 0L)).isLessThanOrEqualTo(1_000);
        assertThat(byGroup.getOrDefault("course/U", 0L)).isLessThanOrEqualTo(400);
        assertThat(decision.granted()).extracting(GrantedLine::evidence).doesNotHaveDuplicates();
        assertThat(decision.granted()).extracting(GrantedLine::target).doesNotHaveDuplicates();
    }

    @RepeatedTest(60)
    void no_certificate_counts_more_than_eight_or_than_it_is_worth(RepetitionInfo repetition) {
        Case in = random(repetition);
        Decision decision = Engine.decide(in, CERTIFICATES);
        Map<EvidenceId, Long> byPiece = decision.granted().stream().collect(Collectors.groupingBy(
                GrantedLine::evidence, Collectors.summingLong(EnginePropertiesTest::hundredths)));
        byPiece.forEach((piece, sum) -> assertThat(sum).isLessThanOrEqualTo(Math.min(800,
                worth(in.evidence(piece).orElseThrow()))));
        assertThat(decision.granted()).extracting(GrantedLine::target).doesNotHaveDuplicates();
    }

    @RepeatedTest(60)
    void every_piece_is_granted_something_or_refused_with_a_reason(RepetitionInfo repetition) {
        Case in = random(repetition);
        for (Rulebook rulebook : List.of(SHARES, CERTIFICATES)) {
            Decision decision = Engine.decide(in, rulebook);
            assertThat(in.evidence()).allSatisfy(piece -> assertThat(
                    decision.granted().stream().anyMatch(l -> l.evidence().equals(piece.id()))
                            != decision.refused().stream()
                                    .anyMatch(l -> l.evidence().equals(piece.id()))).isTrue());
        }
    }

    @RepeatedTest(30)
    void the_same_case_gives_the_same_bytes(RepetitionInfo repetition) {
        byte[] once = EntryFormat.JSON.writeValueAsBytes(Engine.decide(random(repetition), SHARES));
        byte[] again = EntryFormat.JSON.writeValueAsBytes(
                Engine.decide(random(repetition), SHARES));
        assertThat(again).isEqualTo(once);
    }

    @RepeatedTest(60)
    void the_order_in_which_evidence_is_brought_wins_and_loses_nothing(RepetitionInfo repetition) {
        Case in = random(repetition);
        List<Evidence> mixed = new ArrayList<>(in.evidence());
        Collections.shuffle(mixed, new Random(repetition.getCurrentRepetition()));
        Case other = new Case(in.on(), mixed, in.learner(), in.programme(), in.earlier(),
                in.request(), in.ask());
        for (Rulebook rulebook : List.of(SHARES, CERTIFICATES)) {
            assertThat(figures(other, rulebook)).isEqualTo(figures(in, rulebook));
        }
    }

    @RepeatedTest(30)
    void what_was_recognised_before_is_within_the_limits_with_what_is_granted_now(
            RepetitionInfo repetition) {
        Case in = random(repetition);
        Decision first = Engine.decide(in, SHARES);
        List<Use> earlier = first.granted().stream().map(line -> new Use(
                in.evidence(line.evidence()).orElseThrow(),
                in.programme().target(line.target()).orElseThrow(), line.clause(),
                hundredths(line), Use.Purpose.CREDIT, null, null)).toList();
        Decision second = Engine.decide(new Case(in.on(), in.evidence(), in.learner(),
                in.programme(), earlier, in.request(), in.ask()), SHARES);
        assertThat(second.granted()).isEmpty();
    }

    /** Credits, pieces and the sum of their days. */
    private static List<Long> figures(Case in, Rulebook rulebook) {
        Decision decision = Engine.decide(in, rulebook);
        assertThat(decision.search()).isEqualTo(Decision.Search.PROVEN);
        List<EvidenceId> pieces = decision.granted().stream().map(GrantedLine::evidence)
                .distinct().toList();
        return List.of(decision.granted().stream().mapToLong(EnginePropertiesTest::hundredths)
                        .sum(), (long) pieces.size(), pieces.stream().mapToLong(id ->
                        in.evidence(id).orElseThrow().happenedOn().toEpochDay()).sum());
    }

    /** In these cases the bank recognises as much as the source gave. */
    private static long worth(Evidence piece) {
        return piece.credits() == null ? 0 : piece.credits().hundredths();
    }

    private static long hundredths(GrantedLine line) {
        return line.credits() == null ? 0 : line.credits().hundredths();
    }

    /** Professional courses are called P…, public ones U…. */
    private static Case random(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Programme.Course> courses = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            boolean professional = random.nextBoolean();
            courses.add(new Programme.Course((professional ? "P" : "U") + i,
                    professional ? "professional" : "public", 50L * (1 + random.nextInt(10)),
                    Attributes.NONE.with("nature", List.of(professional ? "professional"
                            : "public", random.nextBoolean() ? "core" : "basic"))));
        }
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            LocalDate day = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(1500));
            long credits = 50L * (1 + random.nextInt(16));
            evidence.add(new Evidence(new EvidenceId("e" + i), Attributes.NONE
                    .with("kind", "SKILL_CERTIFICATE").with("level", LEVELS.get(random.nextInt(3)))
                    .with("recognised-credits", credits),
                    new Credits(credits, CreditUnit.CN), day, day));
        }
        return new Case(LocalDate.of(2025, 3, 1), evidence, Attributes.NONE,
                new Programme(Attributes.NONE, 7_000L, List.of(
                        new Programme.Group("professional", 5_000L, null, Attributes.NONE),
                        new Programme.Group("public", 2_000L, null, Attributes.NONE)), courses),
                List.of(), Attributes.NONE, new Ask.Best());
    }
}
