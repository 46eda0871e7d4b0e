package creditbank.http;

import creditbank.api.EventTypes;
import creditbank.api.EventTypes.EventType;
import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.access.AccessEvent;
import creditbank.api.access.AccessEvent.PersonalDataDisclosed;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Rule;
import creditbank.http.TrailAnswers.TrailEntryAnswer;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerReader;
import creditbank.projections.Concerned;
import creditbank.projections.Trail;
import creditbank.projections.Trail.Facet;
import creditbank.projections.Views;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Who did what, when, for whom, why and by which command; and who read whose personal data. The
 * entries themselves are answered: views only say where to look.
 */
@RestController
@Tag(name = "Trail")
class TrailController {

    private static final int MOST = 1_000;
    /** Work for one request: entries of a learner, and runs of positions. */
    private static final int MOST_EXAMINED = 1_000;

    private final LedgerReader ledger;
    private final Views views;
    private final Requests requests;
    private final TrailAnswers answers;
    private final Clock clock;

    TrailController(Ledger ledger, Views views, Requests requests, TrailAnswers answers,
            Clock clock) {
        this.ledger = ledger.reader();
        this.views = views;
        this.requests = requests;
        this.answers = answers;
        this.clock = clock;
    }

    // ------------------------------------------------------------------ the trail

    /**
     * @param upTo    position of the last entry that was looked at or could have been; -1 before
     *                the first
     * @param entries in the ledger's order
     * @param next    give it back as {@code cursor} for the next page, of which there may be one
     *                even where this page holds few or none; absent at the end
     */
    record TrailAnswer(long upTo, List<TrailEntryAnswer> entries, @Nullable Long next) {
    }

    /** Entries that were found, and from which position to go on. */
    private record Found(List<Recorded> entries, @Nullable Long next) {
    }

    /** What is asked for, as positions and as what an entry has to be. */
    private record Wanted(@Nullable LearnerId learner, Map<Facet, String> where, long from,
            long until, int most) {

        boolean isMet(Recorded entry) {
            return entry.position() >= from && entry.position() < until
                    && is(Facet.ACTOR, entry.actor()::equals)
                    && is(Facet.KIND, EventTypes.of(entry.event()).name()::equals)
                    && is(Facet.INSTITUTION, id -> Concerned.institutions(entry).stream()
                            .anyMatch(each -> each.text().equals(id)));
        }

        private boolean is(Facet facet, Predicate<String> found) {
            String wanted = where.get(facet);
            return wanted == null || found.test(wanted);
        }
    }

