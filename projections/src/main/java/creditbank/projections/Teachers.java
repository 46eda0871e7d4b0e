package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Value;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who teaches where? An institution says so of a learner as it says all else: by an achievement
 * with the attribute {@code employed-as} and the value {@code teacher}, which holds from its day to
 * the last day it names, or until it is revoked. Kept by {@link Indicators}.
 */
public final class Teachers {

    public static final String EMPLOYED_AS = "employed-as";
    public static final String TEACHER = "teacher";

    /**
     * An employment as it is stated now.
     *
     * @param until    the last day; absent while none is named
     * @param employed false where a correction says that it never was one
     * @param position of the last entry about it
     */
    public record Teacher(InstitutionId institution, AchievementId achievement, LocalDate from,
            @Nullable LocalDate until, boolean employed, long position) {

        public boolean teachesOn(LocalDate day) {
            return employed && !day.isBefore(from) && (until == null || !day.isAfter(until));
        }
    }

    private static final String BY_INSTITUTION = "by_institution";

    /** Key: the achievement. */
    public static final View<Teacher> TEACHERS = new View<>("teachers", Teacher.class,
            List.of(new View.Index<>(BY_INSTITUTION, t -> t.employed
                    ? t.institution + "|" + t.achievement : null)));

    private Teachers() {
    }

    /** All that ever taught there, by account. */
    public static Views.Range of(InstitutionId institution, int limit) {
        return Views.Range.of(BY_INSTITUTION, institution + "|", limit);
    }

    static void state(Recorded entry, AchievementId id, Achievement now, Documents documents) {
        boolean employed = now.attributes().get(EMPLOYED_AS) instanceof Value.Text(String as)
                && as.equals(TEACHER);
        if (employed || documents.get(TEACHERS, id.toString()) != null) {
            documents.put(TEACHERS, id.toString(), new Teacher(now.issuer(), id,
                    now.happenedOn(), now.validUntil(), employed, entry.position()));
        }
    }

    static void revoke(AchievementRevoked e, Documents documents) {
        Teacher was = documents.get(TEACHERS, e.id().toString());
        if (was != null) {
            LocalDate last = e.effectiveOn().minusDays(1);
            documents.put(TEACHERS, e.id().toString(), new Teacher(was.institution,
                    was.achievement, was.from,
                    was.until != null && was.until.isBefore(last) ? was.until : last,
                    was.employed, was.position));
        }
    }
}
