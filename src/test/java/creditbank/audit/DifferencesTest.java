package creditbank.audit;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.audit.Differences.Difference;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DifferencesTest {

    private static final JsonMapper JSON = new JsonMapper();

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    private static List<String> between(String... answers) {
        Differences differences = new Differences(json(answers[0]));
        for (int i = 1; i < answers.length; i++) {
            differences.then(i, json(answers[i]));
        }
        return differences.found().stream().map(DifferencesTest::line).toList();
    }

    private static String line(Difference d) {
        return d.path() + ": " + d.before() + " -> " + d.after() + " " + d.entries();
    }

    @Test
    void the_same_differs_in_nothing() {
        assertThat(between("{'a':{'b':1}}", "{'a':{'b':1}}")).isEmpty();
    }

    @Test
    void a_field_that_changed_twice_has_both_entries_and_one_that_came_back_none() {
        assertThat(between("{'a':1,'b':1,'c':1}", "{'a':2,'b':2,'c':1}", "{'a':3,'b':1,'c':1}"))
                .containsExactly("a: 1 -> 3 [1, 2]");
    }

    @Test
    void what_comes_has_no_before_and_what_goes_has_no_after() {
        assertThat(between("{'gone':[1,2]}", "{'come':{'x':'y'}}")).containsExactly(
                "come/x: null -> \"y\" [1]", "gone: [1,2] -> null [1]");
    }

    @Test
    void things_with_an_id_are_told_apart_by_it_wherever_they_stand() {
        assertThat(between("{'all':[{'id':'a','n':1},{'id':'b','n':2}]}",
                "{'all':[{'id':'c','n':3},{'id':'b','n':2},{'id':'a','n':4}]}"))
                .containsExactly("all/a/n: 1 -> 4 [1]", "all/c/id: null -> \"c\" [1]",
                        "all/c/n: null -> 3 [1]");
    }

    @Test
    void pools_and_lines_are_told_apart_by_what_they_are_of() {
        assertThat(between("{'pools':[{'sector':'S','unit':'CN','n':1}]}",
                "{'pools':[{'sector':'A','unit':'CN','n':5},{'sector':'S','unit':'CN','n':2}]}"))
                .contains("pools/S|CN/n: 1 -> 2 [1]", "pools/A|CN/n: null -> 5 [1]");
    }

    @Test
    void things_of_the_same_name_are_counted_and_those_without_one_go_by_their_place() {
        assertThat(between("{'l':[{'id':'a','n':1},{'id':'a','n':2}],'m':[{'x':1},{'x':2}]}",
                "{'l':[{'id':'a','n':1},{'id':'a','n':3}],'m':[{'x':1},{'x':3}]}"))
                .containsExactly("l/a#2/n: 2 -> 3 [1]", "m/1/x: 2 -> 3 [1]");
    }

    @Test
    void an_empty_list_and_an_absent_one_are_the_same() {
        assertThat(between("{'l':[]}", "{}")).isEmpty();
    }
}
