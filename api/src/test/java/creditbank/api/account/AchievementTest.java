package creditbank.api.account;

import static creditbank.api.Broken.refusalOf;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AchievementTest {

    private static final InstitutionId SCHOOL = new InstitutionId("dandong-tech");
    private static final InstitutionId EMPLOYER = new InstitutionId("dandong-motor");
    private static final LocalDate DAY = LocalDate.of(2024, 6, 30);

    // ------------------------------------------------------------------ dates

    @Test
    void an_achievement_before_1900_is_refused() {
        assertThat(dated(LocalDate.of(1900, 1, 1), null).happenedOn())
                .isEqualTo("1900-01-01");
        assertBroken("happenedOn", Rule.DATE_TOO_EARLY, "1899-12-31",
                () -> dated(LocalDate.of(1899, 12, 31), null));
    }

    @Test
    void an_achievement_may_hold_for_its_own_day_only() {
        assertThat(dated(DAY, DAY).validUntil()).isEqualTo(DAY);
    }

    @Test
    void an_achievement_that_ends_before_it_happened_is_refused() {
        assertBroken("validUntil", Rule.VALID_UNTIL_BEFORE_HAPPENED, "2024-06-29",
                () -> dated(DAY, DAY.minusDays(1)));
    }

    @Test
    void a_last_day_that_text_cannot_order_is_refused() {
        assertThat(dated(DAY, LocalDate.of(9999, 12, 31)).validUntil()).isNotNull();
        assertBroken("validUntil", Rule.DATE_MALFORMED, "+10000-01-01",
                () -> dated(DAY, LocalDate.of(10_000, 1, 1)));
    }

    // ------------------------------------------------------------------ issuers

    @Test
    void an_apprenticeship_may_have_the_employer_as_co_issuer() {
        assertThat(issued(AchievementKind.APPRENTICESHIP, EMPLOYER).coIssuer())
                .isEqualTo(EMPLOYER);
        assertThat(issued(AchievementKind.APPRENTICESHIP, null).coIssuer()).isNull();
    }

    @Test
    void a_co_issuer_of_anything_else_is_refused() {
        assertBroken("coIssuer", Rule.CO_ISSUER_NEEDS_APPRENTICESHIP, "COURSE",
                () -> issued(AchievementKind.COURSE, EMPLOYER));
    }

    @Test
    void an_issuer_cannot_be_its_own_co_issuer() {
        assertBroken("coIssuer", Rule.CO_ISSUER_IS_ISSUER, "dandong-tech",
                () -> issued(AchievementKind.APPRENTICESHIP, SCHOOL));
    }

    // ------------------------------------------------------------------ numbers

    @ParameterizedTest
    @EnumSource(names = {"DIPLOMA", "SKILL_CERTIFICATE"})
    void a_diploma_and_a_certificate_need_a_number(AchievementKind kind) {
        assertBroken("number", Rule.REQUIRED, "", () -> numbered(kind, null));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = {"DIPLOMA", "SKILL_CERTIFICATE"})
    void nothing_else_may_have_one(AchievementKind kind) {
        assertBroken("number", Rule.NUMBER_NOT_FOR_KIND, kind.name(),
                () -> numbered(kind, new Sealed("c2VhbGVk")));
    }

    // ------------------------------------------------------------------ words

    @Test
    void the_level_of_a_diploma_or_certificate_is_one_of_a_few_words() {
        assertThat(levelled(AchievementKind.DIPLOMA, "BACHELOR").level()).isEqualTo("BACHELOR");
        assertThat(levelled(AchievementKind.SKILL_CERTIFICATE, "ADVANCED").level())
                .isEqualTo("ADVANCED");
        assertThat(refusalOf(() -> levelled(AchievementKind.DIPLOMA, "ADVANCED")).rule())
                .isEqualTo(Rule.CHOICE_UNKNOWN);
        assertThat(refusalOf(() -> levelled(AchievementKind.SKILL_CERTIFICATE, "高级")).rule())
                .isEqualTo(Rule.CHOICE_UNKNOWN);
    }

    @Test
    void the_level_of_anything_else_is_the_issuer_s_own_word() {
        assertThat(levelled(AchievementKind.COMPETITION_AWARD, " 省级一等奖 ").level())
                .isEqualTo("省级一等奖");
        assertThat(refusalOf(() -> levelled(AchievementKind.COURSE, "级".repeat(41))).rule())
                .isEqualTo(Rule.TEXT_TOO_LONG);
    }

    @Test
    void titles_subjects_and_grades_have_lengths() {
        assertThat(refusalOf(() -> worded("题".repeat(201), null, null)).rule())
                .isEqualTo(Rule.TEXT_TOO_LONG);
        assertThat(refusalOf(() -> worded("机械制图", "机械", null)).rule())
                .isEqualTo(Rule.CODE_MALFORMED);
        assertThat(refusalOf(() -> worded("机械制图", null, "优".repeat(41))).rule())
                .isEqualTo(Rule.TEXT_TOO_LONG);
        assertThat(worded(" 机械制图 ", " ME101 ", " 优 ")).extracting(
                Achievement::title, Achievement::subject, Achievement::grade)
                .containsExactly("机械制图", "ME101", "优");
    }

    // ------------------------------------------------------------------

    private static void assertBroken(String field, Rule rule, String found,
            org.assertj.core.api.ThrowableAssert.ThrowingCallable making) {
        assertThat(refusalOf(making)).isEqualTo(new ValueInvalid(field, rule, found));
    }

    private static Achievement dated(LocalDate happenedOn, @Nullable LocalDate validUntil) {
        return new Achievement(AchievementKind.COURSE, SCHOOL, null, box(), "机械制图", null, null,
                null, null, none(), happenedOn, validUntil, null, null, null,
                Attributes.NONE);
    }

    private static Achievement issued(AchievementKind kind, @Nullable InstitutionId coIssuer) {
        return new Achievement(kind, SCHOOL, coIssuer, box(), "机械制图", null, null,
                null, null, none(), DAY, null, null, null, null, Attributes.NONE);
    }

    private static Achievement numbered(AchievementKind kind, @Nullable Sealed number) {
        return new Achievement(kind, SCHOOL, null, box(), "机械制图", null, null,
                null, null, none(), DAY, null, null, number, null, Attributes.NONE);
    }

    private static Achievement levelled(AchievementKind kind, String level) {
        return new Achievement(kind, SCHOOL, null, box(), "机械制图", null, level,
                null, null, none(), DAY, null, null, kind.isNumbered() ? box() : null, null,
                Attributes.NONE);
    }

    private static Achievement worded(
            String title, @Nullable String subject, @Nullable String grade) {
        return new Achievement(AchievementKind.COURSE, SCHOOL, null, box(), title, subject, null,
                null, grade, none(), DAY, null, null, null, null, Attributes.NONE);
    }

    private static Sealed box() {
        return new Sealed("c2VhbGVk");
    }

    private static Credits none() {
        return new Credits(0, CreditUnit.CN);
    }
}
