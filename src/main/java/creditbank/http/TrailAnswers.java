package creditbank.http;

import creditbank.api.Event;
import creditbank.api.EventTypes;
import creditbank.api.Recorded;
import creditbank.api.access.AccessEvent;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.EnrolmentEvent;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionEvent;
import creditbank.api.account.RedemptionEvent;
import creditbank.api.account.TransferEvent;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.digest.DigestEvent;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeEvent;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.value.Reason;
import creditbank.projections.Concerned;
import creditbank.projections.Views;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Entries as a trail tells of them: who, when, for whom, why; and where each id leads. */
@Component
class TrailAnswers {

    /**
     * Addresses at this bank.
     *
     * @param entry   as it is stored
     * @param command all that came of it, and who sent it
     * @param actor   all that they did
     * @param about   what it happened to
     * @param learner all that happened to them, and who read it
     */
    record TrailLinksAnswer(String entry, String command, String actor, String about,
            @Nullable String learner, List<String> institutions) {
    }

    /**
     * An entry.
     *
     * @param kind         the entry's type
     * @param reason       absent where none was said, while the account is restricted, and once it
     *                     is erased
     * @param institutions whom it names or was written for
     */
    record TrailEntryAnswer(long position, Instant recordedAt, String kind, String actor,
            @Nullable String onBehalfOf, String commandId, @Nullable String reason, String stream,
            long sequence, @Nullable LearnerId learner, List<InstitutionId> institutions,
            TrailLinksAnswer links) {
    }

    private final PersonalData personal;
    private final Views views;

    TrailAnswers(PersonalData personal, Views views) {
        this.personal = personal;
        this.views = views;
    }

    TrailEntryAnswer of(Recorded entry) {
        LearnerId learner = Concerned.learner(entry.event());
        List<InstitutionId> institutions = Concerned.institutions(entry);
        return new TrailEntryAnswer(entry.position(), entry.recordedAt(),
                EventTypes.of(entry.event()).name(), entry.actor(), entry.onBehalfOf(),
                entry.commandId(), reason(learner, entry.reason()), entry.stream(),
                entry.sequence(), learner, institutions,
                new TrailLinksAnswer("/api/ledger/entries?from=" + entry.position() + "&limit=1",
                        "/api/audit/commands/" + escaped(entry.commandId()),
                        "/api/audit/trail?actor=" + escaped(entry.actor()),
                        about(entry.event()),
                        learner == null ? null : "/api/audit/trail?learner=" + learner,
                        institutions.stream().map(each -> "/api/institutions/" + each).toList()));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private @Nullable String reason(@Nullable LearnerId learner, @Nullable Reason reason) {
        if (learner != null) {
            return personal.reason(views, learner, reason);
        }
        return reason instanceof Reason.Clear clear ? clear.text() : null;
    }

    /** The address of what it happened to. */
    static String about(Event event) {
        return switch (event) {
            case AchievementRecorded e -> "/api/achievements/" + e.id();
            case AchievementCorrected e -> "/api/achievements/" + e.id();
            case AchievementRevoked e -> "/api/achievements/" + e.id();
            case EnrolmentEvent e -> "/api/enrolments/" + e.id();
            case ApplicationEvent e -> "/api/applications/" + e.id();
            case RecognitionEvent e -> "/api/recognitions/" + e.id();
            case RedemptionEvent e -> "/api/redemptions/" + e.id();
            case TransferEvent e -> "/api/transfers/" + e.id();
            case AccountEvent e -> "/api/learners/" + e.learner();
            case AccessEvent e -> "/api/learners/" + e.learner() + "/accesses";
            case InstitutionEvent e -> "/api/institutions/" + e.institution();
            case ProgrammeEvent e -> "/api/programmes/" + e.programme().id();
            case RulebookEvent e ->
                    "/api/rulebooks/" + e.rulebook().id() + "/" + e.rulebook().version();
            case AgreementEvent e -> "/api/agreements/" + e.agreement();
            case DigestEvent _ -> "/api/audit/digests";
            default -> throw new IllegalArgumentException(event + " leads nowhere");
        };
    }
}
