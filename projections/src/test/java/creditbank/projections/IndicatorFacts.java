package creditbank.projections;

import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.Deposit;
import creditbank.api.account.EnrolmentEvent.EnrolmentBegun;
import creditbank.api.account.EnrolmentEvent.EnrolmentWithdrawn;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.Origin;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionEvent.RecognitionWithdrawn;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.TransferId;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Region;
import creditbank.api.value.Sealed;
import creditbank.api.value.Sector;
import creditbank.projections.Teachers.Teacher;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Entries of several learners at three institutions, folded as they come. */
final class IndicatorFacts {

    static final InstitutionId ABROAD = new InstitutionId("abroad");
    static final InstitutionId COLLEGE = new InstitutionId("college");
    static final InstitutionId OPEN_UNIVERSITY = new InstitutionId("open-university");
    static final List<InstitutionId> INSTITUTIONS = List.of(ABROAD, COLLEGE, OPEN_UNIVERSITY);

    final Shelf shelf = new Shelf();
    final List<Recorded> entries = new ArrayList<>();
    private final List<Projection> projections =
            List.of(new Achievements(), new Enrolments(), new Indicators());
    private final Map<AchievementId, Achievement> known = new HashMap<>();
    private final Map<LearnerId, Integer> numbers = new HashMap<>();

    IndicatorFacts() {
        fold(new InstitutionRegistered(ABROAD, "Abroad", Sector.ADULT,
                InstitutionKind.FOREIGN_BODY, null, null, null, List.of()));
        fold(new InstitutionRegistered(COLLEGE, "学院", Sector.VOCATIONAL,
                InstitutionKind.COLLEGE, new Region("210604"), null, null, List.of()));
        fold(new InstitutionRegistered(OPEN_UNIVERSITY, "开放大学", Sector.ADULT,
                InstitutionKind.OPEN_UNIVERSITY, new Region("210000"), null, null, List.of()));
    }

    static LocalDate day(String text) {
        return LocalDate.parse(text);
    }

    static LearnerId learner(int n) {
        return new LearnerId("7K3M9Q2HX4T8W1Z" + n);
    }

    static Sector sector(InstitutionId institution) {
        return institution.equals(COLLEGE) ? Sector.VOCATIONAL : Sector.ADULT;
    }

    void fold(Event event) {
        long position = entries.size();
        Recorded entry = new Recorded(position, "id-" + position, "stream", position,
                Instant.EPOCH.plusSeconds(position), "user/test", null, "c-" + position, null,
                null, event);
        entries.add(entry);
        projections.forEach(p -> p.fold(entry, shelf));
    }

    // ------------------------------------------------------------------ achievements

    void record(LearnerId learner, AchievementKind kind, InstitutionId issuer, String on) {
        record(learner, achievement(kind, issuer, null, day(on), null, Attributes.NONE));
    }

    void certificate(LearnerId learner, String level, String on) {
        record(learner, achievement(AchievementKind.SKILL_CERTIFICATE, COLLEGE, level, day(on),
                null, Attributes.NONE));
    }

    /** What another school took over, with half of the credits. */
    void receive(LearnerId learner, InstitutionId at, int from, String on) {
        Achievement whole = achievement(
                AchievementKind.COURSE, at, null, day(on), null, Attributes.NONE);
        record(learner, new Achievement(whole.kind(), at, null, whole.recordKey(), whole.title(),
                null, null, null, null, new Credits(150, CreditUnit.CN), day(on), null, null, null,
                null, Attributes.NONE, new Origin(new TransferId(learner, 1),
                        new AchievementId(learner, from))));
    }

    void employ(LearnerId learner, InstitutionId at, String on, @Nullable String until) {
        record(learner, achievement(AchievementKind.SERVICE, at, null, day(on),
                until == null ? null : day(until),
                Attributes.NONE.with(Teachers.EMPLOYED_AS, Teachers.TEACHER)));
    }

    private void record(LearnerId learner, Achievement achievement) {
        AchievementId id = new AchievementId(learner, numbers.merge(learner, 1, Integer::sum));
        known.put(id, achievement);
        fold(new AchievementRecorded(id, sector(achievement.issuer()), achievement.happenedOn(),
                achievement, List.of()));
    }

    void correct(LearnerId learner, int number, InstitutionId issuer, String on) {
        AchievementId id = new AchievementId(learner, number);
        Achievement was = Objects.requireNonNull(known.get(id));
        Achievement now =
                achievement(was.kind(), issuer, was.level(), day(on), null, Attributes.NONE);
        known.put(id, now);
        fold(new AchievementCorrected(id, deposit(was), now, List.of(), List.of()));
    }

    void revoke(LearnerId learner, int number) {
        AchievementId id = new AchievementId(learner, number);
        Achievement was = Objects.requireNonNull(known.get(id));
        fold(new AchievementRevoked(
                id, was.issuer(), deposit(was), was.happenedOn(), List.of()));
    }

    private static Deposit deposit(Achievement achievement) {
        return new Deposit(sector(achievement.issuer()), achievement.credits(),
                achievement.validUntil());
    }

    private static Achievement achievement(AchievementKind kind, InstitutionId issuer,
            @Nullable String level, LocalDate on, @Nullable LocalDate until,
            Attributes attributes) {
        return new Achievement(kind, issuer, null, new Sealed("a2V5"), "标题", null, level, null,
                null, new Credits(300, CreditUnit.CN), on, until, null,
                kind.isNumbered() ? new Sealed("bnVt") : null, null, attributes, null);
    }

    // ------------------------------------------------------------------ studies

    void enrol(LearnerId learner, int number, InstitutionId school, String on,
            boolean apprentice) {
        fold(new EnrolmentBegun(new EnrolmentId(learner, number), Facts.PROGRAMME, school,
                apprentice ? ABROAD : null, day(on), null));
    }

    void leave(LearnerId learner, int enrolment) {
        fold(new EnrolmentWithdrawn(
                new EnrolmentId(learner, enrolment), day("2026-01-01"), List.of()));
    }

    void recognise(LearnerId learner, int number, int enrolment, String on, int... achievements) {
        List<GrantedLine> granted = Arrays.stream(achievements).mapToObj(a -> new GrantedLine(
                new EvidenceId(new AchievementId(learner, a).toString()),
                TargetId.course("C" + a), Facts.CLAUSE, new Credits(300, CreditUnit.CN),
                new Credits(300, CreditUnit.CN), null, List.of(), List.of())).toList();
        fold(new RecognitionDecided(new RecognitionId(learner, number),
                new EnrolmentId(learner, enrolment), Facts.PROGRAMME, null, Attributes.NONE, null,
                null, null, new Decision(Facts.RULEBOOK, day(on), 1, granted, List.of(), List.of(),
                        List.of(), List.of(), Decision.Search.PROVEN), List.of()));
    }

    void withdrawRecognised(LearnerId learner, int recognition, int achievement) {
        fold(new RecognitionWithdrawn(new RecognitionId(learner, recognition),
                new AchievementId(learner, achievement), Cause.MISTAKE, day("2026-01-01"),
                List.of()));
    }

    List<Teacher> teachers(InstitutionId institution) {
        return shelf.page(Teachers.TEACHERS, Teachers.of(institution, 100)).stream()
                .map(Views.Row::document).toList();
    }
}
