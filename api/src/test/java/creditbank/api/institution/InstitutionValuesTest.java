package creditbank.api.institution;

import static creditbank.api.Broken.assertBreaks;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.value.Country;
import creditbank.api.value.Region;
import creditbank.api.value.Rule;
import creditbank.api.value.Sector;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InstitutionValuesTest {

    @ParameterizedTest
    @ValueSource(strings = {"dandong-tech", "x1", "3m", "a-b-c"})
    void an_institution_has_a_short_readable_name(String id) {
        assertThat(new InstitutionId(id)).hasToString(id);
        assertThat(new InstitutionId(id).stream()).isEqualTo("institution/" + id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-ab", "ab-", "a--b", "Dandong", "a_b", "a b", "a/b", "丹东",
        "a|b", "ab\n",
        "0123456789012345678901234567890123456789-123456789012345678901234567890123456789-"})
    void another_name_is_refused(String id) {
        assertBreaks(Rule.INSTITUTION_ID_MALFORMED, () -> new InstitutionId(id));
    }

    @Test
    void an_institution_is_registered_under_a_name_people_can_read() {
        assertThat(register(" 丹东职业技术学院 ").name()).isEqualTo("丹东职业技术学院");
        assertBreaks(Rule.REQUIRED, () -> register(" "));
        assertBreaks(Rule.TEXT_TOO_LONG, () -> register("院".repeat(121)));
    }

    @Test
    void a_registration_is_decided_on_in_the_stream_of_the_institution() {
        assertThat(register("丹东职业技术学院").stream()).isEqualTo("institution/dandong-tech");
    }

    @Test
    void a_region_of_china_lies_in_no_other_country() {
        Region dandong = new Region("210600");
        assertThat(register("学院", dandong, Country.CHINA).region()).isEqualTo(dandong);
        assertThat(register("College", null, new Country("ZA")).country()).hasToString("ZA");
        assertBreaks(Rule.REGION_OF_ANOTHER_COUNTRY,
                () -> register("College", dandong, new Country("ZA")));
    }

    private static RegisterInstitution register(String name) {
        return register(name, null, null);
    }

    private static RegisterInstitution register(
            String name, @Nullable Region region, @Nullable Country country) {
        return new RegisterInstitution(new InstitutionId("dandong-tech"), name,
                Sector.VOCATIONAL, InstitutionKind.COLLEGE, region, country, null, null);
    }
}
