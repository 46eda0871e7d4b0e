package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.value.Claim;
import creditbank.audit.Moment;
import creditbank.audit.Replay;
import creditbank.audit.Replay.Past;
import creditbank.audit.WholeReplay;
import creditbank.http.CertificatesController.CertificateAnswer;
import creditbank.http.LearnerAnswers.LearnerViews;
import creditbank.http.LedgerController.BooksAnswer;
import creditbank.http.ProgrammesController.ProgrammeAnswer;
import creditbank.http.RulebooksController.RulebookAnswer;
import creditbank.projections.Accounts;
import creditbank.projections.Achievements;
import creditbank.projections.Achievements.Standing;
import creditbank.projections.Institutions;
import creditbank.projections.Institutions.Institution;
import creditbank.projections.Programmes;
import creditbank.projections.Projection;
import creditbank.projections.Rulebooks;
import creditbank.projections.Views;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The bank as it stood at a position, or at an instant: what the last entry recorded until then
 * left. What is answered is made by what answers live questions, from views of that position.
 */
@RestController
@RequestMapping("/api/audit")
@Tag(name = "Audit")
class AuditController {

    private static final int MOST = 1_000;
    /** Far more than one number ever has. */
    private static final int MOST_HOLDERS = 1_000;

    private final Replay replay;
    private final WholeReplay whole;
    private final Moments moments;
    private final LearnerAnswers answers;
    private final CertificatesController certificates;
    private final creditbank.programme.Programmes versions;
    private final Views views;
    private final Requests requests;

    AuditController(Replay replay, WholeReplay whole, Moments moments, LearnerAnswers answers,
            CertificatesController certificates,
            creditbank.programme.Programmes versions, Views views, Requests requests) {
        this.replay = replay;
        this.whole = whole;
        this.moments = moments;
        this.answers = answers;
        this.certificates = certificates;
        this.versions = versions;
        this.views = views;
        this.requests = requests;
    }

    // ------------------------------------------------------------------ learners

    /**
     * @param position   of the last entry that it rests on
     * @param recordedAt when that was recorded
     * @param on         the business day of the balance and of what has an end
     */
    record LearnerThen(long position, Instant recordedAt, LocalDate on, LearnerViews views) {

        static LearnerThen of(Moment moment, LocalDate on, LearnerViews views) {
            return new LearnerThen(moment.position(), moment.recordedAt(), on, views);
        }
    }

    @GetMapping("/learners/{id}")
    @Operation(summary = "All that was answered about a learner at a position or at an instant"
            + " (AUDITOR, REGISTRAR)",
            description = "With neither, the newest entry. Business days as known then: on is the"
                    + " day on which the entry was recorded, if left out. Personal fields are"
                    + " absent where they were, and where the account is restricted or erased"
                    + " now.")
    LearnerThen learner(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable LocalDate on) {
        LearnerId learner = Requests.learner(id);
        Moment moment = moments.moment(position, at);
        LocalDate day = day(on, moment);
        return LearnerThen.of(moment, day,
                answers.all(replay.of(moment, learner), learner, day));
    }

    private LocalDate day(@Nullable LocalDate on, Moment moment) {
        return on == null ? moments.dayOf(moment) : requests.day(on);
    }

    // ------------------------------------------------------------------ the whole bank

    record BooksThen(long position, Instant recordedAt, BooksAnswer books) {
    }

    @GetMapping("/books")
    @Operation(summary = "The books at a position or at an instant, for a business day as known"
            + " then (AUDITOR, REGISTRAR)",
            description = "Folds the whole ledger up to there, one such question at a time.")
    BooksThen books(@RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable LocalDate on) {
        Moment moment = moments.moment(position, at);
        return new BooksThen(moment.position(), moment.recordedAt(),
                books(moment, null, day(on, moment)));
    }

    private BooksAnswer books(Moment moment, @Nullable InstitutionId only, LocalDate on) {
        return whole.of(moment, List.of(new Achievements()), (_, _) -> { },
                keeper -> LedgerController.books(
                        keeper.views(), only, on, moment.position() + 1));
    }

    /** @param books of this institution alone */
    record InstitutionThen(long position, Instant recordedAt, Institution institution,
            BooksAnswer books) {
    }

    @GetMapping("/institutions/{id}")
    @Operation(summary = "An institution and its books at a position or at an instant (AUDITOR,"
            + " REGISTRAR)",
            description = "Folds the whole ledger up to there, one such question at a time.")
    InstitutionThen institution(@PathVariable String id,
            @RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable LocalDate on) {
        InstitutionId asked = Refused.inField("institution", () -> new InstitutionId(id));
        Moment moment = moments.moment(position, at);
        LocalDate day = day(on, moment);
        Institution found = replay.of(moment, List.of(asked.stream()),
                List.of(new Institutions())).views().get(Institutions.INSTITUTIONS, asked.text());
        if (found == null) {
            throw new Refused(new Refusal.InstitutionUnknown(id));
        }
        return new InstitutionThen(moment.position(), moment.recordedAt(), found,
                books(moment, asked, day));
    }

