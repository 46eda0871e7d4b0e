package creditbank.http;

import creditbank.account.Impact;
import creditbank.account.StudiesCounter;
import creditbank.api.Recorded;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import creditbank.audit.BooksChanges;
import creditbank.audit.BooksChanges.Change;
import creditbank.audit.Differences;
import creditbank.audit.Moment;
import creditbank.audit.Replay;
import creditbank.audit.Replay.Past;
import creditbank.audit.WholeReplay;
import creditbank.enactment.Rulebooks;
import creditbank.projections.Books;
import creditbank.projections.Books.Line;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is not the same at two places of the bank's history, and which entries made it so. */
@RestController
@RequestMapping("/api/audit")
@Tag(name = "Audit")
class DifferencesController {

    /** Entries of a learner that are gone through in one answer. */
    private static final int MOST_ENTRIES = 1_000;
    /** Entries that are named behind one line of the books; the others are counted. */
    private static final int MOST_NAMED = 100;

    private final Replay replay;
    private final WholeReplay whole;
    private final Moments moments;
    private final LearnerAnswers answers;
    private final StudiesCounter studies;
    private final Rulebooks rulebooks;
    private final Requests requests;
    private final JsonMapper json;

    DifferencesController(Replay replay, WholeReplay whole, Moments moments, LearnerAnswers answers,
            StudiesCounter studies, Rulebooks rulebooks, Requests requests, JsonMapper json) {
        this.replay = replay;
        this.whole = whole;
        this.moments = moments;
        this.answers = answers;
        this.studies = studies;
        this.rulebooks = rulebooks;
        this.requests = requests;
        this.json = json;
    }

    record MomentAnswer(long position, Instant recordedAt) {

        static MomentAnswer of(Moment moment) {
            return new MomentAnswer(moment.position(), moment.recordedAt());
        }
    }

    private LocalDate day(@Nullable LocalDate on, Moment to) {
        return on == null ? moments.dayOf(to) : requests.day(on);
    }

    // ------------------------------------------------------------------ a learner

    /**
     * A field that is not what it was.
     *
     * @param view    the first name of the path: account, balance, achievements ...
     * @param path    within the view, with slashes; things in lists by what names them
     * @param before  absent where there was none
     * @param after   absent where there is none
     * @param entries positions of those that changed it
     */
    record DifferenceAnswer(String view, String path,
            @Schema(implementation = Object.class) @Nullable JsonNode before,
            @Schema(implementation = Object.class) @Nullable JsonNode after,
            List<Long> entries) {

        static DifferenceAnswer of(Differences.Difference d) {
            int slash = d.path().indexOf('/');
            return new DifferenceAnswer(slash < 0 ? d.path() : d.path().substring(0, slash),
                    d.path().substring(slash + 1), d.before(), d.after(), d.entries());
        }
    }

    /** @param on the one business day of both answers, so that time alone changes nothing */
    record LearnerDifferences(MomentAnswer from, MomentAnswer to, LocalDate on,
            List<DifferenceAnswer> differences) {
    }

    @GetMapping("/learners/{id}/diff")
    @Operation(summary = "What is not as it was about a learner, field by field, each with the"
            + " entries that changed it (AUDITOR, REGISTRAR)",
            description = "From and to are positions or instants; to is the newest entry, if left"
                    + " out. Where the account was opened in between, everything is new.")
    LearnerDifferences learner(@PathVariable String id, @RequestParam String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable LocalDate on) {
        LearnerId learner = Requests.learner(id);
        Moment first = moments.moment("from", from);
        Moment last = moments.moment("to", to);
        Moments.inOrder(first, last);
        LocalDate day = day(on, last);
        replay.of(last, learner);
        List<Recorded> between = replay.between(learner, first, last);
        Refused.refuseIf(between.size() > MOST_ENTRIES,
                () -> new Refusal.TooManyEntriesBetween(between.size(), MOST_ENTRIES));
        Past past = replay.of(first, List.of(learner.stream()), Replay.OF_LEARNERS);
        Differences differences = new Differences(past.entries().isEmpty()
                ? json.createObjectNode() : answer(past, learner, day));
        for (Recorded entry : between) {
            past.then(entry);
            differences.then(entry.position(), answer(past, learner, day));
        }
        return new LearnerDifferences(MomentAnswer.of(first), MomentAnswer.of(last), day,
                differences.found().stream().map(DifferenceAnswer::of).toList());
    }

    private JsonNode answer(Past past, LearnerId learner, LocalDate on) {
        return json.valueToTree(answers.all(past, learner, on));
    }

    // ------------------------------------------------------------------ the books

    /** Two decimals, as in the books; achievements are counted. */
    record BookDifference(String field, String before, String after) {
    }

    /**
     * A line of the books that is not what it was.
     *
     * @param entries    positions of the first of those that changed it
     * @param entryCount how many changed it
     */
    record LineDifference(InstitutionId institution, Sector sector, CreditUnit unit,
            List<BookDifference> fields, List<Long> entries, long entryCount) {
    }

    record BooksDifferences(MomentAnswer from, MomentAnswer to, LocalDate on,
            List<LineDifference> lines) {
    }

