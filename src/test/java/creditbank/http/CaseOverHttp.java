package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Bank;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.Value;
import creditbank.http.BankOverHttp.Answer;
import creditbank.ledger.EntryFormat;
import creditbank.rulebook.Procedure;
import creditbank.rulebook.Published.Step;
import creditbank.rulebook.Rulebook;
import creditbank.rulebook.Shipped;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A published case made true in a bank by the commands anyone has: a learner, evidence that an
 * issuer recorded, a programme of a school of the rulebook's jurisdiction, an enrolment, and what
 * was recognised earlier.
 *
 * <p>A bank takes no day that is still to come, so such a case is moved back by whole years. When
 * the bank knew of a piece of evidence nobody can state: it is today, and the case is moved by
 * whole years so that today lies in the year in which it was known.
 */
final class CaseOverHttp {

    private static final JsonMapper JSON = new JsonMapper();
    /** Who applies for an institution's learners and leaves its steps to another; a suffix. */
    static final String COLLEAGUE = "-colleague";
    /** What a form has a field for; all else is an attribute. */
    private static final Set<String> FIELDS = Set.of("id", "kind", "issuer", "subject", "title",
            "level", "hours", "grade", "credits", "unit", "happened-on", "known-on");

    private final BankOverHttp bank;
    private final Step step;
    private final JsonNode given;
    private final Rulebook rulebook;
    private final String school;
    private final String name;
    private final int back;
    private final LocalDate on;
    private final Map<String, String> ids = new LinkedHashMap<>();
    private String learner = "";

    /** @param number of its own among the cases of the bank */
    CaseOverHttp(BankOverHttp bank, Step step, int number) {
        this.bank = bank;
        this.step = step;
        this.given = step.given();
        this.rulebook = Shipped.readable(Shipped.rulebook(step.rulebook()));
        this.school = school(step);
        this.name = "case-" + number;
        LocalDate today = LocalDate.now(bank.part(Bank.class).clock());
        LocalDate day = LocalDate.parse(given.required("date").asString());
        Set<Integer> known = new TreeSet<>();
        given.path("evidence").forEach(each -> {
            if (each.has("known-on")) {
                known.add(LocalDate.parse(each.path("known-on").asString()).getYear());
            }
        });
        assertThat(known).as("years in which evidence was known").hasSizeLessThan(2);
        if (known.isEmpty()) {
            int years = 0;
            while (day.minusYears(years).isAfter(today)) {
                years++;
            }
            this.back = years;
            this.on = day.minusYears(years);
        } else {
            this.back = known.iterator().next() - today.getYear();
            this.on = today;
        }
    }

    // ------------------------------------------------------------------ who takes part

