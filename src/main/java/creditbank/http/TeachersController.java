package creditbank.http;

import static creditbank.api.Refused.inField;

import creditbank.account.StudiesCounter;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.http.DoorAnswers.RequiredAnswer;
import creditbank.projections.Institutions;
import creditbank.projections.Institutions.Institution;
import creditbank.projections.Teachers;
import creditbank.projections.Teachers.Teacher;
import creditbank.projections.Views;
import creditbank.rulebook.Door;
import creditbank.rulebook.Rulebook;
import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Which share of an institution's teachers are dual-qualified (双师型), judged by the rulebook of
 * each jurisdiction? A teacher is whom the institution says it employs as one, see
 * {@link Teachers}.
 */
@RestController
@RequestMapping("/api/indicators/teachers")
@Tag(name = "Indicators")
class TeachersController {

    /** The door of rulebooks that judge teachers. */
    static final String FULFILLED = "enterprise-practice-fulfilled";
    private static final Map<String, @Nullable Object> TEACHER =
            Map.of("learner-group", Teachers.TEACHER);
    private static final int MOST = 1_000;

    private final StudiesCounter studies;
    private final DoorAnswers doors;
    private final Policies policies;
    private final Views views;
    private final Requests requests;

    TeachersController(StudiesCounter studies, DoorAnswers doors, Policies policies, Views views,
            Requests requests) {
        this.studies = studies;
        this.doors = doors;
        this.policies = policies;
        this.views = views;
        this.requests = requests;
    }

    /** What one rulebook says of one teacher. */
    record VerdictAnswer(RulebookVersion rulebook, boolean met,
            List<RequiredAnswer> requirements) {
    }

    /** @param employment the achievement that says so, and {@code position} its entry */
    record TeacherAnswer(LearnerId learner, AchievementId employment, long position,
            List<VerdictAnswer> verdicts) {
    }

    /**
     * How a rulebook judges the teachers of this page.
     *
     * @param judged how many
     * @param share  in hundredths of those, two decimals; absent where there are none
     */
    record ShareAnswer(RulebookVersion rulebook, Jurisdiction jurisdiction, int judged,
            int met, @Nullable String share) {
    }

    /**
     * @param target     the share that a policy asks of such institutions, in hundredths; absent
     *                   where none does
     * @param judgements one for each rulebook that judges teachers
     * @param notJudged  teachers whose accounts are closed
     * @param next       give it back as {@code behind} for the next page, which has judgements of
     *                   its own; absent at the end
     */
    record TeachersAnswer(InstitutionId institution, InstitutionKind kind, LocalDate on,
            @Nullable BigDecimal target, List<ShareAnswer> judgements,
            List<TeacherAnswer> teachers, int notJudged, @Nullable String next) {
    }

    @GetMapping
    @Operation(summary = "Dual-qualified teachers of an institution on a day, each with the"
            + " verdict of each rulebook (AUDITOR, REGISTRAR, an institution its own)",
            description = "By the rulebooks of the jurisdictions the institution lies in, or by"
                    + " that of another jurisdiction that is named.")
    TeachersAnswer teachers(@RequestParam(required = false) @Nullable String institution,
            @RequestParam(required = false) @Nullable LocalDate on,
            @RequestParam(required = false) @Nullable String jurisdiction,
            @RequestParam(required = false) @Nullable String behind,
            @RequestParam(defaultValue = "1000") int limit,
            @RequestParam(required = false) @Nullable Long after, Locale locale,
            Caller caller) {
        InstitutionId id = Requests.acting("institution", institution, caller);
        caller.onBehalfOf(id);
        int most = Limits.of(limit, MOST);
        LocalDate day = requests.day(on);
        requests.afterAll(after);
        Institution at = views.get(Institutions.INSTITUTIONS, id.text());
        if (at == null) {
            throw new Refused(new Refusal.InstitutionUnknown(id.text()));
        }
        List<Rulebook> rulebooks = rulebooks(at, day, jurisdiction);
        Views.Range range = Teachers.of(id, most);
        List<LearnerId> seen = new ArrayList<>();
        Paging<Teacher> page = Paging.of(most, behind, place -> views.page(Teachers.TEACHERS,
                place == null ? range : range.behind(place)), teacher ->
                teacher.teachesOn(day) && once(seen, teacher.achievement().learner()));
        List<TeacherAnswer> judged = new ArrayList<>();
        int notJudged = 0;
        for (Teacher teacher : page.found()) {
            try {
                judged.add(judge(teacher, day, rulebooks, locale));
            } catch (Refused closed) {
                notJudged++;
            }
        }
        return new TeachersAnswer(id, at.kind(), day,
                policies.dualQualifiedTeachers(at.region(), at.kind()),
                rulebooks.stream().map(rulebook -> judgement(rulebook, judged)).toList(), judged,
                notJudged, page.next());
    }

    /** Employments of one learner stand side by side. */
    private static boolean once(List<LearnerId> seen, LearnerId learner) {
        return (seen.isEmpty() || !seen.getLast().equals(learner)) && seen.add(learner);
    }

    private List<Rulebook> rulebooks(
            Institution at, LocalDate day, @Nullable String jurisdiction) {
        Set<String> whose = jurisdiction == null
                ? Party.standingFor(at.id(), at.region(), at.country()).stream()
                        .map(Party::text).collect(Collectors.toSet())
                : Set.of(inField("jurisdiction", () -> new Jurisdiction(jurisdiction)).text());
        return doors.inForce(day, of -> whose.contains(of.text())).stream()
                .filter(rulebook -> rulebook.doors().contains(FULFILLED)).toList();
    }

    private TeacherAnswer judge(
            Teacher teacher, LocalDate day, List<Rulebook> rulebooks, Locale locale) {
        LearnerId learner = teacher.achievement().learner();
        Map<RulebookVersion, List<Door>> all = studies.doors(learner, day,
                rulebooks.stream().map(Rulebook::version).toList(), TEACHER);
        List<VerdictAnswer> verdicts = new ArrayList<>();
        all.forEach((rulebook, found) -> {
            List<Door> own = found.stream().filter(d -> d.to().equals(FULFILLED)).toList();
            verdicts.add(new VerdictAnswer(rulebook, own.stream().anyMatch(Door::open),
                    own.stream().flatMap(d -> d.requires().stream())
                            .map(demand -> DoorAnswers.required(demand, locale)).toList()));
        });
        return new TeacherAnswer(
                learner, teacher.achievement(), teacher.position(), verdicts);
    }

    private static ShareAnswer judgement(Rulebook rulebook, List<TeacherAnswer> judged) {
        int met = (int) judged.stream().flatMap(t -> t.verdicts().stream())
                .filter(v -> v.rulebook().equals(rulebook.version()) && v.met()).count();
        return new ShareAnswer(rulebook.version(), rulebook.jurisdiction(), judged.size(),
                met, judged.isEmpty() ? null
                        : IndicatorsController.percent(met, judged.size()));
    }
}
