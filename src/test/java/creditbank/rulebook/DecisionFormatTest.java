package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.recognition.Comparison;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.Entitlement;
import creditbank.api.recognition.Fact;
import creditbank.api.recognition.Flag;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.RequirementLine;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.Shortfall;
import creditbank.ledger.EntryFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A decision is stored for ever: its bytes stay what the page on them shows. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DecisionFormatTest {

    private static final String GIVEN = """
            date: 2025-03-01
            evidence:
              - {id: c1, kind: COURSE, nature: academic, credits: "36.00", unit: NCRF, happened-on: 2023-05-01, known-on: 2025-01-01}
              - {id: c2, kind: COURSE, nature: vocational, credits: "4.00", unit: NCRF, happened-on: 2023-07-01}
              - {id: c3, kind: COURSE, nature: academic, credits: "3.00", unit: NCRF, happened-on: 2017-07-01}
            ask:
              - {evidence: c1, targets: [programme]}
              - {evidence: c2, targets: [programme]}
              - {evidence: c3, targets: [programme]}
            """;

    private static String committed() {
        String page = Shipped.page("formats/decision.md");
        int start = page.indexOf("```json\n") + "```json\n".length();
        return page.substring(start, page.indexOf("\n```", start));
    }

    private static Decision decided() {
        return Engine.decide(CaseText.read(new YAMLMapper().readTree(GIVEN)),
                Shipped.readable(Shipped.rulebook("in-abc")));
    }

    @Test
    void the_committed_example_is_what_the_engine_decides_today() {
        assertThat(EntryFormat.JSON.writeValueAsString(decided())).isEqualTo(committed());
    }

    @Test
    void the_committed_example_reads_back_and_is_written_as_the_same_bytes() {
        Decision read = EntryFormat.JSON.readValue(committed(), Decision.class);
        assertThat(read).isEqualTo(decided());
        assertThat(EntryFormat.JSON.writeValueAsString(read)).isEqualTo(committed());
    }

    static Stream<Enum<?>> storedNames() {
        return Stream.of(RefusalCode.values(),
                Comparison.values(),
                Scope.values(), Decision.Search.values())
                .flatMap(names -> Arrays.stream((Enum<?>[]) names));
    }

    @ParameterizedTest
    @MethodSource("storedNames")
    void the_page_knows_every_stored_name(Enum<?> name) {
        assertThat(Shipped.page("formats/decision.md")).contains("`" + name.name() + "`");
    }

    @Test
    void the_page_knows_every_field() {
        String page = Shipped.page("formats/decision.md");
        for (Class<?> type : List.of(Decision.class, GrantedLine.class,
                RefusedLine.class,
                RequirementLine.class,
                Entitlement.class,
                Flag.class, Fact.class,
                Shortfall.class)) {
            assertThat(Arrays.stream(type.getRecordComponents()).map(c -> "`" + c.getName() + "`"))
                    .allSatisfy(field -> assertThat(page).contains(field));
        }
    }
}