    @GetMapping("/books/diff")
    @Operation(summary = "Which lines of the books are not as they were on the same business day,"
            + " each with the entries that changed it (AUDITOR, REGISTRAR)",
            description = "Folds the whole ledger up to the second moment, one such question at a"
                    + " time. Names 100 entries of each line and counts the others.")
    BooksDifferences books(@RequestParam String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable LocalDate on) {
        Moment first = moments.moment("from", from);
        Moment last = moments.moment("to", to);
        Moments.inOrder(first, last);
        LocalDate day = day(on, last);
        BooksChanges changes = new BooksChanges(first.position(), day, MOST_NAMED);
        return whole.of(last, List.of(changes), (_, _) -> { }, keeper -> {
            Map<String, Line> books = new TreeMap<>();
            Books.on(keeper.views(), null, day).forEach(line -> books.put(
                    line.institution() + "|" + line.sector() + "|" + line.unit(), line));
            return new BooksDifferences(MomentAnswer.of(first), MomentAnswer.of(last), day,
                    changes.found().entrySet().stream()
                            .map(each -> line(each.getKey(), each.getValue(),
                                    books.get(each.getKey()))).toList());
        });
    }

    /** @param now absent where nothing counts any more */
    private static LineDifference line(String key, Change change, @Nullable Line now) {
        String[] names = key.split("\\|");
        List<BookDifference> fields = new ArrayList<>();
        add(fields, "recorded", change.recorded(), now, Line::recorded);
        add(fields, "available", change.available(), now, Line::available);
        add(fields, "reserved", change.reserved(), now, Line::reserved);
        add(fields, "redeemed", change.redeemed(), now, Line::redeemed);
        add(fields, "expired", change.expired(), now, Line::expired);
        add(fields, "revoked", change.revoked(), now, Line::revoked);
        add(fields, "transferred", change.transferred(), now, Line::transferred);
        if (change.achievements() != 0) {
            long after = now == null ? 0 : now.achievements();
            fields.add(new BookDifference("achievements",
                    Long.toString(after - change.achievements()), Long.toString(after)));
        }
        return new LineDifference(new InstitutionId(names[0]), Sector.valueOf(names[1]),
                CreditUnit.valueOf(names[2]), fields, change.entries(), change.entryCount());
    }

    private static void add(List<BookDifference> fields, String field, long by,
            @Nullable Line now, ToLongFunction<Line> amount) {
        if (by != 0) {
            long after = now == null ? 0 : amount.applyAsLong(now);
            fields.add(new BookDifference(field, amount(after - by), amount(after)));
        }
    }

    private static String amount(long hundredths) {
        return Credits.amount(hundredths);
    }

    // ------------------------------------------------------------------ two rulebook versions

    /**
     * A piece that would count otherwise.
     *
     * @param from credits that would count under the first version, "exempt", or absent
     * @param to   the same under the second
     * @param why  why it would be refused under the second, where it would
     */
    record OutcomeDifference(EnrolmentId enrolment, AchievementId evidence, TargetId target,
            @Nullable String from, @Nullable String to, @Nullable RefusalCode why) {
    }

    record OutcomesAnswer(long position, Instant recordedAt, RulebookVersion from,
            RulebookVersion to, List<OutcomeDifference> differences) {
    }

    @GetMapping("/learners/{id}/outcomes")
    @Operation(summary = "What of a learner's evidence would count otherwise, had one version of a"
            + " rulebook been in force all the time instead of another (AUDITOR, REGISTRAR)",
            description = "Every decision under any version of the rulebook is made again in its"
                    + " place, on what it found, under the one and under the other.")
    OutcomesAnswer outcomes(@PathVariable String id, @RequestParam String rulebook,
            @RequestParam int from, @RequestParam int to,
            @RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String at) {
        LearnerId learner = Requests.learner(id);
        RulebookId named = Refused.inField("rulebook", () -> new RulebookId(rulebook));
        RulebookVersion first =
                Refused.inField("from", () -> new RulebookVersion(named, from));
        RulebookVersion second = Refused.inField("to", () -> new RulebookVersion(named, to));
        Moment moment = moments.moment(position, at);
        List<AccountEvent> history = replay.of(moment, learner).entries().stream()
                .map(Recorded::event).map(AccountEvent.class::cast).toList();
        try {
            return new OutcomesAnswer(moment.position(), moment.recordedAt(), first, second,
                    outcomes(studies.impact(rulebooks.get(first), history),
                            studies.impact(rulebooks.get(second), history)));
        } catch (Impact.CannotBeTried erased) {
            throw new Refused(new Refusal.AccountErased(learner));
        }
    }

    private record Place(EnrolmentId enrolment, AchievementId evidence, TargetId target) {
    }

    /** What a trial does not change is as it was decided. */
    private static List<OutcomeDifference> outcomes(
            Map<EnrolmentId, List<Impact.Change>> first,
            Map<EnrolmentId, List<Impact.Change>> second) {
        Map<Place, Impact.Change> under = places(first);
        Map<Place, Impact.Change> instead = places(second);
        Map<Place, Impact.Change> all = new LinkedHashMap<>(under);
        instead.forEach(all::putIfAbsent);
        List<OutcomeDifference> differences = new ArrayList<>();
        all.forEach((place, any) -> {
            Impact.Change to = instead.get(place);
            Long one = under.containsKey(place)
                    ? Objects.requireNonNull(under.get(place)).after() : any.before();
            Long other = to == null ? any.before() : to.after();
            if (!Objects.equals(one, other)) {
                differences.add(new OutcomeDifference(place.enrolment(), place.evidence(),
                        place.target(), ImpactController.written(one),
                        ImpactController.written(other), to == null ? null : to.why()));
            }
        });
        return differences;
    }

    private static Map<Place, Impact.Change> places(
            Map<EnrolmentId, List<Impact.Change>> changes) {
        Map<Place, Impact.Change> places = new LinkedHashMap<>();
        changes.forEach((enrolment, each) -> each.forEach(change -> places.put(
                new Place(enrolment, change.evidence(), change.target()), change)));
        return places;
    }
}
