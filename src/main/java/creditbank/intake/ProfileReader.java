package creditbank.intake;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.Achievement;
import creditbank.institution.InstitutionForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * Reads a profile from YAML. What cannot be followed is refused with the line it stands in; nothing
 * is guessed.
 */
final class ProfileReader {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String CREDITS = "credits";
    private static final String ATTRIBUTES = "attributes";

    private final String name;
    private final String yaml;
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Map<String, String>> lookups = new HashMap<>();
    private List<String> alike = List.of();

    private ProfileReader(String name, String yaml) {
        this.name = name;
        this.yaml = yaml;
    }

    /** @throws Refused with {@link Refusal.ProfileInvalid} */
    static Profile read(String name, String yaml) {
        return new ProfileReader(name, yaml).read();
    }

    private Profile read() {
        JsonNode root;
        try {
            noteLines();
            root = YAML.readTree(yaml);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new Refused(new Refusal.ProfileInvalid(
                    name, line, "", "this is not YAML: " + e.getOriginalMessage()));
        }
        Node top = new Node("", root);
        top.mayHold(List.of("title", "about", "institution", "only", "learner", "achievement",
                "lookups"));
        top.child("lookups").forEach((table, node) -> {
            Map<String, String> values = new LinkedHashMap<>();
            node.forEach((key, value) -> values.put(key, value.scalar()));
            lookups.put(table, values);
        });
        Map<String, Source> fields = new LinkedHashMap<>();
        Node learner = top.child("learner");
        learner.mayHold(Profile.LEARNER_FIELDS);
        learner.forEach((field, node) -> fields.put(field, source(node, false)));
        Node achievement = top.child("achievement");
        List<String> simple = new ArrayList<>(Profile.ACHIEVEMENT_FIELDS);
        simple.removeIf(f -> f.startsWith(CREDITS + "."));
        simple.add(CREDITS);
        simple.add(ATTRIBUTES);
        achievement.mayHold(simple);
        achievement.forEach((field, node) -> {
            if (field.equals(CREDITS)) {
                node.mayHold(List.of("amount", "unit"));
                node.forEach((part, source) ->
                        fields.put(CREDITS + "." + part, source(source, part.equals("amount"))));
            } else if (field.equals(ATTRIBUTES)) {
                node.forEach((name, source) ->
                        fields.put(Profile.ATTRIBUTE + name, attribute(name, source)));
            } else {
                fields.put(field, source(node, false));
            }
        });
        refuseIncomplete(top, fields);
        return new Profile(name, top.child("title").text(name), institution(top), filters(top),
                alike, fields, yaml);
    }

    private static void refuseIncomplete(Node top, Map<String, Source> fields) {
        for (String field : List.of("kind", "recordKey", "title", "happenedOn")) {
            if (!fields.containsKey(field)) {
                throw top.child("achievement").wrong("it must say where " + field + " is from");
            }
        }
        if (!fields.containsKey("account") && !fields.containsKey("documentNumber")) {
            throw top.child("learner").wrong("it must say where the learner's documentNumber,"
                    + " or the number of the account, is from");
        }
    }

    private static @Nullable InstitutionForm institution(Node top) {
        Node node = top.child("institution");
        if (node.isAbsent()) {
            return null;
        }
        node.mayHold(List.of("id", "name", "sector", "kind", "region", "country",
                "organisationCode"));
        return new InstitutionForm(node.child("id").scalar(), node.child("name").scalar(),
                node.child("sector").scalar(), node.child("kind").scalar(),
                node.child("region").text(""), node.child("country").text(""),
                node.child("organisationCode").text(""));
    }

    private static List<Profile.Filter> filters(Node top) {
        List<Profile.Filter> filters = new ArrayList<>();
        for (Node node : top.child("only").items()) {
            node.mayHold(List.of("column", "in", "otherwise"));
            String column = node.child("column").scalar();
            Set<String> values = new LinkedHashSet<>(node.child("in").scalars());
            filters.add(new Profile.Filter(column, values, node.child("otherwise").text(
                    column + " is not " + String.join(" or ", values))));
        }
        return filters;
    }

    // ------------------------------------------------------------------ sources

