package creditbank.http;

import static creditbank.api.Refused.inField;

import creditbank.api.account.PersonalField;
import creditbank.api.recognition.Names;
import creditbank.account.StudiesCounter;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.api.value.Forms;
import creditbank.api.value.Rule;
import creditbank.http.DoorAnswers.DoorAnswer;
import creditbank.projections.Accounts;
import creditbank.projections.Achievements;
import creditbank.projections.Views;
import creditbank.rulebook.Door;
import creditbank.rulebook.Rulebook;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which doors stand open for a learner, and what each rests on. Writes nothing. */
@RestController
@RequestMapping("/api/learners/{id}")
@Tag(name = "Entitlements")
class EntitlementsController {

    private static final int MOST_JURISDICTIONS = 50;

    private final StudiesCounter studies;
    private final DoorAnswers doors;
    private final AchievementAnswers achievements;
    private final PersonalData personal;
    private final Views views;
    private final Requests requests;

    EntitlementsController(StudiesCounter studies, DoorAnswers doors,
            AchievementAnswers achievements, PersonalData personal, Views views,
            Requests requests) {
        this.studies = studies;
        this.doors = doors;
        this.achievements = achievements;
        this.personal = personal;
        this.views = views;
        this.requests = requests;
    }

    // ------------------------------------------------------------------ doors

    /** @param doors of all rulebooks in force on the day that were asked, open or shut */
    record DoorsAnswer(LearnerId learner, LocalDate on, List<DoorAnswer> doors) {
    }

    @GetMapping("/entitlements")
    @Operation(summary = "Which doors stand open on a day under the rulebooks in force (today if"
            + " not said), and what would open the others",
            description = "Jurisdictions such as region/110000 narrow it; none means all.")
    DoorsAnswer entitlements(@PathVariable String id,
            @RequestParam(required = false) @Nullable LocalDate on,
            @RequestParam(required = false) @Nullable List<String> jurisdiction,
            @RequestParam(required = false) @Nullable Long after, Locale locale, Caller caller) {
        requests.after(after);
        return doors(new Asked(id, on, jurisdiction, null, caller), locale);
    }

    /**
     * The same with something said of the learner, which stands in no address because it is
     * personal.
     *
     * @param to      of a dossier: the rulebooks' name for the door
     * @param learner such as {@code {"learner-group":"veteran"}}
     */
    record EntitlementsForm(@Nullable String to, @Nullable LocalDate on,
            @Nullable List<@Nullable String> jurisdictions,
            @Nullable Map<String, @Nullable Object> learner) {

        Asked asked(String id, Caller caller) {
            return new Asked(id, on, jurisdictions, learner, caller);
        }
    }

    @PostMapping("/entitlements")
    @Operation(summary = "The same, with what a rulebook asks of the learner, such as their group;"
            + " nothing is written")
    DoorsAnswer entitlementsOf(@PathVariable String id, @RequestBody EntitlementsForm form,
            Locale locale, Caller caller) {
        return doors(form.asked(id, caller), locale);
    }

    private DoorsAnswer doors(Asked asked, Locale locale) {
        return new DoorsAnswer(asked.learner(), day(asked), all(asked).entrySet().stream()
                .flatMap(each -> each.getValue().stream()
                        .map(door -> doors.of(each.getKey(), door, locale))).toList());
    }

    // ------------------------------------------------------------------ the dossier

    /**
     * All that is put before whoever admits: the door with its requirements, and every piece of
     * evidence that is behind them.
     *
     * @param name     of the learner; absent while the account is restricted
     * @param doors    one for each clause that opens it
     * @param evidence whole, in the order of the account
     */
    record DossierAnswer(LearnerId learner, @Nullable String name, String to, LocalDate on,
            boolean open, List<DoorAnswer> doors, List<AchievementAnswers.Recorded> evidence) {
    }

