package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.DiplomaLevel;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Value;
import creditbank.api.recognition.Wish;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Hours;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import creditbank.api.value.Title;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the engine sees what an institution stated. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgrammeOfPlanTest {

    private static final LocalDate DAY = LocalDate.of(2026, 3, 1);

    private static Plan plan(Attributes attributes) {
        return new Plan(new Title("机电一体化技术", "Mechatronics"),
                new InstitutionId("dandong-tech"), Sector.VOCATIONAL, DiplomaLevel.ASSOCIATE,
                new Region("210600"), CreditUnit.CN, Amount.of("140.00"), attributes,
                List.of(new Plan.Group("professional", "专业课", Amount.of("15.00"), null, List.of(),
                                Attributes.NONE),
                        new Plan.Group("public", "公共课", Amount.of("36.00"), Amount.of("7.20"),
                                List.of("public"), Attributes.NONE.with("offered", "each-term"))),
                List.of(new Plan.Course("GG-TY", "体育", "public", Amount.of("2.00"),
                                Hours.of("36"), List.of("public", "PE"), Attributes.NONE),
                        new Plan.Course("ZZ-JX", "机械制图", "professional", Amount.of("3.00"), null,
                                List.of("professional"), Attributes.NONE.with("exam-form", "practical")),
                        new Plan.Course("XX-1", "劳动教育", null, null, null, List.of(), Attributes.NONE)));
    }

    private static Programme programme(Attributes attributes) {
        return Programme.of(new ProgrammeVersion(new ProgrammeId("dandong-mechatronics"), 2),
                plan(attributes));
    }

    @Test
    void a_programme_has_the_attributes_that_the_page_on_rulebooks_names() {
        Programme programme = programme(Attributes.NONE.with("major-kind", "other"));
        assertThat(programme.attributes()).isEqualTo(Attributes.NONE
                .with("id", "dandong-mechatronics").with("institution", "dandong-tech")
                .with("sector", "VOCATIONAL").with("level", "ASSOCIATE")
                .with("region", "210600").with("major-kind", "other"));
        assertThat(programme.credits()).isEqualTo(14_000);
        String known = Shipped.page("rulebooks.md").lines()
                .filter(line -> line.startsWith("| `programme` |")).findFirst().orElseThrow();
        assertThat(known).contains(Stream.concat(programme.attributes().values().keySet()
                .stream(), Stream.of("credits")).map(name -> "`" + name + "`").toList());
    }

    @Test
    void groups_and_courses_are_targets_with_natures_hours_and_what_else_is_said() {
        List<Target> targets = programme(Attributes.NONE).targets();
        assertThat(targets).containsExactly(
                new Target(TargetId.course("GG-TY"), "public", 200L, Attributes.NONE
                        .with("nature", List.of("public", "PE")).with("hours", 3_600)),
                new Target(TargetId.course("ZZ-JX"), "professional", 300L, Attributes.NONE
                        .with("nature", List.of("professional")).with("exam-form", "practical")),
                new Target(TargetId.course("XX-1"), null, null, Attributes.NONE),
                new Target(TargetId.group("professional"), "professional", 1_500L,
                        Attributes.NONE),
                new Target(TargetId.group("public"), "public", 3_600L, Attributes.NONE
                        .with("nature", List.of("public")).with("offered", "each-term")),
                new Target(TargetId.PROGRAMME, null, 14_000L,
                        programme(Attributes.NONE).attributes()));
        assertThat(programme(Attributes.NONE).groups()).extracting(Programme.Group::most)
                .containsExactly(null, 720L);
    }

    /** Codes and numbers stay apart as their institution stated them. */
    @Test
    void attributes_have_the_type_they_were_stated_with() {
        Attributes stated = Attributes.NONE.with("years", 300).with("code", "3.00")
                .with("since", LocalDate.of(2026, 9, 1)).with("shared", true)
                .with("cities", List.of("yantai", "weihai"));
        stated.values().forEach((name, value) ->
                assertThat(programme(stated).attributes().get(name)).isEqualTo(value));
    }

    @Test
    void what_hardly_says_anything_is_a_programme_too() {
        Plan least = new Plan(new Title("师傅班", "Master craftsman's course"),
                new InstitutionId("hwk-koeln"), Sector.VOCATIONAL, null, null, CreditUnit.ECTS,
                null, Attributes.NONE, List.of(), List.of());
        Programme programme =
                Programme.of(new ProgrammeVersion(new ProgrammeId("koeln-master"), 1), least);
        assertThat(programme.attributes().values().keySet())
                .isEqualTo(Set.of("id", "institution", "sector"));
        assertThat(programme.targets()).extracting(Target::id)
                .containsExactly(TargetId.PROGRAMME);
    }

    @Test
    void a_shipped_rulebook_decides_on_it() {
        Rulebook rulebook = Shipped.readable(Shipped.read(Shipped.rulebooks().stream()
                .filter(f -> f.endsWith("cn-guangdong-replacement.yaml")).findFirst()
                .orElseThrow()));
        Decision decision = Engine.decide(new Case(DAY, List.of(evidence("a"), evidence("b")),
                Attributes.NONE, programme(Attributes.NONE), List.of(), Attributes.NONE,
                new Ask.Exactly(List.of(wish("a", "GG-TY"), wish("b", "ZZ-JX")))), rulebook);
        assertThat(decision.granted()).singleElement().satisfies(line -> {
            assertThat(line.target()).isEqualTo(TargetId.course("ZZ-JX"));
            assertThat(line.credits()).isEqualTo(Credits.of("3.00", CreditUnit.CN));
        });
        assertThat(decision.refused()).singleElement().satisfies(line -> {
            assertThat(line.target()).isEqualTo(TargetId.course("GG-TY"));
            assertThat(line.code()).isEqualTo(RefusalCode.EXCLUDED);
        });
    }

    @ParameterizedTest
    @CsvSource({"3.00,yantai,true", "3,yantai,true", "5.00,yantai,false", "3.00,weihai,false",
        ",yantai,false"})
    void a_rulebook_selects_by_attributes_of_any_name(
            @Nullable String years, String city, boolean open) {
        Rulebook rulebook = Shipped.readable(Shipped.read(Shipped.rulebooks().stream()
                .filter(f -> f.endsWith("cn-shandong-school-transfer.yaml")).findFirst()
                .orElseThrow()));
        Attributes attributes = Attributes.NONE.with("city", city);
        if (years != null) {
            attributes = attributes.with("years", Value.Number.parse(years));
        }
        Decision decision = Engine.decide(new Case(DAY, List.of(), Attributes.NONE
                .with("school", "GENERAL").with("stage", "grade-2-term-1").with("city", "yantai"),
                programme(attributes), List.of(), Attributes.NONE,
                new Ask.Exactly(List.of())), rulebook);
        assertThat(decision.entitlements().isEmpty()).isEqualTo(!open);
    }

    private static Evidence evidence(String id) {
        return new Evidence(new EvidenceId(id), Attributes.NONE.with("kind", "COURSE"),
                Credits.of("3.00", CreditUnit.CN), LocalDate.of(2025, 6, 30),
                LocalDate.of(2025, 7, 1));
    }

    private static Wish wish(String evidence, String course) {
        return new Wish(new EvidenceId(evidence), List.of(TargetId.course(course)));
    }
}
