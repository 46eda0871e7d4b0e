package creditbank.projections;

import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.SkillLevel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is counted (指标), in two units: person-times (人次) are facts, people (人) are the learners
 * they are of. {@code docs/indicators.md} says what each counts.
 */
public enum Figure {
    COURSES(AchievementKind.COURSE),
    ONLINE_COURSES(AchievementKind.ONLINE_COURSE),
    TRAINING(AchievementKind.TRAINING),
    APPRENTICESHIPS(AchievementKind.APPRENTICESHIP),
    ENTERPRISE_PRACTICE(AchievementKind.ENTERPRISE_PRACTICE),
    COMPETITION_AWARDS(AchievementKind.COMPETITION_AWARD),
    EXAMS(AchievementKind.EXAM),
    SERVICE(AchievementKind.SERVICE),
    COMMUNITY_LEARNING(AchievementKind.COMMUNITY_LEARNING),
    FOREIGN_QUALIFICATIONS(AchievementKind.FOREIGN_QUALIFICATION),
    DIPLOMAS(AchievementKind.DIPLOMA),
    /** Of any level, and also those that state none. */
    SKILL_CERTIFICATES(AchievementKind.SKILL_CERTIFICATE),
    ELEMENTARY_CERTIFICATES(SkillLevel.ELEMENTARY),
    INTERMEDIATE_CERTIFICATES(SkillLevel.INTERMEDIATE),
    ADVANCED_CERTIFICATES(SkillLevel.ADVANCED),
    /** Studies that were begun; who left later did begin. */
    ENROLMENTS,
    /** Those of them with an employer: enrolled at the school and there at once. */
    APPRENTICE_ENROLMENTS,
    /** Outcomes of which something counts towards a programme, each once for a decision. */
    RECOGNISED_OUTCOMES,
    /** Outcomes that another school took over; they were achieved where they came from. */
    TRANSFERRED_OUTCOMES;

    private final @Nullable AchievementKind kind;
    private final @Nullable SkillLevel level;

    Figure() {
        this(null, null);
    }

    Figure(AchievementKind kind) {
        this(kind, null);
    }

    Figure(SkillLevel level) {
        this(AchievementKind.SKILL_CERTIFICATE, level);
    }

    Figure(@Nullable AchievementKind kind, @Nullable SkillLevel level) {
        this.kind = kind;
        this.level = level;
    }

    /** As addresses write it, such as {@code skill-certificates}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Figure> of(String text) {
        return Arrays.stream(values()).filter(f -> f.text().equals(text)).findFirst();
    }

    /** The kind of achievement it counts; null where it counts something else. */
    public @Nullable AchievementKind kind() {
        return kind;
    }

    /** Whether it counts this achievement. */
    public boolean counts(Achievement achievement) {
        return achievement.origin() == null && achievement.kind() == kind
                && (level == null || level.name().equals(achievement.level()));
    }

    static List<Figure> of(Achievement achievement) {
        if (achievement.origin() != null) {
            return List.of(TRANSFERRED_OUTCOMES);
        }
        return Arrays.stream(values()).filter(f -> f.counts(achievement)).toList();
    }
}