    @GetMapping("/dossier")
    @Operation(summary = "The admission dossier (职教高考) for one door: its requirements, and the"
            + " evidence behind each")
    DossierAnswer dossier(@PathVariable String id, @RequestParam String to,
            @RequestParam(required = false) @Nullable LocalDate on,
            @RequestParam(required = false) @Nullable List<String> jurisdiction,
            @RequestParam(required = false) @Nullable Long after, Locale locale, Caller caller) {
        requests.after(after);
        return dossier(to, new Asked(id, on, jurisdiction, null, caller), locale);
    }

    @PostMapping("/dossier")
    @Operation(summary = "The same, with what a rulebook asks of the learner; nothing is written")
    DossierAnswer dossierOf(@PathVariable String id, @RequestBody EntitlementsForm form,
            Locale locale, Caller caller) {
        return dossier(inField("to", () -> Forms.required(form.to())), form.asked(id, caller),
                locale);
    }

    private DossierAnswer dossier(String to, Asked asked, Locale locale) {
        if (!Names.isName(to)) {
            throw Rule.ID_MALFORMED.brokenIn("to", to);
        }
        LearnerId learner = asked.learner();
        List<DoorAnswer> answers = new ArrayList<>();
        all(asked).forEach((rulebook, all) -> all.stream().filter(door -> door.to().equals(to))
                .forEach(door -> answers.add(doors.of(rulebook, door, locale))));
        if (answers.isEmpty()) {
            throw new Refused(new Refusal.DoorUnknown(to, day(asked), rulebooks(asked).stream()
                    .flatMap(rulebook -> rulebook.doors().stream()).distinct()
                    .collect(Collectors.joining(", "))));
        }
        List<AchievementAnswers.Recorded> evidence = answers.stream().flatMap(door ->
                        Stream.concat(door.openedBy().stream(), door.requirements().stream()
                                .flatMap(each -> each.evidence().stream())))
                .map(EvidenceId::text).map(AchievementId::parse).distinct()
                .sorted((a, b) -> Integer.compare(a.number(), b.number()))
                .flatMap(piece -> Stream.ofNullable(Achievements.get(views, piece)))
                .map(s -> achievements.recorded(views, s)).toList();
        Accounts.Account account = views.get(Accounts.ACCOUNTS, learner.text());
        return new DossierAnswer(learner, account == null || account.identity() == null ? null
                : personal.open(views, learner, PersonalField.IDENTITY_NAME,
                        account.identity().name()),
                to, day(asked), answers.stream().anyMatch(DoorAnswer::open), answers, evidence);
    }

    // ------------------------------------------------------------------ what is asked

    /** A question, after it is clear that the caller may ask it. */
    private record Asked(LearnerId learner, @Nullable LocalDate on,
            List<Jurisdiction> jurisdictions, @Nullable Map<String, @Nullable Object> ofLearner) {

        Asked(String id, @Nullable LocalDate on,
                @Nullable List<? extends @Nullable String> jurisdictions,
                @Nullable Map<String, @Nullable Object> ofLearner, Caller caller) {
            this(Requests.learner(id), on, read(jurisdictions), ofLearner);
            caller.mustOwn(learner);
        }

        private static List<Jurisdiction> read(@Nullable List<? extends @Nullable String> texts) {
            if (texts == null) {
                return List.of();
            }
            if (texts.size() > MOST_JURISDICTIONS) {
                throw Rule.LIST_TOO_LONG.brokenIn("jurisdiction", texts.size());
            }
            return texts.stream().map(text -> inField("jurisdiction",
                    () -> new Jurisdiction(Forms.required(text)))).toList();
        }
    }

    private LocalDate day(Asked asked) {
        return requests.day(asked.on());
    }

    private List<Rulebook> rulebooks(Asked asked) {
        return doors.inForce(day(asked), whose -> asked.jurisdictions().isEmpty()
                || asked.jurisdictions().contains(whose));
    }

    private Map<RulebookVersion, List<Door>> all(Asked asked) {
        return studies.doors(asked.learner(), day(asked),
                rulebooks(asked).stream().map(Rulebook::version).toList(), asked.ofLearner());
    }
}
