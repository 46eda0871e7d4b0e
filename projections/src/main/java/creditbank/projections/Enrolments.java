package creditbank.projections;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AccountEvent.IdentityCorrected;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AccountEvent.RestrictionLifted;
import creditbank.api.account.AchievementId;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentMoved;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionEvent.RedemptionQuestioned;
import creditbank.api.account.RedemptionEvent.RedemptionReversed;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.agreement.AgreementId;
import creditbank.api.account.TransferEvent;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What does this learner study towards, what counts towards it, and why? */
public final class Enrolments implements Projection {

    public enum Status {
        ACTIVE,
        /** They left without what the programme leads to; no line counts any more. */
        WITHDRAWN,
        GRADUATED
    }

    /**
     * An enrolment as it stands.
     *
     * @param programme   the version that holds for the learner now
     * @param employer    of an apprentice
     * @param admission   the achievement that opened the door, where one was named
     * @param begunOn     its first day
     * @param endedOn     the day of graduation, or the first on which they are not enrolled; absent
     *                    while it goes on
     * @param graduatedBy the diploma, while that stands
     * @param lines       what was recognised and not taken back, in the order of the decisions
     * @param recordedAt  when the bank first knew it
     * @param position    of the entry that began it
     * @param changedAt   position of the last entry about it
     */
    public record Enrolment(
            EnrolmentId id,
            ProgrammeVersion programme,
            InstitutionId school,
            @Nullable InstitutionId employer,
            @Nullable AchievementId admission,
            LocalDate begunOn,
            @Nullable LocalDate endedOn,
            Status status,
            @Nullable RedemptionId graduatedBy,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Line> lines,
            Instant recordedAt,
            long position,
            long changedAt) {

        public Enrolment {
            lines = present(lines);
        }

        /** The lines that count: all of them, or none once the learner left. */
        public List<Line> standing() {
            return status == Status.WITHDRAWN ? List.of() : lines;
        }

        private static List<Line> present(@Nullable List<Line> lines) {
            return lines == null ? List.of() : List.copyOf(lines);
        }

        private Enrolment in(ProgrammeVersion version, long at) {
            return new Enrolment(id, version, school, employer, admission, begunOn, endedOn,
                    status, graduatedBy, lines, recordedAt, position, at);
        }

        private Enrolment with(List<Line> now, long at) {
            return new Enrolment(id, programme, school, employer, admission, begunOn, endedOn,
                    status, graduatedBy, now, recordedAt, position, at);
        }

        private Enrolment as(Status now, @Nullable LocalDate ended,
                @Nullable RedemptionId diploma, long at) {
            return new Enrolment(id, programme, school, employer, admission, begunOn, ended, now,
                    diploma, lines, recordedAt, position, at);
        }

        private Enrolment plus(RecognitionDecided e, long at) {
            List<Line> now = new ArrayList<>(lines);
            e.decision().granted().forEach(granted -> now.add(Line.of(e, granted, at)));
            return with(now, at);
        }

        private Enrolment without(RecognitionWithdrawn e, long at) {
            return with(lines.stream().filter(line -> !line.recognition().equals(e.id())
                    || !line.evidence().equals(e.achievement())).toList(), at);
        }
    }

    /**
     * Evidence that counts, and why.
     *
     * @param recognition in which decision
     * @param rulebook    under which rules
     * @param agreement   which made them hold here, where they are not the school's own
     * @param evidence    the achievement
     * @param target      towards what it counts
     * @param clause      which awards it
     * @param credits     how much it counts; absent where it is an exemption (免修, 免考)
     * @param grade       the grade to record, where the clause names one
     * @param position    of the entry that decided it, in which the inputs stand
     */
    public record Line(
            RecognitionId recognition,
            RulebookVersion rulebook,
            @Nullable AgreementId agreement,
            AchievementId evidence,
            TargetId target,
            ClauseId clause,
            @Nullable Credits credits,
            @Nullable String grade,
            long position) {

        private static Line of(RecognitionDecided e, GrantedLine granted, long position) {
            return new Line(e.id(), e.decision().rulebook(), e.agreement(),
                    AchievementId.parse(granted.evidence().text()), granted.target(),
                    granted.clause(), granted.credits(), granted.grade(), position);
        }
    }

