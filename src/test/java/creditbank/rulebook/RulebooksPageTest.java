package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The page on rulebooks does what it says: each of its examples is read and run. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RulebooksPageTest {

    private static final Pattern PART = Pattern.compile(
            "^(#+ [^\n]+)$|^```yaml( case)?\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final List<String> HEAD = List.of("rulebook: example", "version: 1",
            "jurisdiction: {institution: example}", "title: {zh: 例, en: Example}",
            "source: {title: Example, mark: P}", "in-force: {from: 2000-01-01}", "unit: CN");

    /** An example of the page, with the case that follows it. */
    record Example(String section, String rulebook, JsonNode given, JsonNode expect) {
        @Override
        public String toString() {
            return section;
        }
    }

    static Stream<Example> examples() {
        List<Example> examples = new ArrayList<>();
        String section = "";
        String rulebook = "";
        Matcher part = PART.matcher(Shipped.page("rulebooks.md"));
        while (part.find()) {
            if (part.group(1) != null) {
                section = part.group(1).replace("#", "").strip();
            } else if (part.group(2) == null) {
                rulebook = whole(part.group(3));
            } else {
                JsonNode each = new YAMLMapper().readTree(part.group(3));
                examples.add(new Example(section, rulebook, each.required("given"),
                        each.required("expect")));
            }
        }
        return examples.stream();
    }

    /** With the lines of a head that the page leaves out. */
    static String whole(String part) {
        StringBuilder whole = new StringBuilder();
        for (String line : HEAD) {
            String field = line.substring(0, line.indexOf(':') + 1);
            if (part.lines().noneMatch(own -> own.startsWith(field))) {
                whole.append(line).append('\n');
            }
        }
        return whole.append(part).toString();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_does_what_the_page_says(Example example) {
        Rulebook rulebook = Shipped.readable(example.rulebook());
        Expected.check(example.expect(),
                Engine.decide(CaseText.read(example.given()), rulebook));
    }

    @Test
    void the_page_has_examples() {
        assertThat(examples().map(Example::section).distinct()).hasSizeGreaterThan(12);
    }
}
