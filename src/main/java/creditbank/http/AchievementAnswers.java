package creditbank.http;

import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.DiplomaNumber.StudyForm;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Credits;
import creditbank.api.value.Digest;
import creditbank.api.value.Hours;
import creditbank.api.value.Sealed;
import creditbank.api.value.Sector;
import creditbank.privacy.Sealing;
import creditbank.privacy.Sealing.Field;
import creditbank.projections.Achievements.Standing;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Achievements as those may read them who may read them: personal fields opened. */
@Component
class AchievementAnswers {

    /**
     * @param recordKey and {@code number}: absent once the learner's data were erased
     * @param revokedOn from which business day it does not hold
     * @param position  of the entry that recorded it
     * @param changedAt position of the last entry about it
     */
    record Recorded(
            String id,
            LearnerId learner,
            AchievementKind kind,
            InstitutionId issuer,
            @Nullable InstitutionId coIssuer,
            Sector sector,
            @Nullable String recordKey,
            String title,
            @Nullable String subject,
            @Nullable String level,
            @Nullable Hours hours,
            @Nullable String grade,
            Credits credits,
            LocalDate happenedOn,
            @Nullable LocalDate validUntil,
            @Nullable Digest evidence,
            @Nullable String number,
            @Nullable StudyForm studyForm,
            @Nullable LocalDate revokedOn,
            Instant recordedAt,
            long position,
            long changedAt) {
    }

    private final Sealing sealing;

    AchievementAnswers(Sealing sealing) {
        this.sealing = sealing;
    }

    Recorded recorded(Standing s) {
        Achievement a = s.achievement();
        LearnerId learner = s.id().learner();
        return new Recorded(s.id().toString(), learner, a.kind(), a.issuer(), a.coIssuer(),
                s.sector(), open(learner, Field.RECORD_KEY, a.recordKey()), a.title(),
                a.subject(), a.level(), a.hours(), a.grade(), a.credits(), a.happenedOn(),
                a.validUntil(), a.evidence(), open(learner, Field.NUMBER, a.number()),
                a.studyForm(), s.revokedOn(), s.recordedAt(), s.position(), s.changedAt());
    }

    @Nullable String open(LearnerId learner, Field field, @Nullable Sealed sealed) {
        return sealed == null ? null : sealing.open(learner, field, sealed).orElse(null);
    }
}
