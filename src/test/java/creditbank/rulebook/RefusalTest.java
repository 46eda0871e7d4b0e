package creditbank.rulebook;

import static creditbank.api.recognition.RefusalCode.ALREADY_COUNTS;
import static creditbank.api.recognition.RefusalCode.ASKED_TOGETHER;
import static creditbank.api.recognition.RefusalCode.ATTRIBUTE_MISSING;
import static creditbank.api.recognition.RefusalCode.EVIDENCE_UNKNOWN;
import static creditbank.api.recognition.RefusalCode.EVIDENCE_USED;
import static creditbank.api.recognition.RefusalCode.EXCLUDED;
import static creditbank.api.recognition.RefusalCode.EXPIRED;
import static creditbank.api.recognition.RefusalCode.LIMIT_REACHED;
import static creditbank.api.recognition.RefusalCode.NOT_AWARDED;
import static creditbank.api.recognition.RefusalCode.NOT_IN_TABLE;
import static creditbank.api.recognition.RefusalCode.OUTSIDE_WINDOW;
import static creditbank.api.recognition.RefusalCode.RULEBOOK_NOT_IN_FORCE;
import static creditbank.api.recognition.RefusalCode.TARGET_FILLED;
import static creditbank.api.recognition.RefusalCode.TARGET_FULL;
import static creditbank.api.recognition.RefusalCode.TARGET_UNKNOWN;
import static creditbank.api.recognition.RefusalCode.UNIT_NOT_CONVERTED;
import static creditbank.api.recognition.RefusalCode.WORTH_EXCEEDED;
import static creditbank.api.recognition.RefusalCode.WORTH_NOTHING;
import static creditbank.api.recognition.RefusalCode.WORTH_TOO_SMALL;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.recognition.Comparison;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.Shortfall;
import creditbank.api.recognition.TargetId;
import creditbank.ledger.EntryFormat;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every no says why, under which clause, and what would have to change. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusalTest {

    private static final String RULES = """
            in-force: {from: 2020-01-01, until: 2029-12-31}
            scales: {level: [low, high]}
            clauses:
              - id: not-sports
                summary: {zh: 体育不计, en: No sports}
                excludes: excluded
                selects: {target: {nature: PE}}
              - id: five-years
                summary: {zh: 五年有效, en: Five years}
                excludes: expired
                selects: {request: {date: {after: {attribute: evidence.happened-on, plus: P5Y}}}}
              - id: spring
                summary: {zh: 春季申请, en: Apply in spring}
                excludes: outside-window
                selects: {evidence: {kind: TRAINING}, request: {not: {date: {each-year-between: [03-01, 03-15]}}}}
              - id: certificates
                summary: {zh: 高级证书, en: High certificates}
                selects: {evidence: {kind: SKILL_CERTIFICATE, level: {at-least: high}}}
                awards: {credits: {attribute: evidence.recognised-credits}}
              - id: courses
                summary: {zh: 课程, en: Courses}
                selects: {evidence: {kind: [COURSE, TRAINING]}}
                awards: {credits: own}
              - id: prizes
                summary: {zh: 奖项, en: Prizes}
                selects: {evidence: {kind: COMPETITION_AWARD}}
                awards: {credits: {table: {by: {evidence.prize: [first, industry]}, rows: [{when: first, is: "4.00"}, {when: industry, is: "0.00"}]}}}
              - id: ten
                summary: {zh: 最多十学分, en: At most ten}
                selects: {target: {group: free}}
                limits: [{name: of-ten, counts: credits, at-most: "10.00"}]
            """;

    private static final String PROGRAMME = """
            programme:
              groups: [{id: free}, {id: small, credits: "2.00"}]
              courses: [{code: A, credits: "4.00"}, {code: B, credits: "3.00"}, {code: S, credits: "1.00", nature: PE}]
            """;

    private static final Rulebook RULEBOOK =
            Shipped.readable(RulebooksPageTest.whole(RULES));

    private static List<RefusedLine> refused(String date, String evidence, String ask) {
        return refused(date, evidence, ask, "[]");
    }

    private static List<RefusedLine> refused(String date, String evidence, String ask,
            String earlier) {
        return Engine.decide(CaseText.read(new YAMLMapper().readTree("date: " + date + "\n"
                + PROGRAMME + "evidence: " + evidence + "\nearlier: " + earlier + "\nask: " + ask)),
                RULEBOOK).refused();
    }

    private static void says(List<RefusedLine> lines, RefusalCode code, String clause) {
        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(line.code()).isEqualTo(code);
            assertThat(line.clause() == null ? "" : line.clause().text()).isEqualTo(clause);
        });
    }

    private static final String COURSE =
            "{id: c, kind: COURSE, credits: \"4.00\", unit: CN, happened-on: 2024-01-01}";

    @Test
    void a_rulebook_that_is_not_in_force_on_the_day_gives_nothing() {
        says(refused("2019-12-31", "[" + COURSE + "]", "[{evidence: c, targets: [course/A]}]"),
                RULEBOOK_NOT_IN_FORCE, "");
        says(refused("2030-01-01", "[" + COURSE + "]", "best"), RULEBOOK_NOT_IN_FORCE, "");
    }

    @Test
    void evidence_that_was_not_brought_is_unknown() {
        says(refused("2025-01-01", "[]", "[{evidence: c, targets: [course/A]}]"),
                EVIDENCE_UNKNOWN, "");
    }

    @Test
    void a_course_the_programme_does_not_have_is_unknown() {
        says(refused("2025-01-01", "[" + COURSE + "]", "[{evidence: c, targets: [course/X]}]"),
                TARGET_UNKNOWN, "");
    }

    @Test
    void used_evidence_is_not_used_again() {
        says(refused("2025-01-01", "[" + COURSE + "]", "[{evidence: c, targets: [group/free]}]",
                "[{evidence: " + COURSE + ", target: course/A, credits: \"4.00\"}]"),
                EVIDENCE_USED, "courses");
    }

    @Test
    void a_filled_course_is_not_filled_again() {
        says(refused("2025-01-01", "[" + COURSE + "]", "[{evidence: c, targets: [course/A]}]",
                "[{evidence: {id: other, happened-on: 2023-01-01}, target: course/A, credits: \"4.00\"}]"),
                TARGET_FILLED, "courses");
    }

    @Test
    void what_counts_already_needs_no_other_course() {
        List<RefusedLine> lines = refused("2025-01-01", "[" + COURSE + "]",
                "[{evidence: c, targets: [course/A]}]", "[{evidence: " + COURSE
                        + ", target: course/A, clause: courses, credits: \"4.00\", by: r-1}]");
        says(lines, ALREADY_COUNTS, "courses");
        assertThat(RulebookWords.of(lines.getFirst(), RULEBOOK, Locale.ENGLISH).what())
                .isEqualTo("it counts towards course/A already, by r-1");
        assertThat(RulebookWords.of(lines.getFirst(), RULEBOOK, Locale.CHINESE).what())
                .isEqualTo("该成果已计入 course/A，见 r-1");
    }

    @Test
    void which_evidence_a_requirement_counts_is_told_in_words() {
        Rulebook rulebook = Shipped.readable(RulebooksPageTest.whole("""
                clauses:
                  - id: door
                    summary: {zh: 门, en: Door}
                    requires:
                      - name: recent
                        counts: pieces
                        among: presented
                        of:
                          evidence: {kind: [SKILL_CERTIFICATE, EXAM], rank: {at-most: 3}}
                        within: P5Y
                        at-least: 1
                    awards: {entitlement: door}
                """));
        Door.Demand demand = Engine.doors(CaseText.read(new YAMLMapper().readTree("""
                date: 2025-01-01
                programme: {}
                evidence: []
                ask: []
                """)), rulebook).getFirst().requires().getFirst();
        assertThat(RulebookWords.counted(demand, Locale.ENGLISH)).isEqualTo("evidence that holds"
                + " of which the kind of outcome is one of SKILL_CERTIFICATE,EXAM and the rank is at"
                + " most 3, from the last 5 years");
        assertThat(RulebookWords.counted(demand, Locale.CHINESE)).isEqualTo("有效的成果，须 成果类型 为"
                + " SKILL_CERTIFICATE,EXAM 之一，且 名次 不高于 3，取得于近 5 年内");
    }

    @Test
    void an_exempted_course_is_not_filled_in_part() {
        Rulebook parts = Shipped.readable(RulebooksPageTest.whole("""
                clauses:
                  - id: own
                    summary: {zh: 原, en: Own}
                    awards: {credits: own, fills: part}
                """));
        says(Engine.decide(CaseText.read(new YAMLMapper().readTree("""
                date: 2025-01-01
                programme: {courses: [{code: A, credits: "4.00"}]}
                evidence: [{id: a, credits: "1.00", unit: CN, happened-on: 2024-01-02}]
                earlier: [{evidence: {id: b, happened-on: 2024-01-01}, target: course/A, purpose: EXEMPTION}]
                ask: [{evidence: a, targets: [course/A]}]
                """)), parts).refused(), TARGET_FILLED, "own");
    }

    @Test
    void what_no_clause_awards_names_the_nearest_clause_and_what_is_missing() {
        List<RefusedLine> lines = refused("2025-01-01",
                "[{id: c, kind: SKILL_CERTIFICATE, level: low, recognised-credits: 4, happened-on: 2024-01-01}]",
                "[{evidence: c, targets: [course/A]}]");
        says(lines, NOT_AWARDED, "certificates");
        assertThat(lines.getFirst().missing()).singleElement().satisfies(missing -> {
            assertThat(missing.of()).isEqualTo(Scope.EVIDENCE);
            assertThat(missing.name()).isEqualTo("level");
            assertThat(missing.test()).isEqualTo(Comparison.AT_LEAST);
            assertThat(missing.needed()).isEqualTo("high");
            assertThat(missing.found()).isEqualTo("low");
        });
    }

    @Test
    void an_excluded_target_is_refused_before_any_award() {
        says(refused("2025-01-01", "[" + COURSE + "]", "[{evidence: c, targets: [course/S]}]"),
                EXCLUDED, "not-sports");
    }

    @Test
    void evidence_counts_to_the_last_day_of_its_validity_and_no_longer() {
        assertThat(refused("2029-01-01", "[" + COURSE + "]",
                "[{evidence: c, targets: [course/A]}]")).isEmpty();
        List<RefusedLine> lines = refused("2029-01-02", "[" + COURSE + "]",
                "[{evidence: c, targets: [course/A]}]");
        says(lines, EXPIRED, "five-years");
        assertThat(lines.getFirst().missing()).singleElement().satisfies(missing ->
                assertThat(missing.needed()).isEqualTo("2029-01-01"));
    }

    @Test
    void a_window_is_open_on_its_first_and_last_day_only_till_then() {
        String piece = "[{id: c, kind: TRAINING, credits: \"4.00\", unit: CN, happened-on: 2024-01-01}]";
        String ask = "[{evidence: c, targets: [course/A]}]";
        assertThat(refused("2025-03-01", piece, ask)).isEmpty();
        assertThat(refused("2025-03-15", piece, ask)).isEmpty();
        says(refused("2025-03-16", piece, ask), OUTSIDE_WINDOW, "spring");
    }

    @Test
    void what_a_clause_gives_nothing_for_is_worth_nothing() {
        says(refused("2025-01-01", "[{id: c, kind: COMPETITION_AWARD, prize: industry, happened-on: 2024-01-01}]",
                "[{evidence: c, targets: [group/free]}]"), WORTH_NOTHING, "prizes");
    }

    @Test
    void a_value_the_table_does_not_know_is_told_with_those_it_knows() {
        List<RefusedLine> lines = refused("2025-01-01",
                "[{id: c, kind: COMPETITION_AWARD, prize: golden, happened-on: 2024-01-01}]",
                "[{evidence: c, targets: [group/free]}]");
        says(lines, NOT_IN_TABLE, "prizes");
        assertThat(lines.getFirst().missing()).singleElement().satisfies(missing ->
                assertThat(missing.needed()).isEqualTo("first,industry"));
    }

    @Test
    void an_amount_that_is_not_there_is_missing() {
        says(refused("2025-01-01", "[{id: c, kind: SKILL_CERTIFICATE, level: high, happened-on: 2024-01-01}]",
                "[{evidence: c, targets: [group/free]}]"), ATTRIBUTE_MISSING, "certificates");
    }

    @Test
    void a_unit_without_a_conversion_is_not_guessed() {
        says(refused("2025-01-01",
                "[{id: c, kind: COURSE, credits: \"4.00\", unit: ECTS, happened-on: 2024-01-01}]",
                "[{evidence: c, targets: [course/A]}]"), UNIT_NOT_CONVERTED, "courses");
    }

    @Test
    void a_course_larger_than_the_evidence_is_worth_is_refused() {
        says(refused("2025-01-01",
                "[{id: c, kind: COURSE, credits: \"3.99\", unit: CN, happened-on: 2024-01-01}]",
                "[{evidence: c, targets: [course/A]}]"), WORTH_TOO_SMALL, "courses");
    }

    @Test
    void courses_that_are_together_more_than_the_evidence_is_worth_are_refused_together() {
        List<RefusedLine> lines = refused("2025-01-01", "[" + COURSE + "]",
                "[{evidence: c, targets: [course/A, course/B]}]");
        says(lines, WORTH_EXCEEDED, "courses");
        assertThat(lines).hasSize(2).allSatisfy(line -> assertThat(line.missing().getFirst())
                .satisfies(missing -> {
                    assertThat(missing.needed()).isEqualTo("4.00");
                    assertThat(missing.found()).isEqualTo("7.00");
                }));
    }

    @Test
    void a_group_that_is_full_takes_no_more() {
        says(refused("2025-01-01", "[" + COURSE + "]", "[{evidence: c, targets: [group/small]}]"),
                TARGET_FULL, "courses");
    }

    @Test
    void a_course_without_credits_has_no_room_for_any() {
        Rulebook own = Shipped.readable(RulebooksPageTest.whole("""
                clauses: [{id: own, summary: {zh: 原, en: Own}, awards: {credits: own}}]
                """));
        says(Engine.decide(CaseText.read(new YAMLMapper().readTree("""
                date: 2025-01-01
                programme: {courses: [{code: A, credits: "0.00"}]}
                evidence: [{id: a, credits: "1.00", unit: CN, happened-on: 2024-01-02}]
                ask: [{evidence: a, targets: [course/A]}]
                """)), own).refused(), TARGET_FULL, "own");
    }

    @Test
    void a_limit_names_its_sum() {
        List<RefusedLine> lines = refused("2025-01-01", "[{id: c, kind: COURSE, credits: \"10.01\", "
                + "unit: CN, happened-on: 2024-01-01}]", "[{evidence: c, targets: [group/free]}]");
        says(lines, LIMIT_REACHED, "ten");
        assertThat(lines.getFirst().missing()).singleElement().satisfies(missing -> {
            assertThat(missing.name()).isEqualTo("of-ten");
            assertThat(missing.needed()).isEqualTo("10.00");
            assertThat(missing.found()).isEqualTo("10.01");
        });
    }

    @Test
    void of_all_places_the_one_is_told_that_only_a_limit_closes() {
        Rulebook half = Shipped.readable(RulebooksPageTest.whole("""
                clauses:
                  - id: own
                    summary: {zh: 原, en: Own}
                    selects: {target: {kind: course}}
                    awards: {credits: own}
                  - id: half
                    summary: {zh: 至多一半, en: At most half}
                    limits: [{name: of-half, counts: credits, at-most: {share: 1/2, of: programme}}]
                """));
        List<RefusedLine> lines = Engine.decide(CaseText.read(new YAMLMapper().readTree("""
                date: 2025-01-01
                programme: {credits: "8.00", courses: [{code: W1, credits: "4.00"}, {code: W2, credits: "4.00"}]}
                evidence: [{id: a, credits: "4.00", unit: CN, happened-on: 2024-01-01}, {id: b, credits: "4.00", unit: CN, happened-on: 2024-01-02}]
                ask: best
                """)), half).refused();
        says(lines, LIMIT_REACHED, "half");
        assertThat(lines).singleElement().satisfies(line -> {
            assertThat(line.target()).isEqualTo(TargetId.course("W2"));
            assertThat(line.missing()).extracting(Shortfall::name).containsExactly("of-half");
        });
    }

    @Test
    void an_exemption_that_another_piece_gives_already_needs_no_second() {
        Rulebook exemptions = Shipped.readable(RulebooksPageTest.whole("""
                clauses:
                  - id: exempt
                    summary: {zh: 免修, en: Exempt}
                    selects: {target: {kind: course}}
                    awards: {exemption: true}
                """));
        List<RefusedLine> lines = Engine.decide(CaseText.read(new YAMLMapper().readTree("""
                date: 2025-01-01
                programme: {courses: [{code: A, credits: "4.00"}]}
                evidence: [{id: b, happened-on: 2024-01-02}, {id: a, happened-on: 2024-01-01}]
                ask: best
                """)), exemptions).refused();
        says(lines, TARGET_FULL, "exempt");
        assertThat(lines).singleElement().satisfies(line ->
                assertThat(line.evidence().text()).isEqualTo("b"));
    }

    @Test
    void of_lines_asked_together_the_good_one_falls_with_the_bad_one() {
        List<RefusedLine> lines = refused("2025-01-01", "[" + COURSE + "]",
                "[{evidence: c, targets: [course/A, course/S]}]");
        assertThat(lines).extracting(line -> line.target() + " " + line.code())
                .containsExactlyInAnyOrder("course/S " + EXCLUDED, "course/A " + ASKED_TOGETHER);
    }

    @Test
    void nothing_said_of_a_learner_stands_in_a_decision() {
        Rulebook personal = Shipped.readable(RulebooksPageTest.whole("""
                clauses:
                  - id: veterans
                    summary: {zh: 退役军人, en: Veterans}
                    selects: {learner: {learner-group: veteran}}
                    awards: {credits: "2.00"}
                """));
        String bytes = EntryFormat.JSON.writeValueAsString(Engine.decide(CaseText.read(
                new YAMLMapper().readTree("""
                        date: 2025-01-01
                        learner: {learner-group: prisoner}
                        evidence: [{id: a, happened-on: 2024-01-01}]
                        ask: [{evidence: a, targets: [programme]}]
                        """)), personal));
        assertThat(bytes).doesNotContain("prisoner").contains("\"learner-group\"");
    }

    /** Whoever adds a code adds a test above; what no rulebook sees is told by an account. */
    @Test
    void every_code_has_its_test() {
        Set<RefusalCode> tested = EnumSet.of(RULEBOOK_NOT_IN_FORCE, EVIDENCE_UNKNOWN,
                TARGET_UNKNOWN, EVIDENCE_USED, ALREADY_COUNTS,
                RefusalCode.ISSUER_NOT_COVERED, RefusalCode.EVIDENCE_DOES_NOT_HOLD,
                TARGET_FILLED, NOT_AWARDED, EXCLUDED, EXPIRED,
                OUTSIDE_WINDOW, WORTH_NOTHING, NOT_IN_TABLE, ATTRIBUTE_MISSING,
                UNIT_NOT_CONVERTED, WORTH_TOO_SMALL, WORTH_EXCEEDED, TARGET_FULL, LIMIT_REACHED,
                ASKED_TOGETHER);
        assertThat(tested).containsExactlyElementsOf(Arrays.asList(RefusalCode.values()));
    }
}