    /** Who awards: whoever the rulebook is of, or one of its region or country. */
    static String school(Step step) {
        String stated = step.given().path("request").path("awarding-institution").asString("");
        String of = jurisdiction(step);
        return !stated.isEmpty() ? stated : of.startsWith("institution/")
                ? of.substring("institution/".length())
                : "school-" + of.substring(of.indexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    /** Where the school sits, as a registration says it. */
    static String place(Step step) {
        String[] of = jurisdiction(step).split("/");
        return of[0].equals("institution") ? "\"region\":\"110000\""
                : "\"%s\":\"%s\"".formatted(of[0], of[1]);
    }

    /** Who recorded the evidence. */
    static Stream<String> issuers(Step step) {
        return Stream.concat(step.given().path("evidence").valueStream(),
                step.given().path("earlier").valueStream().map(each -> each.path("evidence")))
                .map(CaseOverHttp::issuer);
    }

    private static String issuer(JsonNode evidence) {
        return evidence.path("issuer").asString("issuer");
    }

    private static String jurisdiction(Step step) {
        return Shipped.readable(Shipped.rulebook(step.rulebook())).jurisdiction().text();
    }

    // ------------------------------------------------------------------ what was before

    /** Everything up to the last question; answers what the bank answers to that. */
    Answer recognised() {
        learner = bank.open(name.toUpperCase(Locale.ROOT));
        JsonNode earlier = given.path("earlier");
        earlier.forEach(each -> record(each.path("evidence")));
        given.path("evidence").forEach(this::record);
        String admission = earlier.valueStream()
                .filter(each -> each.path("purpose").asString("").equals("ACCESS"))
                .map(each -> ids.get(each.path("evidence").path("id").asString()))
                .findFirst().orElse(null);
        define(name);
        String enrolment = enrol(name, admission);
        for (JsonNode each : earlier) {
            if (each.has("career")) {
                define(name + "-before");
                recognisedBefore(each, enrol(name + "-before", null));
            } else if (!each.has("purpose")) {
                recognisedBefore(each, enrolment);
            }
        }
        return recognise(enrolment, given.path("ask"));
    }

    private void recognisedBefore(JsonNode earlier, String enrolment) {
        String evidence = earlier.path("evidence").path("id").asString();
        ObjectNode wish = JSON.createObjectNode().put("evidence", evidence);
        wish.putArray("targets").add(earlier.path("target").asString());
        Decision decision = decision(recognise(enrolment, JSON.createArrayNode().add(wish)));
        assertThat(decision.granted()).as("earlier in %s", decision).singleElement()
                .satisfies(line -> assertThat(line.credits()).isNotNull().satisfies(credits ->
                        assertThat(credits.amount())
                                .isEqualTo(earlier.path("credits").asString())));
    }

    private void record(JsonNode evidence) {
        String id = evidence.required("id").asString();
        if (ids.containsKey(id)) {
            return;
        }
        String kind = evidence.required("kind").asString();
        String happened = LocalDate.parse(evidence.required("happened-on").asString())
                .minusYears(back).toString();
        ObjectNode form = JSON.createObjectNode().put("issuer", issuer(evidence))
                .put("recordKey", name + "-" + id).put("happenedOn", happened)
                .put("title", evidence.path("title").asString(id));
        for (String field : List.of("subject", "level", "hours", "grade")) {
            if (evidence.has(field)) {
                form.put(field, evidence.path(field).asString());
            }
        }
        if (evidence.has("credits")) {
            form.putObject("credits").put("amount", evidence.path("credits").asString())
                    .put("unit", evidence.path("unit").asString());
        }
        form.set("attributes", attributes(evidence, FIELDS));
        String where = switch (kind) {
            case "DIPLOMA" -> {
                form.put("number", diploma(happened, form.path("level").asString()));
                yield "diplomas";
            }
            case "SKILL_CERTIFICATE" -> {
                form.put("number", name + "-" + id);
                if (!form.has("level")) {
                    form.put("level", "ELEMENTARY");
                }
                yield "certificates";
            }
            default -> {
                form.put("kind", kind);
                yield "outcomes";
            }
        };
        ids.put(id, written("registrar", "/api/learners/" + learner + "/" + where, form));
    }

    /** A number that says what the form says. */
    private String diploma(String happened, String level) {
        return "100011" + happened.substring(0, 4) + (level.equals("ASSOCIATE") ? "06" : "05")
                + String.format("%06d", Integer.parseInt(name.substring("case-".length())));
    }

    private void define(String id) {
        JsonNode programme = given.path("programme");
        ObjectNode plan = JSON.createObjectNode();
        plan.putObject("title").put("zh", "专业").put("en", "Programme");
        plan.put("sector", programme.path("sector").asString("ADULT"))
                .put("unit", rulebook.unit().name());
        for (String field : List.of("level", "credits")) {
            if (programme.has(field)) {
                plan.put(field, programme.path(field).asString());
            }
        }
        plan.set("attributes", attributes(programme,
                Set.of("sector", "level", "credits", "groups", "courses")));
        parts(plan.putArray("groups"), programme.path("groups"), "id");
        parts(plan.putArray("courses"), programme.path("courses"), "code");
        ObjectNode form = JSON.createObjectNode().put("id", id);
        form.set("plan", plan);
        written(school, "/api/programmes", form);
    }

    private static void parts(ArrayNode into, JsonNode parts, String named) {
        for (JsonNode each : parts) {
            ObjectNode part = into.addObject().put("title", each.path(named).asString());
            for (String field : List.of(named, "group", "credits", "most")) {
                if (each.has(field)) {
                    part.put(field, each.path(field).asString());
                }
            }
            if (each.has("nature")) {
                part.set("natures", each.path("nature"));
            }
            part.set("attributes", attributes(each,
                    Set.of(named, "group", "credits", "most", "nature")));
        }
    }

    private String enrol(String programme, @Nullable String admission) {
        ObjectNode form = JSON.createObjectNode().put("on", on.toString());
        form.putObject("programme").put("id", programme).put("version", 1);
        if (admission != null) {
            form.put("admission", admission);
        }
        return written(school, "/api/learners/" + learner + "/enrolments", form);
    }

    // ------------------------------------------------------------------ the question

    /** @param asked {@code best}, or wishes for evidence by the ids of the case */
    private Answer recognise(String enrolment, JsonNode asked) {
        ObjectNode form = JSON.createObjectNode().put("enrolment", enrolment)
                .put("on", on.toString());
        form.putObject("rulebook").put("id", step.rulebook()).put("version", 1);
        if (asked.isArray()) {
            ArrayNode wishes = form.putArray("asked");
            for (JsonNode each : asked) {
                wishes.addObject().put("evidence", ids.get(each.path("evidence").asString()))
                        .set("targets", each.path("targets"));
            }
        }
        // Who awards is known to the bank.
        form.set("request", attributes(given.path("request"), Set.of("awarding-institution")));
        form.set("learner", attributes(given.path("learner"), Set.of()));
        String account = "/api/learners/" + learner;
        return rulebook.procedure().steps().isEmpty()
                ? bank.as(school).post(account + "/recognitions", form.toString())
                : applied(bank.as(school + COLLEAGUE).post(
                        account + "/applications", form.toString()));
    }

    /** Through all steps; answers what the last one wrote, under the id of the recognition. */
    private Answer applied(Answer submitted) {
        Answer last = submitted;
        for (Procedure.Step _ : rulebook.procedure().steps()) {
            if (last.status() != 201) {
                return last;
            }
            String address = "/api/applications/" + submitted.text("/id");
            String desk = bank.as("registrar").get(address + "?after="
                    + last.header("Ledger-Position")).text("/application/turn/at");
            String user = desk.equals("bank") ? "registrar"
                    : desk.substring(desk.indexOf('/') + 1);
            last = bank.as(user).post(address + "/endorsement", "{\"on\":\"" + on + "\"}");
        }
        return last;
    }

    private String recognition(Answer written) {
        String id = written.text("/id");
        return rulebook.procedure().steps().isEmpty() ? id
                : bank.as(school).get("/api/applications/" + id + "?after="
                        + written.header("Ledger-Position"))
                        .text("/application/recognitions/0");
    }

    /** The decision as it is read afterwards, with the ids of the case. */
    Decision decision(Answer written) {
        assertThat(written.status()).as(written.body()).isEqualTo(201);
        Answer read = bank.as(school).get("/api/recognitions/" + recognition(written) + "?after="
                + written.header("Ledger-Position"));
        assertThat(read.status()).as(read.body()).isEqualTo(200);
        String body = read.body();
        for (Map.Entry<String, String> each : ids.entrySet()) {
            body = body.replace("\"" + each.getValue() + "\"", "\"" + each.getKey() + "\"");
        }
        ObjectNode decision = (ObjectNode) JSON.readTree(body).required("decision");
        for (String lines : List.of("granted", "refused", "requirements", "entitlements",
                "flags")) {
            decision.required(lines).forEach(line -> plain((ObjectNode) line));
        }
        return EntryFormat.JSON.treeToValue(decision, Decision.class);
    }

    /** Without the words that an answer adds for people; they have to be there. */
    private static void plain(ObjectNode line) {
        JsonNode clause = line.path("clause");
        if (clause.isObject()) {
            assertThat(clause.required("says").asString()).isNotBlank();
            line.set("clause", clause.required("id"));
        }
        if (line.has("limits")) {
            ArrayNode limits = JSON.createArrayNode();
            line.path("limits").forEach(each -> limits.add(each.required("id")));
            line.set("limits", limits);
        }
        for (String words : List.of("why", "remedy")) {
            if (line.has("code")) {
                assertThat(line.required(words).asString()).isNotBlank().doesNotContain("{");
            }
            line.remove(words);
        }
        JsonNode title = line.remove("title");
        if (line.has("facts") && !line.has("code")) {
            assertThat(title.asString()).isNotBlank();
        }
    }

    // ------------------------------------------------------------------ parts

    private String written(String user, String address, ObjectNode form) {
        Answer answer = bank.as(user).post(address, form.toString());
        assertThat(answer.status()).as("%s to %s: %s", form, address, answer.body())
                .isEqualTo(201);
        return answer.text("/id");
    }

    /** Quoted is text, or a day; unquoted numbers and flags are what they look like. */
    private static ObjectNode attributes(JsonNode node, Set<String> except) {
        ObjectNode attributes = JSON.createObjectNode();
        for (String name : node.propertyNames()) {
            JsonNode value = node.get(name);
            if (!except.contains(name)) {
                if (value.isString() && Value.day(value.asString()).isPresent()) {
                    attributes.putObject(name).put("day", value.asString());
                } else {
                    attributes.set(name, value);
                }
            }
        }
        return attributes;
    }
}
