package creditbank.rulebook;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Comparison;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.Shortfall;
import creditbank.api.rulebook.Mistake.Kind;
import creditbank.api.rulebook.Mistake;
import creditbank.words.Words.Said;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import static org.assertj.core.api.Assertions.assertThat;


/** A rulebook is read whole, or all that is wrong with it is told at once. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulebookReaderTest {

    private static final String GOOD = """
            rulebook: good
            version: 1
            jurisdiction: {country: CN}
            title: {zh: 好, en: Good}
            source: {title: A text, mark: P}
            in-force: {from: 2020-01-01, until: 2029-12-31}
            unit: CN
            scales: {level: [low, high]}
            groups: [major, free]
            clauses:
              - id: one
                summary: {zh: 一, en: One}
                selects: {evidence: {level: {at-least: low}, score: {between: [1, 2]}}, target: {group: major}}
                awards: {credits: {table: {by: {evidence.rank: 1..}, rows: [{when: 1..3, is: "3.00"}, {when: 4.., is: "1.00"}]}}}
              - id: two
                summary: {zh: 二, en: Two}
                selects: {target: {group: free}}
                limits: [{name: cap, counts: credits, per: [year], at-most: "9.00"}, {name: all, counts: credits, at-most: "9.00"}]
              - id: three
                summary: {zh: 三, en: Three}
                awards: {entitlement: door}
                requires: [{name: least, counts: credits, of: {target: {group: free}}, within: P5Y, at-least: "9.00"}]
            """;

    /** The good one with one thing changed. */
    record Broken(Kind kind, String from, String to, boolean schemaTells) {
        String yaml() {
            assertThat(GOOD).contains(from);
            return GOOD.replaceFirst(java.util.regex.Pattern.quote(from),
                    java.util.regex.Matcher.quoteReplacement(to));
        }

        @Override
        public String toString() {
            return kind + ": " + to;
        }
    }

    static Stream<Broken> broken() {
        return Stream.of(
                new Broken(Kind.NOT_YAML, "mark: P}", "mark: P", true),
                new Broken(Kind.SECOND_TEXT, "unit: CN", "unit: CN\n---\na: b", true),
                new Broken(Kind.TOO_DEEP, "unit: CN",
                        "unit: " + "[".repeat(50) + "]".repeat(50), true),
                new Broken(Kind.FIELD_MISSING, "unit: CN", "", true),
                new Broken(Kind.FIELD_UNKNOWN, "unit: CN", "unit: CN\nunits: CN", true),
                new Broken(Kind.FIELD_TWICE, "unit: CN", "unit: CN\nunit: CN", false),
                new Broken(Kind.NOT_FIELDS, "title: {zh: 好, en: Good}", "title: Good", true),
                new Broken(Kind.NOT_LIST, "requires: [{name: least, counts: credits, of: {target: "
                        + "{group: free}}, within: P5Y, at-least: \"9.00\"}]",
                        "requires: {name: least}", true),
                new Broken(Kind.NOT_VALUE, "between: [1, 2]", "between: [1, 2, 3]", true),
                new Broken(Kind.EMPTY, "groups: [major, free]", "groups: []", true),
                new Broken(Kind.NOT_A_CHOICE, "unit: CN", "unit: YUAN", true),
                new Broken(Kind.NOT_A_NAME, "rulebook: good", "rulebook: Good One", true),
                new Broken(Kind.NOT_AN_AMOUNT, "at-most: \"9.00\"", "at-most: \"9.001\"", true),
                new Broken(Kind.NOT_A_COUNT, "version: 1", "version: 0", true),
                new Broken(Kind.NOT_A_DATE, "from: 2020-01-01", "from: 2020-1-1", true),
                new Broken(Kind.NOT_A_COUNTRY, "{country: CN}", "{country: QQ}", false),
                new Broken(Kind.NOT_A_DAY_OF_YEAR, "per: [year]", "per: [{starts: 3-1}]", true),
                new Broken(Kind.NOT_A_PERIOD, "within: P5Y", "within: 5 years", true),
                new Broken(Kind.NOT_A_FRACTION, "at-most: \"9.00\"",
                        "at-most: {share: a fifth, of: programme}", true),
                new Broken(Kind.NOT_AN_ATTRIBUTE, "per: [year]", "per: [level]", true),
                new Broken(Kind.NOT_A_RANGE, "{evidence.rank: 1..}", "{evidence.rank: 3..1}", false),
                new Broken(Kind.TEXT_TOO_LONG, "title: A text", "title: " + "a".repeat(501), true),
                new Broken(Kind.TEXT_HAS_UNSEEN, "title: A text", "title: \"A\\u202etext\"",
                        false),
                new Broken(Kind.SOURCE_UNVERIFIED, "mark: P", "mark: U", true),
                new Broken(Kind.UNTIL_BEFORE_FROM, "until: 2029-12-31", "until: 2019-12-31", false),
                new Broken(Kind.ID_TWICE, "id: two", "id: one", false),
                new Broken(Kind.GROUP_UNKNOWN, "{group: major}", "{group: minor}", false),
                new Broken(Kind.EXACTLY_ONE_OF, "{country: CN}", "{country: CN, region: \"210600\"}",
                        true),
                new Broken(Kind.NOTHING_DONE, "\n    awards: {entitlement: door}\n    requires: "
                        + "[{name: least, counts: credits, of: {target: {group: free}}, within: "
                        + "P5Y, at-least: \"9.00\"}]", "", true),
                new Broken(Kind.SHARE_OVER_ONE, "at-most: \"9.00\"",
                        "at-most: {share: 6/5, of: programme}", false),
                new Broken(Kind.LEAST_ABOVE_MOST, "between: [1, 2]", "between: [2, 1]", false),
                new Broken(Kind.CAP_BELOW_MINIMUM, "name: all, counts: credits, at-most: \"9.00\"",
                        "name: all, counts: credits, at-most: \"8.99\"", false),
                new Broken(Kind.TABLE_HOLE, "when: 4..", "when: 5..", false),
                new Broken(Kind.TABLE_OVERLAP, "when: 4..", "when: 3..", false),
                new Broken(Kind.TABLE_OUTSIDE_AXIS, "when: 1..3", "when: 0..3", false),
                new Broken(Kind.TABLE_TOO_LARGE, "{by: {evidence.rank: 1..}, rows: [{when: 1..3",
                        "{by: {evidence.a: [" + words() + "], evidence.b: [" + words()
                                + "]}, otherwise: \"0\", rows: [{when: [w0, any]", false),
                new Broken(Kind.SELECTS_NOTHING, "selects: {target: {group: free}}", "selects: {}",
                        true),
                new Broken(Kind.REQUIRES_WITH_CREDITS, "awards: {entitlement: door}",
                        "awards: {credits: own}", false),
                new Broken(Kind.KEY_NOT_KEPT_APART, "at-most: \"9.00\"",
                        "at-most: {attribute: evidence.worth}", false));
    }

    /** It may be recorded with an achievement. */
    static Stream<Broken> longGrades() {
        return Stream.of(
                new Broken(Kind.TEXT_TOO_LONG, "awards: {entitlement: door}",
                        "awards: {exemption: true, grade: " + "a".repeat(41) + "}", true),
                new Broken(Kind.TEXT_TOO_LONG, "awards: {entitlement: door}",
                        "awards: {exemption: true, grade: {table: {by: {evidence.rank: 1..}, "
                                + "otherwise: \"90\", rows: [{when: 1, is: "
                                + "a".repeat(41) + "}]}}}", false));
    }

    private static String words() {
        return String.join(", ", java.util.stream.IntStream.range(0, 101)
                .mapToObj(i -> "w" + i).toList());
    }

    private static List<Mistake> mistakes(String yaml) {
        return switch (RulebookReader.read(yaml)) {
            case RulebookReader.Reading.Read read -> List.of();
            case RulebookReader.Reading.Unreadable(List<Mistake> mistakes) -> mistakes;
        };
    }

    private static boolean schemaAccepts(String yaml) {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Shipped.schema());
        return schema.validate(yaml, InputFormat.YAML).isEmpty();
    }

    @Test
    void the_good_one_is_read_and_the_schema_accepts_it() {
        assertThat(mistakes(GOOD)).isEmpty();
        assertThat(schemaAccepts(GOOD)).isTrue();
    }

    @ParameterizedTest
    @MethodSource({"broken", "longGrades"})
    void a_mistake_is_told_with_its_line_and_the_schema_sees_it_where_it_can(Broken broken) {
        assertThat(mistakes(broken.yaml())).as("%s", broken.yaml()).anySatisfy(mistake -> {
            assertThat(mistake.kind()).isEqualTo(broken.kind());
            assertThat(mistake.column()).isPositive();
            assertThat(mistake.line()).isBetween(1, 30);
        });
        if (broken.kind() != Kind.NOT_YAML && broken.kind() != Kind.SECOND_TEXT
                && broken.kind() != Kind.FIELD_TWICE) {
            assertThat(schemaAccepts(broken.yaml())).isEqualTo(!broken.schemaTells());
        }
    }

    static Stream<Broken> brokenProcedures() {
        return Stream.of(
                new Broken(Kind.NOT_A_PERIOD, "unit: CN", "unit: CN\nappeal: {within: -P3D}", true),
                new Broken(Kind.NOT_A_PERIOD, "unit: CN", "unit: CN\nappeal: {within: P0D}", false),
                new Broken(Kind.FIELD_MISSING, "unit: CN",
                        "unit: CN\nsteps: [{id: a, summary: {zh: 甲, en: A}}]", true),
                new Broken(Kind.NOT_A_CHOICE, "unit: CN",
                        "unit: CN\nsteps: [{id: a, by: clerk, summary: {zh: 甲, en: A}}]", true),
                new Broken(Kind.ID_TWICE, "unit: CN", "unit: CN\nsteps: [{id: a, by: bank, summary:"
                        + " {zh: 甲, en: A}}, {id: a, by: bank, summary: {zh: 乙, en: B}}]", false));
    }

    @ParameterizedTest
    @MethodSource("brokenProcedures")
    void mistakes_in_steps_and_appeals_are_told(Broken broken) {
        assertThat(mistakes(broken.yaml())).extracting(Mistake::kind)
                .containsExactly(broken.kind());
        assertThat(schemaAccepts(broken.yaml())).isEqualTo(!broken.schemaTells());
    }

    @Test
    void a_country_is_written_with_its_two_letters() {
        Mistake mistake = mistakes(GOOD.replace("{country: CN}", "{country: Germany}")).getFirst();
        assertThat(RulebookWords.of(mistake, Locale.ENGLISH).what())
                .isEqualTo("jurisdiction.country is no country: Germany");
        assertThat(RulebookWords.of(mistake, Locale.ENGLISH).remedy())
                .isEqualTo("Write its two letters of ISO 3166, such as KR.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SKILL_CERT", "[COURSE, SKILL_CERT]", "{is-not: SKILL_CERT}",
        "{not-in: [SKILL_CERT, COURSE]}"})
    void a_clause_for_evidence_of_a_kind_there_is_not_is_told_the_kinds(String kind) {
        assertThat(mistakes(GOOD.replace("{evidence: {level: {at-least: low}",
                "{evidence: {kind: " + kind + ", level: {at-least: low}")))
                .singleElement().satisfies(mistake -> {
                    assertThat(mistake.kind()).isEqualTo(Kind.NOT_A_CHOICE);
                    assertThat(mistake.found()).isEqualTo("SKILL_CERT");
                    assertThat(mistake.expected()).contains("COURSE, ", ", SKILL_CERTIFICATE");
                });
    }

    @Test
    void every_kind_of_mistake_has_its_example() {
        assertThat(broken().map(Broken::kind)).containsExactlyInAnyOrder(Kind.values());
    }

    @Test
    void all_mistakes_are_told_at_once_in_the_order_of_the_text() {
        String yaml = GOOD.replace("unit: CN", "unit: YUAN").replace("mark: P", "mark: U")
                .replace("when: 4..", "when: 5..").replace("id: two", "id: one");
        assertThat(mistakes(yaml)).extracting(m -> m.line() + " " + m.path() + " " + m.kind())
                .containsExactly("5 source.mark SOURCE_UNVERIFIED", "7 unit NOT_A_CHOICE",
                        "14 clauses.0.awards.credits.table TABLE_HOLE",
                        "15 clauses.1.id ID_TWICE");
    }

    @Test
    void a_text_that_is_nested_without_end_is_refused() {
        assertThat(mistakes("a: " + "[".repeat(5_000))).isNotEmpty();
        assertThat(mistakes("")).isNotEmpty();
        assertThat(mistakes("just words")).isNotEmpty();
    }

    static Stream<Path> shipped() {
        return Shipped.rulebooks().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void a_shipped_rulebook_is_read_and_the_schema_accepts_it(Path file) {
        Rulebook rulebook = Shipped.readable(Shipped.read(file));
        assertThat(file).hasFileName(rulebook.version().id() + ".yaml");
        assertThat(schemaAccepts(Shipped.read(file))).isTrue();
    }

    @ParameterizedTest
    @MethodSource("creditbank.rulebook.RulebooksPageTest#examples")
    void the_schema_accepts_an_example_of_the_page(RulebooksPageTest.Example example) {
        assertThat(schemaAccepts(example.rulebook())).isTrue();
    }

    @Test
    void versions_that_are_in_force_on_the_same_day_overlap() {
        Rulebook first = Shipped.readable(GOOD);
        Rulebook next = Shipped.readable(GOOD.replace("version: 1", "version: 2")
                .replace("from: 2020-01-01, until: 2029-12-31", "from: 2029-12-31"));
        Rulebook later = Shipped.readable(GOOD.replace("version: 1", "version: 2")
                .replace("from: 2020-01-01, until: 2029-12-31", "from: 2030-01-01"));
        assertThat(first.inForce().overlaps(next.inForce())).isTrue();
        assertThat(next.inForce().overlaps(first.inForce())).isTrue();
        assertThat(first.inForce().overlaps(later.inForce())).isFalse();
    }

    // ------------------------------------------------------------------ texts made to be slow

    /** Anyone signed in may have a text read. */
    static Stream<String> textsWrongInVeryManyPlaces() {
        String clause = "\n  - {id: a, summary: {zh: a, en: b}, ";
        return Stream.of(
                "clauses: [" + "{},".repeat(60_000) + "]",
                "clauses:" + clause + "limits: [" + "{at-most: 1},".repeat(7_000) + "]}"
                        + (clause + "requires: [{at-least: 2}]}").repeat(1_500),
                "scales: {? " + "n".repeat(90_000) + "\n: [" + "x,".repeat(40_000) + "]}",
                "x:\n  ? " + "n".repeat(90_000) + "\n  : {" + "a: b, ".repeat(15_000) + "}",
                "scales: {level: [" + words() + "]}\nclauses:" + clause
                        + "selects: {evidence: {any: ["
                        + "{level: {at-least: none}},".repeat(5_000) + "]}}",
                "clauses: " + "[".repeat(150_000));
    }

    @ParameterizedTest
    @MethodSource("textsWrongInVeryManyPlaces")
    @Timeout(30)
    void a_text_that_is_wrong_in_very_many_places_is_soon_read_and_briefly_told(String text) {
        assertThat(text.length()).isLessThan(200_000);
        assertThat(RulebookReader.read(text)).isInstanceOfSatisfying(
                RulebookReader.Reading.Unreadable.class, unreadable -> {
                    assertThat(unreadable.mistakes()).hasSizeBetween(1, 1_000);
                    assertThat(unreadable.mistakes().stream().mapToInt(m -> m.path().length()
                            + m.found().length() + m.expected().length()).max().orElseThrow())
                            .isLessThan(5_000);
                });
    }

    // ------------------------------------------------------------------ words

    @ParameterizedTest
    @MethodSource("broken")
    void a_mistake_is_said_in_both_languages_with_its_remedy(Broken broken) {
        for (Mistake mistake : mistakes(broken.yaml())) {
            for (Locale locale : List.of(Locale.CHINESE, Locale.ENGLISH)) {
                Said said = RulebookWords.of(mistake, locale);
                assertThat(said.what()).isNotBlank().doesNotContainPattern("\\{[a-z]+}");
                assertThat(said.remedy()).isNotBlank().doesNotContainPattern("\\{[a-z]+}");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(RefusalCode.class)
    void a_refusal_is_said_in_both_languages_in_the_words_of_its_clause(RefusalCode code) {
        Rulebook rulebook = Shipped.readable(GOOD);
        RefusedLine line = new RefusedLine(new EvidenceId("e"), null, new ClauseId("two"), code,
                List.of(), List.of());
        assertThat(RulebookWords.of(line, rulebook, Locale.ENGLISH).what())
                .doesNotContainPattern("\\{[a-z]+}");
        assertThat(RulebookWords.of(line, rulebook, Locale.CHINESE).remedy()).isNotBlank();
    }

    @Test
    void what_would_have_to_change_is_said_for_every_comparison() {
        Rulebook rulebook = Shipped.readable(GOOD);
        List<Shortfall> missing = Arrays.stream(Comparison.values()).map(how -> new Shortfall(
                new ClauseId("one"), Scope.EVIDENCE, "level", how, "high", "low")).toList();
        RefusedLine line = new RefusedLine(new EvidenceId("e"), null, new ClauseId("one"),
                RefusalCode.NOT_AWARDED, List.of(), missing);
        assertThat(RulebookWords.of(line, rulebook, Locale.ENGLISH).remedy())
                .contains("the level must be at least high; it is low");
        assertThat(RulebookWords.of(line, rulebook, Locale.CHINESE).remedy())
                .contains("等级 至少为 high，实际为 low");
    }

    @Test
    void what_was_absent_is_said_not_to_be_stated() {
        Shortfall missing = new Shortfall(
                null, Scope.EVIDENCE, "level", Comparison.AT_LEAST, "high", null);
        assertThat(RulebookWords.of(missing, Locale.ENGLISH))
                .isEqualTo("the level must be at least high; it is not stated");
        assertThat(RulebookWords.of(missing, Locale.CHINESE))
                .isEqualTo("等级 至少为 high，实际未说明");
    }
}
