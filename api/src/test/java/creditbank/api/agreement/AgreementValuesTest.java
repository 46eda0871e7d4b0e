package creditbank.api.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Broken;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.RulebookId;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.value.Country;
import creditbank.api.value.Region;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AgreementValuesTest {

    private static final Party COLLEGE = new Party("institution/dandong-tech");
    private static final Party BANK = new Party("bank/kr-acbs");
    private static final DaysInForce DAYS = new DaysInForce(LocalDate.of(2026, 9, 1), null);
    private static final List<RulebookId> RULES = List.of(new RulebookId("rules"));
    private static final List<Direction> BOTH =
            List.of(new Direction(COLLEGE, BANK), new Direction(BANK, COLLEGE));

    private static void broken(ThrowingCallable making, String field, String code) {
        ValueInvalid refusal = Broken.refusalOf(making);
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.field()).isEqualTo(field);
    }

    // ------------------------------------------------------------------ ids and parties

    @Test
    void an_agreement_has_a_name_and_a_stream() {
        AgreementId id = new AgreementId("dandong-tech-abroad");
        assertThat(id).hasToString("dandong-tech-abroad");
        assertThat(id.stream()).isEqualTo("agreement/dandong-tech-abroad");
        for (String no : List.of("", "A", "a--b", "-a", "a-", "a b", "a".repeat(61))) {
            broken(() -> new AgreementId(no), "", "agreement-id-malformed");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"institution/dandong-tech", "region/210604", "country/KR",
        "bank/kr-acbs", "bank/x"})
    void a_party_is_an_institution_a_region_a_country_or_another_bank(String text) {
        assertThat(new Party(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dandong-tech", "institution/", "institution/A", "region/2106",
        "country/kr", "bank/", "bank/A", "bank/a/b", "banks/a", "bank/a ", "user/a"})
    void anything_else_is_no_party(String text) {
        broken(() -> new Party(text), "", "party-malformed");
    }

    @Test
    void a_region_is_one_of_the_country() {
        broken(() -> new Party("region/990000"), "", "region-unknown");
    }

    @Test
    void only_an_institution_answers_as_one() {
        assertThat(COLLEGE.institution()).isEqualTo(new InstitutionId("dandong-tech"));
        assertThat(Party.of(new InstitutionId("dandong-tech"))).isEqualTo(COLLEGE);
        assertThat(new Party("region/210600").institution()).isNull();
        assertThat(BANK.institution()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "region/210604, 'region/210600 region/210000 country/CN'",
        "region/210600, 'region/210000 country/CN'",
        "region/210000, 'country/CN'",
        "country/CN, ''", "bank/kr-acbs, ''", "institution/dandong-tech, ''"})
    void a_region_is_part_of_the_divisions_above_it_and_of_the_country(String of, String wider) {
        assertThat(new Party(of).wider().stream().map(Party::text))
                .containsExactlyElementsOf(
                        Stream.of(wider.split(" ")).filter(w -> !w.isEmpty()).toList());
    }

    @Test
    void for_an_institution_stand_itself_and_what_it_lies_in() {
        InstitutionId college = new InstitutionId("dandong-tech");
        assertThat(Party.standingFor(college, new Region("210600"), null)).hasToString(
                "[institution/dandong-tech, region/210600, region/210000, country/CN]");
        assertThat(Party.standingFor(college, null, new Country("ZA")))
                .hasToString("[institution/dandong-tech, country/ZA]");
        assertThat(Party.standingFor(college, null, null)).containsExactly(COLLEGE);
    }

    // ------------------------------------------------------------------ terms

    private static AgreementTerms terms(List<Party> parties, List<RulebookId> rulebooks,
            List<Direction> directions) {
        return new AgreementTerms("互认协议", parties, rulebooks, directions, DAYS);
    }

    private static List<Party> banks(int many) {
        return IntStream.range(0, many).mapToObj(n -> new Party("bank/b" + n)).toList();
    }

    @Test
    void terms_do_not_change_with_the_lists_they_were_made_of() {
        List<Party> parties = new ArrayList<>(List.of(COLLEGE, BANK));
        AgreementTerms terms = terms(parties, RULES, BOTH);
        parties.clear();
        assertThat(terms.parties()).containsExactly(COLLEGE, BANK);
    }

    @Test
    void terms_have_a_title_of_at_most_200_characters() {
        for (String title : List.of(" ", "议".repeat(201), "a\nb")) {
            assertThat(Broken.refusalOf(() -> new AgreementTerms(
                    title, List.of(COLLEGE, BANK), RULES, BOTH, DAYS)).field())
                    .isEqualTo("title");
        }
        assertThat(new AgreementTerms("议".repeat(200), List.of(COLLEGE, BANK), RULES, BOTH, DAYS)
                .title()).hasSize(200);
    }

    @Test
    void an_agreement_has_2_to_50_parties_each_once() {
        Direction one = new Direction(banks(2).getFirst(), banks(2).getLast());
        assertThat(terms(banks(50), RULES, List.of(one)).parties()).hasSize(50);
        broken(() -> terms(banks(51), RULES, List.of(one)), "parties", "count-out-of-range");
        broken(() -> terms(List.of(COLLEGE), RULES, BOTH), "parties", "count-out-of-range");
        broken(() -> terms(List.of(COLLEGE, BANK, COLLEGE), RULES, BOTH), "parties", "repeated");
    }

    @Test
    void it_names_1_to_100_rulebooks_each_once() {
        List<Party> two = List.of(COLLEGE, BANK);
        List<RulebookId> many = IntStream.range(0, 101)
                .mapToObj(n -> new RulebookId("rules-" + n)).toList();
        assertThat(terms(two, many.subList(0, 100), BOTH).rulebooks()).hasSize(100);
        broken(() -> terms(two, many, BOTH), "rulebooks", "count-out-of-range");
        broken(() -> terms(two, List.of(), BOTH), "rulebooks", "count-out-of-range");
        broken(() -> terms(two, List.of(many.getFirst(), many.getFirst()), BOTH), "rulebooks",
                "repeated");
    }

    @Test
    void a_direction_leads_from_one_party_of_it_to_another_and_is_named_once() {
        List<Party> two = List.of(COLLEGE, BANK);
        broken(() -> terms(two, RULES, List.of()), "directions", "count-out-of-range");
        broken(() -> terms(two, RULES, List.of(BOTH.getFirst(), BOTH.getFirst())), "directions",
                "repeated");
        Party other = new Party("country/KR");
        broken(() -> terms(two, RULES, List.of(new Direction(COLLEGE, other))), "directions",
                "direction-not-between-parties");
        broken(() -> terms(two, RULES, List.of(new Direction(other, COLLEGE))), "directions",
                "direction-not-between-parties");
        broken(() -> new Direction(COLLEGE, COLLEGE), "", "direction-to-itself");
    }

    @Test
    void it_does_not_end_before_it_begins() {
        broken(() -> new AgreementTerms("互认协议", List.of(COLLEGE, BANK), RULES, BOTH,
                DAYS.endingWith(LocalDate.of(2026, 8, 31))), "inForce.until", "period-reversed");
        assertThat(new AgreementTerms("互认协议", List.of(COLLEGE, BANK), RULES, BOTH,
                DAYS.endingWith(LocalDate.of(2026, 9, 1))).inForce().includes(
                LocalDate.of(2026, 9, 1))).isTrue();
    }
}
