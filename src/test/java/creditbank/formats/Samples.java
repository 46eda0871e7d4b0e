package creditbank.formats;

import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.DocumentKind;
import creditbank.api.account.LearnerId;
import creditbank.api.account.SealedIdentity;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.Claim;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Reason;
import creditbank.api.value.Sealed;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Values that tests of different packages speak of. Their boxes do not open. */
public final class Samples {

    public static final LearnerId LEARNER = new LearnerId("7K3M9Q2HX4T8W1ZC");
    public static final InstitutionId COLLEGE = new InstitutionId("dandong-tech");
    public static final InstitutionId EMPLOYER = new InstitutionId("dandong-motor");
    public static final Reason REASON = new Reason.Secret(box("reason"));

    private Samples() {
    }

    /** The first achievement of an account, the second, ... */
    public static AchievementId achievement(int number) {
        return new AchievementId(LEARNER, number);
    }

    public static Sealed box(String text) {
        return new Sealed(Base64.getUrlEncoder().withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A claim that differs with its word. */
    public static Claim claim(Claim.Kind kind, String word) {
        return Claim.of(kind, (word + "_".repeat(22)).substring(0, 22));
    }

    public static SealedIdentity identity(String name) {
        return new SealedIdentity(
                box(name), DocumentKind.RESIDENT_ID, null, box("number of " + name), null);
    }

    /** A course of the college of 4.50 credits that never expires. */
    public static Achievement course() {
        return course(COLLEGE, 450, LocalDate.of(2024, 6, 30), null);
    }

    public static Achievement course(InstitutionId issuer, long hundredths, LocalDate happenedOn,
            @Nullable LocalDate validUntil) {
        return new Achievement(AchievementKind.COURSE, issuer, null, box("record key"), "机械制图",
                "ME101", null, null, "90", new Credits(hundredths, CreditUnit.CN), happenedOn,
                validUntil, null, null, null, Attributes.NONE);
    }

    public static Achievement certificate() {
        return new Achievement(AchievementKind.SKILL_CERTIFICATE, COLLEGE, null,
                box("record key"), "数控车铣加工", null, "INTERMEDIATE", null, null,
                new Credits(0, CreditUnit.CN), LocalDate.of(2024, 6, 30), null, null,
                box("number"), null, Attributes.NONE);
    }

    public static Achievement apprenticeship() {
        return new Achievement(AchievementKind.APPRENTICESHIP, COLLEGE, EMPLOYER,
                box("record key"), "汽车维修学徒", null, null, null, null,
                new Credits(1_200, CreditUnit.CN), LocalDate.of(2024, 6, 30), null, null, null,
                null, Attributes.NONE);
    }
}