    @GetMapping("/api/audit/trail")
    @Operation(summary = "Who did what, when, for whom, why and by which command (AUDITOR,"
            + " REGISTRAR)",
            description = "All filters hold together. An institution is one that the entry names or"
                    + " was written for; kind is an entry's type, such as achievement.recorded;"
                    + " from and to are days of the bank or instants, and belong to the period. A"
                    + " learner's trail tells who read their data too.")
    TrailAnswer trail(@RequestParam(required = false) @Nullable String actor,
            @RequestParam(required = false) @Nullable String institution,
            @RequestParam(required = false) @Nullable String learner,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "0") long cursor,
            @RequestParam(required = false) @Nullable Long after) {
        int most = Limits.of(limit, MOST);
        long first = Limits.position("cursor", cursor);
        LearnerId whose = learner == null ? null : Requests.learner(learner);
        Map<Facet, String> where = where(actor, institution, kind);
        Instant begin = from == null ? Instant.MIN : instant("from", from, 0);
        Instant end = to == null ? Instant.MAX : instant("to", to, 1);
        if (end.isBefore(begin)) {
            throw Rule.PERIOD_REVERSED.brokenIn("to", from + " / " + to);
        }
        requests.afterAll(after);
        long known = whose != null || where.isEmpty() ? ledger.size() : requests.counted() + 1;
        Wanted wanted = new Wanted(whose, where,
                Math.max(first, from == null ? 0 : ledger.firstAt(begin)),
                to == null ? known : Math.min(known, ledger.firstAt(end)), most);
        Found found = whose != null ? ofLearner(wanted, whose)
                : where.isEmpty() ? ofAll(wanted) : byFacets(wanted);
        return new TrailAnswer(known - 1,
                found.entries.stream().map(answers::of).toList(), found.next);
    }

    private Map<Facet, String> where(
            @Nullable String actor, @Nullable String institution, @Nullable String kind) {
        Map<Facet, String> where = new EnumMap<>(Facet.class);
        if (actor != null) {
            if (!actor.matches("(user|system)/.+")) {
                throw new Refused(new Refusal.ValueInvalid("actor", Rule.CHOICE_UNKNOWN,
                        Problems.shortened(actor), "user/NAME, system/NAME"));
            }
            where.put(Facet.ACTOR, actor);
        }
        if (institution != null) {
            InstitutionId named =
                    Refused.inField("institution", () -> new InstitutionId(institution));
            Refused.refuseIf(ledger.lastSequence(named.stream()) < 0,
                    () -> new Refusal.InstitutionUnknown(named.text()));
            where.put(Facet.INSTITUTION, named.text());
        }
        if (kind != null) {
            Refused.refuseIf(EventTypes.ALL.stream().noneMatch(type -> type.name().equals(kind)),
                    () -> new Refusal.ValueInvalid("kind", Rule.CHOICE_UNKNOWN,
                            Problems.shortened(kind), kinds()));
            where.put(Facet.KIND, kind);
        }
        return where;
    }

    private static String kinds() {
        return EventTypes.ALL.stream().map(EventType::name).collect(Collectors.joining(", "));
    }

    /**
     * @param later how much later the bound lies: by a day for a day, by a microsecond, which is
     *              as exact as entries are, for an instant
     */
    private Instant instant(String field, String text, int later) {
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).plusDays(later).atStartOfDay(clock.getZone())
                            .toInstant()
                    : EntryFormat.writable(Instant.parse(text)).plusNanos(later * 1_000L);
        } catch (DateTimeException e) {
            throw Rule.DAY_OR_INSTANT_MALFORMED.brokenIn(field, text);
        }
    }

    // ------------------------------------------------------------------ where to look

    private Found ofAll(Wanted wanted) {
        if (wanted.from >= wanted.until) {
            return new Found(List.of(), null);
        }
        long end = Math.min(wanted.until, wanted.from + wanted.most);
        return new Found(read(ledger.read(wanted.from, (int) (end - wanted.from))),
                end < wanted.until ? end : null);
    }

    private Found byFacets(Wanted wanted) {
        Trail.Found found = Trail.find(views, wanted.where, wanted.from, wanted.until, wanted.most,
                MOST_EXAMINED);
        return new Found(found.positions().stream()
                .flatMap(position -> read(ledger.read(position, 1)).stream())
                .filter(wanted::isMet).toList(), found.next());
    }

    /** The account's own stream and that of the accesses, one after the other by position. */
    private Found ofLearner(Wanted wanted, LearnerId learner) {
        Refused.refuseIf(ledger.lastSequence(learner.stream()) < 0,
                () -> new Refusal.LearnerUnknown(learner.text()));
        long end = Long.MAX_VALUE;
        List<Entry> some = new ArrayList<>();
        for (String stream : List.of(learner.stream(), AccessEvent.stream(learner))) {
            List<Entry> part = ledger.readStream(
                    stream, sequenceAt(stream, wanted.from), MOST_EXAMINED);
            some.addAll(part);
            if (part.size() == MOST_EXAMINED) {
                end = Math.min(end, part.getLast().position() + 1);
            }
        }
        some.sort(Comparator.comparingLong(Entry::position));
        List<Recorded> met = new ArrayList<>();
        for (Entry entry : some) {
            if (entry.position() >= Math.min(end, wanted.until)) {
                break;
            }
            if (met.size() == wanted.most) {
                return new Found(met, entry.position());
            }
            Recorded read = EntryFormat.read(entry);
            if (wanted.isMet(read)) {
                met.add(read);
            }
        }
        return new Found(met, end < wanted.until ? end : null);
    }

    /** The sequence of a stream's first entry that is not before a position; by halving. */
    private long sequenceAt(String stream, long position) {
        long low = 0;
        long high = ledger.lastSequence(stream) + 1;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (ledger.readStream(stream, middle, 1).getFirst().position() < position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static List<Recorded> read(List<Entry> entries) {
        return entries.stream().map(EntryFormat::read).toList();
    }

    // ------------------------------------------------------------------ one command

    /**
     * @param entries what came of it, in the ledger's order
     * @param next    give it back as {@code cursor} for the next page; absent at the end
     */
    record CommandAnswer(String command, String actor, @Nullable String onBehalfOf,
            Instant recordedAt, List<TrailEntryAnswer> entries, @Nullable Long next) {
    }

    @GetMapping("/api/audit/commands/{id}")
    @Operation(summary = "Who sent a command, and all that came of it (AUDITOR, REGISTRAR)")
    CommandAnswer command(@PathVariable String id,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(defaultValue = "0") long cursor) {
        int most = Limits.of(limit, MOST);
        OptionalLong first = ledger.positionOfCommand(id);
        if (first.isEmpty()) {
            throw new Refused(new Refusal.CommandUnknown(Problems.shortened(id)));
        }
        Recorded sent = EntryFormat.read(ledger.read(first.getAsLong(), 1).getFirst());
        long from = Math.max(first.getAsLong(), Limits.position("cursor", cursor));
        List<Recorded> entries = read(ledger.read(from, most + 1)).stream()
                .takeWhile(entry -> entry.commandId().equals(id)).toList();
        return new CommandAnswer(id, sent.actor(), sent.onBehalfOf(), sent.recordedAt(),
                entries.stream().limit(most).map(answers::of).toList(),
                entries.size() > most ? from + most : null);
    }

    // ------------------------------------------------------------------ who read

    /** @param fields what they were shown */
    record AccessAnswer(long position, Instant disclosedAt, String actor,
            @Nullable String onBehalfOf, List<PersonalField> fields) {
    }

    /** @param next give it back as {@code from} for the next page; absent at the end */
    record AccessesAnswer(LearnerId learner, List<AccessAnswer> accesses, @Nullable Long next) {
    }

    @GetMapping("/api/learners/{id}/accesses")
    @Operation(summary = "Who else was shown a learner's personal data, when and which, oldest"
            + " first (the learner, REGISTRAR, AUDITOR)",
            description = "Pages are counted from 0. What the learner reads is not among them.")
    AccessesAnswer accesses(@PathVariable String id, @RequestParam(defaultValue = "0") long from,
            @RequestParam(defaultValue = "50") int limit, Caller caller) {
        LearnerId learner = Requests.learner(id);
        caller.mustOwn(learner);
        Refused.refuseIf(ledger.lastSequence(learner.stream()) < 0,
                () -> new Refusal.LearnerUnknown(learner.text()));
        long first = Limits.position("from", from);
        int most = Limits.of(limit, MOST);
        List<Recorded> entries =
                read(ledger.readStream(AccessEvent.stream(learner), first, most + 1));
        return new AccessesAnswer(learner, entries.stream().limit(most).map(TrailController::access)
                .toList(), entries.size() > most ? first + most : null);
    }

    private static AccessAnswer access(Recorded entry) {
        PersonalDataDisclosed shown = (PersonalDataDisclosed) entry.event();
        return new AccessAnswer(entry.position(), entry.recordedAt(), entry.actor(),
                entry.onBehalfOf(), shown.fields());
    }
}
