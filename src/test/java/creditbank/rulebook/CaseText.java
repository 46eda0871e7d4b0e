package creditbank.rulebook;

import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Value;
import creditbank.api.recognition.Wish;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads a case as conformance files and the page on rulebooks write it. */
final class CaseText {

    private CaseText() {
    }

    static Case read(JsonNode node) {
        known(node, "date", "learner", "request", "programme", "evidence", "earlier", "ask");
        LocalDate on = LocalDate.parse(node.required("date").asString());
        Programme programme = programme(node.path("programme"));
        List<Evidence> evidence = new ArrayList<>();
        node.path("evidence").forEach(each -> evidence.add(evidence(each)));
        List<Use> earlier = new ArrayList<>();
        node.path("earlier").forEach(each -> earlier.add(use(each, programme)));
        return new Case(on, evidence, attributes(node.path("learner"), Set.of()), programme,
                earlier, attributes(node.path("request"), Set.of()), ask(node.required("ask")));
    }

    private static void known(JsonNode node, String... names) {
        node.propertyNames().forEach(name -> {
            if (!List.of(names).contains(name)) {
                throw new IllegalArgumentException("unknown field " + name);
            }
        });
    }

    private static Ask ask(JsonNode node) {
        if (node.isString()) {
            if (!node.asString().equals("best")) {
                throw new IllegalArgumentException("ask: best, or a list of wishes");
            }
            return new Ask.Best();
        }
        List<Wish> wishes = new ArrayList<>();
        for (JsonNode each : node) {
            List<TargetId> targets = new ArrayList<>();
            each.required("targets").forEach(t -> targets.add(new TargetId(t.asString())));
            wishes.add(new Wish(new EvidenceId(each.required("evidence").asString()),
                    targets));
        }
        return new Ask.Exactly(wishes);
    }

    private static Programme programme(JsonNode node) {
        List<Programme.Group> groups = new ArrayList<>();
        for (JsonNode each : node.path("groups")) {
            groups.add(new Programme.Group(each.required("id").asString(),
                    amount(each.path("credits")), amount(each.path("most")),
                    attributes(each, Set.of("id", "credits", "most"))));
        }
        List<Programme.Course> courses = new ArrayList<>();
        for (JsonNode each : node.path("courses")) {
            courses.add(new Programme.Course(each.required("code").asString(),
                    each.path("group").isMissingNode() ? null : each.path("group").asString(),
                    amount(each.path("credits")),
                    attributes(each, Set.of("code", "group", "credits"))));
        }
        return new Programme(attributes(node, Set.of("credits", "groups", "courses")),
                amount(node.path("credits")), groups, courses);
    }

    private static Evidence evidence(JsonNode node) {
        LocalDate happened = LocalDate.parse(node.required("happened-on").asString());
        JsonNode known = node.path("known-on");
        return new Evidence(new EvidenceId(node.required("id").asString()),
                attributes(node, Set.of("id", "credits", "unit", "happened-on", "known-on")),
                node.path("credits").isMissingNode() ? null
                        : Credits.of(node.path("credits").asString(),
                                CreditUnit.of(node.required("unit").asString())),
                happened, known.isMissingNode() ? happened : LocalDate.parse(known.asString()));
    }

    private static Use use(JsonNode node, Programme programme) {
        TargetId id = new TargetId(node.required("target").asString());
        Target target = programme.target(id)
                .orElseGet(() -> new Target(id, null, null, Attributes.NONE));
        Long credits = amount(node.path("credits"));
        return new Use(evidence(node.required("evidence")), target,
                Optional.ofNullable(text(node.path("clause"))).map(ClauseId::new).orElse(null),
                credits == null ? 0 : credits,
                Use.Purpose.valueOf(node.path("purpose").asString("CREDIT")),
                text(node.path("career")), text(node.path("by")));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isMissingNode() ? null : node.asString();
    }

    private static @Nullable Long amount(JsonNode node) {
        return node.isMissingNode() ? null : Value.number(node.asString()).orElseThrow();
    }

    /** Quoted is text (or a day), unquoted numbers and flags are what they look like. */
    private static Attributes attributes(JsonNode node, Set<String> except) {
        Attributes attributes = Attributes.NONE;
        for (String name : node.propertyNames()) {
            JsonNode value = node.get(name);
            if (except.contains(name)) {
                continue;
            }
            if (value.isArray()) {
                List<String> words = new ArrayList<>();
                value.forEach(word -> words.add(word.asString()));
                attributes = attributes.with(name, words);
            } else if (value.isBoolean()) {
                attributes = attributes.with(name, value.asBoolean());
            } else if (value.isNumber()) {
                attributes = attributes.with(name, Value.number(value.asString()).orElseThrow());
            } else if (Value.day(value.asString()).isPresent()) {
                attributes = attributes.with(name, LocalDate.parse(value.asString()));
            } else {
                attributes = attributes.with(name, value.asString());
            }
        }
        return attributes;
    }
}
