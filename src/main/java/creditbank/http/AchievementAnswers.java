package creditbank.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.DiplomaNumber.StudyForm;
import creditbank.api.account.LearnerId;
import creditbank.api.account.Origin;
import creditbank.api.account.PersonalField;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.Credits;
import creditbank.api.value.Digest;
import creditbank.api.value.Hours;
import creditbank.api.value.Sector;
import creditbank.projections.Achievements.Standing;
import creditbank.projections.Views;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Achievements as those may read them who may read them: personal fields opened. */
@Component
class AchievementAnswers {

    /**
     * @param recordKey and {@code number}: absent while the account is restricted, and once erased
     * @param attributes what else the issuer states; absent where that is nothing
     * @param origin    where it came from by a transfer; absent of what its issuer states itself
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
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Attributes attributes,
            @Nullable Origin origin,
            @Nullable LocalDate revokedOn,
            Instant recordedAt,
            long position,
            long changedAt) {
    }

    private final PersonalData personal;

    AchievementAnswers(PersonalData personal) {
        this.personal = personal;
    }

    /** @param asked of which {@code s} is a document: of now, or as they were once */
    Recorded recorded(Views asked, Standing s) {
        Achievement a = s.achievement();
        LearnerId learner = s.id().learner();
        return new Recorded(s.id().toString(), learner, a.kind(), a.issuer(), a.coIssuer(),
                s.sector(), personal.open(asked, learner, PersonalField.RECORD_KEY, a.recordKey()),
                a.title(), a.subject(), a.level(), a.hours(), a.grade(), a.credits(),
                a.happenedOn(), a.validUntil(), a.evidence(),
                personal.open(asked, learner, PersonalField.NUMBER, a.number()), a.studyForm(),
                a.attributes(), a.origin(), s.revokedOn(), s.recordedAt(), s.position(),
                s.changedAt());
    }
}