    private Source source(Node node, boolean mayDivide) {
        List<String> ways = List.of("column", "value", "template", "lookup");
        List<String> found = ways.stream().filter(way -> !node.child(way).isAbsent()).toList();
        if (found.size() != 1) {
            throw node.wrong("it must hold one of column, value, template, lookup, such as"
                    + " {column: name of the column}");
        }
        Source source = switch (found.getFirst()) {
            case "column" -> {
                node.mayHold(List.of("column", "optional", "example", "dividedBy"));
                yield new Source.Column(node.child("column").scalar(),
                        node.child("optional").text("false").equals("true"),
                        node.child("example").orNull());
            }
            case "value" -> {
                node.mayHold(List.of("value"));
                yield new Source.Constant(node.child("value").scalar());
            }
            case "template" -> {
                node.mayHold(List.of("template"));
                yield template(node.child("template"));
            }
            default -> {
                node.mayHold(List.of("lookup", "key"));
                yield new Source.Lookup(table(node.child("lookup")), template(node.child("key")));
            }
        };
        Node dividedBy = node.child("dividedBy");
        return dividedBy.isAbsent() ? source : divided(source, dividedBy, mayDivide);
    }

    private Source.Typed attribute(String attribute, Node node) {
        if (!Achievement.mayHaveAttribute(attribute)) {
            throw node.wrong("an attribute has a name of lower-case letters, digits and single"
                    + " dashes that no field of the bank answers to");
        }
        Node type = node.child("type");
        String stated = type.text("text");
        for (Source.Typed.Type each : Source.Typed.Type.values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(stated)) {
                return new Source.Typed(source(node.without("type"), false), each);
            }
        }
        throw type.wrong("it must be one of text, number, day, flag");
    }

    private Source divided(Source whole, Node dividedBy, boolean mayDivide) {
        if (!mayDivide) {
            throw dividedBy.wrong("only the amount of credits can be divided");
        }
        dividedBy.mayHold(List.of("rowsWithSame"));
        alike = dividedBy.child("rowsWithSame").scalars();
        return new Source.Divided(whole);
    }

    private static Source.Template template(Node node) {
        Source.Template template = Source.Template.of(node.scalar());
        if (template.columns().isEmpty()) {
            throw node.wrong("it must name a column in braces, such as {id_student}");
        }
        return template;
    }

    private Map<String, String> table(Node node) {
        Map<String, String> table = lookups.get(node.scalar());
        if (table == null) {
            throw node.wrong("no table of this name stands under lookups");
        }
        return table;
    }

    // ------------------------------------------------------------------ the tree, with lines

    private void noteLines() {
        try (JsonParser parser = YAML.createParser(yaml)) {
            while (parser.nextToken() != null) {
                lines.putIfAbsent(parser.streamReadContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        }
    }

    /** A part of the profile that knows where it stands. */
    private final class Node {
        private final String pointer;
        private final @Nullable JsonNode json;

        Node(String pointer, @Nullable JsonNode json) {
            this.pointer = pointer;
            this.json = json == null || json.isNull() || json.isMissingNode() ? null : json;
        }

        boolean isAbsent() {
            return json == null;
        }

        Node child(String field) {
            return new Node(pointer + "/" + field.replace("~", "~0").replace("/", "~1"),
                    json == null ? null : json.get(field));
        }

        Node without(String field) {
            return new Node(pointer, json instanceof ObjectNode object
                    ? object.deepCopy().without(field) : json);
        }

        void forEach(java.util.function.BiConsumer<String, Node> each) {
            if (json == null) {
                return;
            }
            if (!json.isObject()) {
                throw wrong("it must hold fields, each with its own line");
            }
            for (String field : json.propertyNames()) {
                each.accept(field, child(field));
            }
        }

        List<Node> items() {
            if (json == null) {
                return List.of();
            }
            if (!json.isArray()) {
                throw wrong("it must be a list, each item beginning with a dash");
            }
            List<Node> items = new ArrayList<>();
            for (int i = 0; i < json.size(); i++) {
                items.add(new Node(pointer + "/" + i, json.get(i)));
            }
            return items;
        }

        /** At least one. */
        List<String> scalars() {
            List<String> scalars = items().stream().map(Node::scalar).toList();
            if (scalars.isEmpty()) {
                throw wrong("it must be a list such as [one, two]");
            }
            return scalars;
        }

        String scalar() {
            if (json == null || !json.isValueNode() || json.asString().isBlank()) {
                throw wrong("a value is missing here");
            }
            return json.asString().strip();
        }

        String text(String orElse) {
            return json == null ? orElse : scalar();
        }

        @Nullable String orNull() {
            return json == null ? null : scalar();
        }

        void mayHold(Collection<String> known) {
            forEach((field, node) -> {
                if (!known.contains(field)) {
                    throw node.wrong("this is not known here; known are "
                            + String.join(", ", known));
                }
            });
        }

        Refused wrong(String problem) {
            String at = pointer;
            while (!at.isEmpty() && !lines.containsKey(at)) {
                at = at.substring(0, at.lastIndexOf('/'));
            }
            return new Refused(new Refusal.ProfileInvalid(name, lines.getOrDefault(at, 1),
                    pointer.isEmpty() ? "" : pointer.substring(1).replace('/', '.'), problem));
        }
    }
}