    // ------------------------------------------------------------------ single things

    /** @param on the business day on which it was valid or not */
    record CertificateThen(long position, Instant recordedAt, LocalDate on,
            CertificateAnswer certificate) {
    }

    @GetMapping("/certificates/{issuer}/{number}")
    @Operation(summary = "Whether a diploma or certificate stood at a position or at an instant"
            + " (AUDITOR, REGISTRAR)",
            description = "Quick where it stood. Where the number is or was another's, the whole"
                    + " ledger up to there is looked through, one such question at a time.")
    CertificateThen certificate(@PathVariable String issuer, @PathVariable String number,
            @RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable LocalDate on) {
        InstitutionId by = Refused.inField("issuer", () -> new InstitutionId(issuer));
        Moment moment = moments.moment(position, at);
        List<Claim> possible = certificates.possible(by, number);
        Set<String> holders = new LinkedHashSet<>();
        holders(views, possible).forEach(found -> holders.add(found.id().learner().stream()));
        Past past = replay.of(moment, holders, List.of(new Accounts(), new Achievements()));
        // A number stands once in the bank until it is revoked; what is revoked is not corrected,
        // so only a number that did not stand may have been written over since.
        if (holders(past.views(), possible).stream().allMatch(s -> s.revokedOn() != null)) {
            past = replay.of(moment, whole.streamsNaming(possible, moment),
                    List.of(new Accounts(), new Achievements()));
        }
        LocalDate day = day(on, moment);
        return new CertificateThen(moment.position(), moment.recordedAt(), day,
                certificates.answer(past.views(), by, number, day));
    }

    private static List<Standing> holders(Views in, Collection<Claim> possible) {
        return possible.stream().flatMap(claim -> in.page(Achievements.ACHIEVEMENTS,
                Achievements.allOfNumber(claim, MOST_HOLDERS)).stream())
                .map(Views.Row::document).toList();
    }

    record ProgrammeThen(long position, Instant recordedAt, ProgrammeAnswer programme) {
    }

    @GetMapping("/programmes/{id}")
    @Operation(summary = "A programme at a position or at an instant, in its newest version then"
            + " or an earlier one (AUDITOR, REGISTRAR)")
    ProgrammeThen programme(@PathVariable String id,
            @RequestParam(required = false) @Nullable Integer version,
            @RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String at) {
        ProgrammeId asked = Refused.inField("id", () -> new ProgrammeId(id));
        Moment moment = moments.moment(position, at);
        Programmes.Programme found = Programmes.get(replay.of(moment, List.of(asked.stream()),
                List.of(new Programmes())).views(), asked);
        if (found == null) {
            throw new Refused(new Refusal.ProgrammeUnknown(asked));
        }
        ProgrammeVersion shown = version == null ? found.newest()
                : Refused.inField("version", () -> new ProgrammeVersion(asked, version));
        Refused.refuseIf(shown.version() > found.newest().version(),
                () -> new Refusal.ProgrammeVersionUnknown(shown));
        Plan plan = shown.equals(found.newest()) ? found.plan() : versions.plan(shown);
        return new ProgrammeThen(moment.position(), moment.recordedAt(),
                ProgrammeAnswer.of(found, shown, plan, true));
    }

    /** @param next give it back as {@code behind} for the next page; absent at the end */
    record RulebooksThen(long position, Instant recordedAt, List<RulebookAnswer> rulebooks,
            @Nullable String next) {
    }

    @GetMapping("/rulebooks")
    @Operation(summary = "Rulebook versions by id as they stood at a position or at an instant;"
            + " those in force on a day as known then (AUDITOR, REGISTRAR)")
    RulebooksThen rulebooks(@RequestParam(required = false) @Nullable Long position,
            @RequestParam(required = false) @Nullable String at,
            @RequestParam(required = false) @Nullable LocalDate day,
            @RequestParam(required = false) @Nullable String behind,
            @RequestParam(defaultValue = "100") int limit) {
        int most = Limits.of(limit, MOST);
        Moment moment = moments.moment(position, at);
        List<Projection> projections = List.of(new Rulebooks());
        Views then = replay.of(moment, replay.streams("rulebook/"), projections).views();
        Views.Range range = Rulebooks.of(null, most);
        Paging<Rulebooks.Rulebook> page = Paging.of(most, behind,
                from -> then.page(Rulebooks.RULEBOOKS, from == null ? range : range.behind(from)),
                each -> day == null || each.isInForce(day));
        return new RulebooksThen(moment.position(), moment.recordedAt(), page.found().stream()
                .map(each -> RulebookAnswer.of(each, true)).toList(), page.next());
    }
}