    private static final String BY_SCHOOL = "by_school";

    /** Key: learner, dash, number in the account with leading zeros. */
    public static final View<Enrolment> ENROLMENTS = new View<>("enrolments", Enrolment.class,
            List.of(new View.Index<>(BY_SCHOOL, e -> e.school() + "|" + when(e))));

    private static String when(Enrolment e) {
        return e.begunOn() + "|" + View.ordered(e.position());
    }

    private static String key(EnrolmentId id) {
        return id.learner() + "-" + View.ordered(id.number());
    }

    // ------------------------------------------------------------------ questions

    public static @Nullable Enrolment get(Views views, EnrolmentId id) {
        return views.get(ENROLMENTS, key(id));
    }

    /** In the order in which they were recorded. */
    public static Views.Range ofLearner(LearnerId learner, int limit) {
        return Views.Range.ofKeys(learner + "-", limit);
    }

    /** Those at a school, begun last first. */
    public static Views.Range ofSchool(InstitutionId school, int limit) {
        return Views.Range.of(BY_SCHOOL, school + "|", limit).newestFirst();
    }

    /** Those that were begun at a school within a span of months, begun last first. */
    static Views.Range begunAt(InstitutionId school, Indicators.Span span, int limit) {
        return new Views.Range(BY_SCHOOL, school + "|" + span.from(),
                school + "|" + span.until() + "~", true, limit);
    }

    // ------------------------------------------------------------------ fold

    @Override
    public String name() {
        return "enrolments";
    }

    @Override
    public int version() {
        return 2;
    }

    @Override
    public List<View<?>> views() {
        return List.of(ENROLMENTS, Recognitions.RECOGNITIONS, Redemptions.REDEMPTIONS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof AccountEvent event) {
            long at = entry.position();
            switch (event) {
                case EnrolmentBegun e -> documents.put(ENROLMENTS, key(e.id()), new Enrolment(
                        e.id(), e.programme(), e.school(), e.employer(), e.admission(), e.on(),
                        null, Status.ACTIVE, null, List.of(), entry.recordedAt(), at, at));
                case EnrolmentMoved e ->
                        change(documents, e.id(), was -> was.in(e.programme(), at));
                case EnrolmentWithdrawn e -> change(documents, e.id(),
                        was -> was.as(Status.WITHDRAWN, e.on(), null, at));
                case RecognitionDecided e -> {
                    Recognitions.decide(entry, e, documents);
                    change(documents, e.enrolment(), was -> was.plus(e, at));
                }
                case RecognitionWithdrawn e ->
                        change(documents, Recognitions.withdraw(entry, e, documents),
                                was -> was.without(e, at));
                case CreditsRedeemed e -> {
                    Redemptions.redeem(entry, e, documents);
                    if (e.purpose() instanceof Diploma diploma) {
                        change(documents, diploma.enrolment(),
                                was -> was.as(Status.GRADUATED, e.on(), e.id(), at));
                    }
                }
                case RedemptionReversed e -> {
                    if (Redemptions.reverse(e, documents) instanceof Diploma diploma) {
                        change(documents, diploma.enrolment(),
                                was -> was.as(Status.ACTIVE, null, null, at));
                    }
                }
                case RedemptionQuestioned e -> Redemptions.question(entry, e, documents);
                case AccountOpened _, IdentityCorrected _, AccountRestricted _,
                        RestrictionLifted _, LearnerErased _, AchievementRecorded _,
                        AchievementCorrected _, AchievementRevoked _, ApplicationEvent _,
                        TransferEvent _ -> {
                    // What they undo of a recognition or redemption has an event of its own.
                }
            }
        }
    }

    private static void change(
            Documents documents, EnrolmentId id, UnaryOperator<Enrolment> change) {
        Enrolment was = Objects.requireNonNull(documents.get(ENROLMENTS, key(id)),
                () -> "No enrolment " + id + " ever began");
        documents.put(ENROLMENTS, key(id), change.apply(was));
    }
}
