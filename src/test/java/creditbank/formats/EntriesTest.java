package creditbank.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.account.Account;
import creditbank.agreement.Agreement;
import creditbank.api.Event;
import creditbank.api.EventTypes;
import creditbank.api.EventTypes.EventType;
import creditbank.api.Recorded;
import creditbank.api.Refused;
import creditbank.api.access.AccessEvent;
import creditbank.api.account.AccountEvent;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.digest.DigestEvent;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.recognition.Attributes;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.api.value.Sector;
import creditbank.formats.Committed.Example;
import creditbank.institution.Institution;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerFailure;
import creditbank.programme.Programme;
import creditbank.projections.Achievements;
import creditbank.projections.Balance;
import creditbank.projections.Concerned;
import creditbank.projections.Projection;
import creditbank.rulebook.Enactment;
import creditbank.views.memory.MemoryViews;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.NestedExceptionUtils;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Entries are never changed, so what once was written is read for ever. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EntriesTest {

    private static final JsonMapper TREES = new JsonMapper();

    static Stream<Class<?>> events() {
        return Stream.of(AccountEvent.class, InstitutionEvent.class, RulebookEvent.class,
                        ProgrammeEvent.class, AgreementEvent.class, AccessEvent.class,
                        DigestEvent.class)
                .flatMap(EntriesTest::events);
    }

    /** Families within a family are opened too. */
    private static Stream<Class<?>> events(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EntriesTest::events)
                : Stream.of(type);
    }

    static List<Example> examples() {
        return Committed.entries();
    }

    // ------------------------------------------------------------------ every event

    @ParameterizedTest
    @MethodSource("events")
    void every_event_has_a_stored_name_and_an_example(Class<?> event) {
        List<EventType> lines =
                EventTypes.ALL.stream().filter(t -> t.type() == event).toList();
        assertThat(lines).hasSize(1);
        assertThat(examples()).anySatisfy(example -> {
            assertThat(example.file()).isEqualTo(lines.getFirst().name());
            assertThat(example.at(0).event()).isInstanceOf(event);
        });
    }

    @Test
    void every_stored_name_is_of_an_event() {
        assertThat(EventTypes.ALL).hasSize((int) events().count());
        assertThat(EventTypes.ALL.stream().map(EventType::name)).doesNotHaveDuplicates();
    }

    @Test
    void stored_names_and_revisions_do_not_change() {
        assertThat(EventTypes.ALL.stream().map(t -> t.name() + " " + t.revision()))
                .containsExactlyInAnyOrderElementsOf(Committed.lines("event-types.txt"));
    }

    @Test
    void every_field_of_every_event_is_in_some_example() {
        Set<String> declared = new TreeSet<>();
        events().forEach(e -> declare(e, declared));
        Set<String> shown = new TreeSet<>();
        examples().forEach(e -> show(e.at(0).event(), shown));
        assertThat(shown).isEqualTo(declared);
    }

    // ------------------------------------------------------------------ every example

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_is_written_again_byte_by_byte(Example example) {
        Recorded read = example.at(0);
        byte[] bytes = EntryFormat.write(read.id(), read.stream(), read.sequence(), read.actor(),
                read.onBehalfOf(), read.commandId(), read.part(), read.reason(), read.event());
        EntryFormat.setTime(bytes, EntryFormat.time(read.recordedAt()));
        assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(example.line());
        assertThat(EntryFormat.recordedAt(bytes)).isEqualTo(read.recordedAt());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_is_of_the_type_it_is_named_after(Example example) {
        Event event = example.at(0).event();
        assertThat(EventTypes.ALL).anySatisfy(t -> {
            assertThat(t.type()).isEqualTo(event.getClass());
            assertThat(t.name()).isEqualTo(example.type());
        });
    }

    /** A field added to an event later has to be absent in what was written before. */
    @ParameterizedTest
    @MethodSource("examples")
    void an_example_leaves_nothing_out_that_must_be_there(Example example) {
        complete(example.at(0).event());
    }

    private static void complete(Object record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object found = read(component, record);
            if (found == null) {
                assertThat(component.getAnnotatedType().isAnnotationPresent(Nullable.class))
                        .as(name(record.getClass(), component)).isTrue();
            } else if (found.getClass().isRecord()) {
                complete(found);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_stands_in_the_page_as_it_is(Example example) {
        assertThat(Committed.page("events.md").lines()).contains(example.line());
    }

    @Test
    void the_examples_are_a_history_that_every_fold_can_follow() {
        Map<String, Account> accounts = new HashMap<>();
        Map<String, Institution> institutions = new HashMap<>();
        Enactment.Versions rulebook = Enactment.NONE;
        Map<String, Programme> programmes = new HashMap<>();
        Agreement agreement = Agreement.NONE;
        Map<String, Long> sequences = new HashMap<>();
        List<Recorded> entries = history();
        for (Recorded entry : entries) {
            assertThat(entry.sequence())
                    .isEqualTo(sequences.merge(entry.stream(), 1L, Long::sum) - 1);
            switch (entry.event()) {
                case AccountEvent e -> {
                    assertThat(entry.stream()).isEqualTo(e.learner().stream());
                    accounts.put(entry.stream(), Account.evolve(
                            accounts.getOrDefault(entry.stream(), Account.NONE), e));
                }
                case InstitutionEvent e -> {
                    assertThat(entry.stream()).isEqualTo(e.institution().stream());
                    institutions.put(entry.stream(), Institution.evolve(
                            institutions.getOrDefault(entry.stream(), Institution.NONE), e));
                }
                case ProgrammeEvent e -> {
                    assertThat(entry.stream()).isEqualTo(e.programme().id().stream());
                    programmes.put(entry.stream(), Programme.evolve(
                            programmes.getOrDefault(entry.stream(), Programme.NONE), e));
                }
                case RulebookEvent e -> {
                    assertThat(entry.stream()).isEqualTo(e.rulebook().id().stream());
                    rulebook = Enactment.evolve(rulebook, e);
                    if (e instanceof RulebookProposed proposal) {
                        assertThat(Enactment.isOfItsText(proposal)).isTrue();
                    }
                }
                case AgreementEvent e -> {
                    assertThat(entry.stream()).isEqualTo(e.agreement().stream());
                    agreement = Agreement.evolve(agreement, e);
                }
                case AccessEvent e -> assertThat(entry.stream()).isEqualTo(e.stream());
                case DigestEvent _ -> assertThat(entry.stream()).isEqualTo(DigestEvent.STREAM);
                default -> throw new AssertionError(entry);
            }
        }
        assertThat(accounts.get("learner/7K3M9Q2HX4T8W1ZC")).isInstanceOf(Account.Erased.class);
        assertThat(institutions.get("institution/dandong-tech"))
                .isInstanceOf(Institution.Suspended.class);
        assertThat(programmes).containsOnlyKeys(
                "programme/dandong-mechatronics", "programme/koeln-master");
        assertThat(programmes.get("programme/dandong-mechatronics"))
                .isInstanceOf(Programme.Closed.class);
        assertThat(rulebook.byNumber().values())
                .hasSize(2).hasOnlyElementsOfType(Enactment.Version.Approved.class);
        assertThat(agreement).isInstanceOf(Agreement.Concluded.class);
    }

    @Test
    void the_examples_leave_the_credits_they_tell_of() {
        MemoryViews views = new MemoryViews();
        // The examples are of entries, not of a whole bank: institutions stay unregistered.
        views.fold(List.of(new Achievements()), history());
        assertThat(Balance.of(views.views(), Samples.LEARNER, LocalDate.of(2026, 11, 22)).lines())
                .extracting(l -> l.sector() + " " + l.available() + " " + l.revoked())
                .containsExactly("VOCATIONAL 1200 450", "ADULT 800 0");
    }

    /** Or else a replay would call a digest false that the bank stated before the change. */
    @Test
    void the_examples_leave_what_every_projection_made_of_them_in_its_version() {
        MemoryViews views = new MemoryViews();
        views.fold(Projection.all(), historyOfABank());
        assertThat(views.digests(Projection.all()).stream().map(d -> d.projection() + " "
                + d.version() + " " + d.entries() + " " + d.digest()))
                .as("Projections and versions, how many entries, and the digest of their state."
                        + " Where an example was added or changed, write the lines that differ"
                        + " anew. Where a fold or the shape of a document changed: raise the"
                        + " projection's version if this is meant, and then write its line anew.")
                .containsExactlyElementsOf(Committed.lines("state-digests.txt"));
    }

    private static List<Recorded> history() {
        return behind(List.of());
    }

    /** With the institutions registered that the examples name alone. */
    private static List<Recorded> historyOfABank() {
        Set<InstitutionId> named = new LinkedHashSet<>();
        history().forEach(entry -> named.addAll(Concerned.institutions(entry)));
        history().stream().map(Recorded::event).filter(InstitutionRegistered.class::isInstance)
                .forEach(e -> named.remove(((InstitutionRegistered) e).institution()));
        List<Recorded> registered = new ArrayList<>();
        for (InstitutionId id : named) {
            registered.add(new Recorded(registered.size(), "entry", id.stream(), 0, Instant.EPOCH,
                    "user/registrar", null, "c", null, null, new InstitutionRegistered(id, "学校",
                            Sector.VOCATIONAL, InstitutionKind.COLLEGE, null, null, null,
                            List.of())));
        }
        return behind(registered);
    }

    private static List<Recorded> behind(List<Recorded> before) {
        List<Recorded> entries = new ArrayList<>(before);
        for (Example example : examples()) {
            entries.add(example.at(entries.size()));
        }
        return entries;
    }

    @Test
    void a_time_always_takes_27_characters() {
        for (String time : List.of("2026-11-22T03:00:00Z", "2026-11-22T03:00:00.1Z",
                "2026-11-22T03:00:00.123456789Z")) {
            assertThat(new String(EntryFormat.time(Instant.parse(time)),
                    StandardCharsets.US_ASCII)).hasSize(27).startsWith("2026-11-22T03:00:00.");
        }
        assertThat(EntryFormat.writable(Instant.parse("2026-11-22T03:00:00.123456789Z")))
                .isEqualTo("2026-11-22T03:00:00.123456Z");
    }

    // ------------------------------------------------------------------ what is not read

    @ParameterizedTest
    @ValueSource(strings = {
        "\"revision\":1;\"revision\":2",
        "\"type\":\"account.restricted\";\"type\":\"account.frozen\"",
        "\"actor\";\"player\"",
        "\"learner\";\"pupil\"",
        "7K3M9Q2HX4T8W1ZC\"}};7K3M9Q2HX4T8W1Z\"}}",
        "}};}} {}",
        "}};}",
        "{\"recordedAt\";[\"recordedAt\""})
    void an_entry_that_this_version_does_not_know_is_refused_loudly(String change) {
        String line = Committed.text("events/account.restricted.json").stripTrailing();
        String[] parts = change.split(";");
        String changed = line.replace(parts[0], parts[1]);
        assertThat(changed).isNotEqualTo(line);
        assertThatThrownBy(() -> EntryFormat.read(new Entry(
                7, "", 0, changed.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(LedgerFailure.class).hasMessageContaining("position 7");
    }

    /** Every field of every example is left out, and is set to null, in turn. */
    @ParameterizedTest
    @MethodSource("examples")
    void a_field_that_must_be_there_is_missed_by_name_and_one_that_need_not_is_null(
            Example example) {
        without(example, JsonPointer.compile("/data"), example.at(0).event());
    }

    private static void without(Example example, JsonPointer at, Object record) {
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            JsonPointer place = at.appendProperty(component.getName());
            JsonNode found = TREES.readTree(example.line()).at(place);
            if (found.isMissingNode()) {
                continue;
            }
            Object value = Objects.requireNonNull(read(component, record));
            boolean nullable =
                    component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            for (boolean asNull : List.of(false, true)) {
                Entry changed = changed(example, at, component.getName(), asNull);
                if (nullable) {
                    assertThat(isNullOrRefusedByTheRecordItself(changed, place)).as(place + "")
                            .isTrue();
                } else if (!(value instanceof List || value instanceof Map
                        || value instanceof Attributes)) {
                    assertThatThrownBy(() -> EntryFormat.read(changed))
                            .as(place + (asNull ? " null" : " missing"))
                            .isInstanceOf(LedgerFailure.class).hasMessageContaining("position 7")
                            .hasMessageContaining("\"" + component.getName() + "\"");
                }
            }
            if (found.isObject() && value.getClass().isRecord()) {
                without(example, place, value);
            }
        }
    }

    /** Some kinds of achievement need what others leave out; then the record's own rule speaks. */
    private static boolean isNullOrRefusedByTheRecordItself(Entry entry, JsonPointer place) {
        try {
            Recorded read = EntryFormat.read(entry);
            return TREES.readTree(EntryFormat.write(read.id(), read.stream(), read.sequence(),
                    read.actor(), read.onBehalfOf(), read.commandId(), read.part(),
                    read.reason(), read.event())).at(place).isMissingNode();
        } catch (LedgerFailure e) {
            return NestedExceptionUtils.getMostSpecificCause(e) instanceof Refused;
        }
    }

    private static Entry changed(Example example, JsonPointer at, String name, boolean asNull) {
        JsonNode tree = TREES.readTree(example.line());
        ObjectNode holder = (ObjectNode) tree.at(at);
        holder.remove(name);
        if (asNull) {
            holder.putNull(name);
        }
        return new Entry(7, "", 0, TREES.writeValueAsBytes(tree));
    }

    @ParameterizedTest
    @ValueSource(strings = {"recordedAt", "id", "stream", "sequence", "actor", "commandId", "data"})
    void a_missing_field_of_the_entry_itself_is_named(String name) {
        Entry changed = changed(examples().getFirst(), JsonPointer.empty(), name, false);
        assertThatThrownBy(() -> EntryFormat.read(changed)).isInstanceOf(LedgerFailure.class)
                .hasMessageContaining("the field " + name + " is missing");
    }

    // ------------------------------------------------------------------ fields

    /** The names of all record components that can be reached from a type. */
    private static void declare(Class<?> type, Set<String> names) {
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(each -> declare(each, names));
        }
        if (!type.isRecord() || !ofTheBank(type)) {
            return;
        }
        for (RecordComponent component : type.getRecordComponents()) {
            if (names.add(name(type, component))) {
                declare(component.getGenericType() instanceof ParameterizedType list
                        ? (Class<?>) list.getActualTypeArguments()[0]
                        : component.getType(), names);
            }
        }
    }

    private static void show(@Nullable Object value, Set<String> names) {
        if (value instanceof List<?> list) {
            list.forEach(each -> show(each, names));
        } else if (value != null && value.getClass().isRecord()) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                Object found = read(component, value);
                if (found != null && !found.equals(List.of())) {
                    names.add(name(value.getClass(), component));
                    show(found, names);
                }
            }
        }
    }

    private static boolean ofTheBank(Class<?> type) {
        return type.getPackageName().startsWith("creditbank");
    }

    private static String name(Class<?> type, RecordComponent component) {
        return type.getSimpleName() + "." + component.getName();
    }

    private static @Nullable Object read(RecordComponent component, Object record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
