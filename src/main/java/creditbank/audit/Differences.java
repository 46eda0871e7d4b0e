package creditbank.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is not the same in two answers, field by field, with the entries that changed each field:
 * told by the answers in between, one behind every entry.
 *
 * <p>The things in a list are told apart by what names them (their id, or else by sector and unit
 * and the like), so that one more in front does not make all those behind it different; where
 * nothing names them, by their places.
 */
public final class Differences {

    /** What names the things in a list: the first of these that all of them have. */
    private static final List<List<String>> NAMES = List.of(List.of("id"),
            List.of("institution", "sector", "unit"),
            List.of("position", "achievement", "movement"), List.of("sector", "unit"),
            List.of("recognition", "evidence", "target"), List.of("evidence", "target"),
            List.of("enrolment"), List.of("target"), List.of("achievement"));

    /**
     * A field that is not what it was.
     *
     * @param path    names of fields, and of things in lists, with slashes between them
     * @param before  absent where there was none
     * @param after   absent where there is none
     * @param entries positions of those that changed it, in their order
     */
    public record Difference(String path, @Nullable JsonNode before, @Nullable JsonNode after,
            List<Long> entries) {
    }

    private final Map<String, JsonNode> first;
    private final Map<String, List<Long>> changedBy = new HashMap<>();
    private Map<String, JsonNode> last;

    /** @param first the answer to begin with */
    public Differences(JsonNode first) {
        this.first = leaves(first);
        this.last = this.first;
    }

    /** @param answer as it is behind the entry at {@code position} */
    public void then(long position, JsonNode answer) {
        Map<String, JsonNode> now = leaves(answer);
        Stream.concat(last.keySet().stream(), now.keySet().stream()).distinct()
                .filter(path -> !Objects.equals(last.get(path), now.get(path)))
                .forEach(path -> changedBy.computeIfAbsent(path, _ -> new ArrayList<>())
                        .add(position));
        last = now;
    }

    /** Only what differs between the first answer and the last, by path. */
    public List<Difference> found() {
        TreeSet<String> paths = new TreeSet<>(first.keySet());
        paths.addAll(last.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(first.get(path), last.get(path)))
                .map(path -> new Difference(path, first.get(path), last.get(path),
                        List.copyOf(changedBy.getOrDefault(path, List.of()))))
                .toList();
    }

    private static Map<String, JsonNode> leaves(JsonNode answer) {
        Map<String, JsonNode> leaves = new LinkedHashMap<>();
        add(leaves, "", answer);
        return leaves;
    }

    private static void add(Map<String, JsonNode> leaves, String path, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(field -> add(leaves,
                    path.isEmpty() ? field.getKey() : path + "/" + field.getKey(),
                    field.getValue()));
        } else if (node.isArray() && !node.isEmpty() && node.get(0).isObject()) {
            addAll(leaves, path, node);
        } else if (!node.isNull() && !(node.isArray() && node.isEmpty())) {
            leaves.put(path, node);
        }
    }

    private static void addAll(Map<String, JsonNode> leaves, String path, JsonNode list) {
        List<String> names = NAMES.stream()
                .filter(each -> list.valueStream().allMatch(
                        thing -> each.stream().allMatch(thing::has)))
                .findFirst().orElse(List.of());
        Map<String, Integer> seen = new HashMap<>();
        int place = 0;
        for (JsonNode thing : list) {
            String name = names.isEmpty() ? Integer.toString(place)
                    : names.stream().map(each -> text(thing.get(each)))
                            .collect(Collectors.joining("|"));
            int times = seen.merge(name, 1, Integer::sum);
            add(leaves, path + "/" + (times == 1 ? name : name + "#" + times), thing);
            place++;
        }
    }

    private static String text(JsonNode name) {
        return name.isString() ? name.asString() : name.toString();
    }
}
