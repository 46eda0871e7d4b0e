package creditbank.api.account;

import static creditbank.api.Broken.assertBreaks;
import static creditbank.api.Broken.assertBreaksSilently;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.account.AccountCommand.OpenAccount;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdentityTest {

    private static final InstitutionId SCHOOL = new InstitutionId("dandong-tech");

    @Test
    void a_document_number_is_known_in_one_way_of_writing() {
        assertThat(named(null, DocumentKind.RESIDENT_ID, "110105 19491231 002x")
                .documentNumber()).isEqualTo("11010519491231002X");
        assertThat(named(null, DocumentKind.PASSPORT, " e1234 5678").documentNumber())
                .isEqualTo("E12345678");
    }

    @Test
    void a_resident_id_is_checked() {
        assertBreaksSilently(Rule.RESIDENT_ID_CHECK_CHARACTER, "110105194912310021",
                () -> named(null, DocumentKind.RESIDENT_ID, "110105194912310021"));
    }

    @Test
    void a_birthday_is_the_one_that_a_resident_id_states() {
        LocalDate stated = LocalDate.of(1949, 12, 31);
        assertThat(new Identity(null, DocumentKind.RESIDENT_ID, null, "11010519491231002X",
                stated).birthday()).isEqualTo(stated);
        assertThatThrownBy(() -> new Identity(null, DocumentKind.RESIDENT_ID, null,
                "11010519491231002X", stated.plusDays(1)))
                .isInstanceOfSatisfying(Refused.class, r -> assertThat(r.refusal()).isEqualTo(
                        new Refusal.ValueInvalid(
                                "birthday", Rule.BIRTHDAY_MISMATCH, "another day")));
        assertThat(new Identity(null, DocumentKind.PASSPORT, null, "E1949", stated.plusDays(1))
                .birthday()).isEqualTo(stated.plusDays(1));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RESIDENT_ID")
    void another_document_s_number_is_any_code(DocumentKind kind) {
        assertThat(new Identity(null, kind, SCHOOL, "AB-12/3.(4)_X", null).documentNumber())
                .isEqualTo("AB-12/3.(4)_X");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "护照123", "A*B", "A\u0000B",
        "01234567890123456789012345678901234567890"})
    void what_is_no_code_is_refused_and_not_shown_back(String number) {
        assertBreaksSilently(Rule.CODE_MALFORMED, number.replace(" ", ""),
                () -> named(null, DocumentKind.PASSPORT, number));
    }

    @Test
    void a_student_number_needs_its_institution() {
        assertBreaks(Rule.DOCUMENT_ISSUER_REQUIRED,
                () -> named(null, DocumentKind.STUDENT_NUMBER, "S001"));
    }

    @Test
    void other_documents_have_no_institution() {
        assertThat(new Identity(null, DocumentKind.PASSPORT, SCHOOL, "E12345678", null)
                .documentIssuer()).isNull();
    }

    @Test
    void a_name_is_a_line_of_at_most_eighty_characters() {
        assertThat(named(" 王小明 ", DocumentKind.PASSPORT, "E1").name()).isEqualTo("王小明");
        assertBreaksSilently(Rule.TEXT_TOO_LONG, "王".repeat(81),
                () -> named("王".repeat(81), DocumentKind.PASSPORT, "E1"));
        assertBreaksSilently(Rule.TEXT_HAS_CONTROL_CHARACTERS, "王\n小明",
                () -> named("王\n小明", DocumentKind.PASSPORT, "E1"));
    }

    @Test
    void a_person_is_never_printed() {
        assertThat(new Identity("王小明", DocumentKind.RESIDENT_ID, null, "11010519491231002X",
                LocalDate.of(1949, 12, 31))).hasToString("Identity[RESIDENT_ID]");
    }

    @Test
    void a_command_shows_a_person_sealed_only() {
        Sealed box = new Sealed("c2VhbGVk");
        String shown = new OpenAccount(new LearnerId("7K3M9Q2HX4T8W1ZC"), null,
                new SealedIdentity(box, DocumentKind.RESIDENT_ID, null, box, box),
                new Claim("identity/4zQ_k-9aBcDeFgHiJkLmNo")).toString();
        assertThat(shown).contains("Sealed[box=c2VhbGVk]", "RESIDENT_ID");
    }

    private static Identity named(@Nullable String name, DocumentKind kind, String number) {
        return new Identity(name, kind, null, number, null);
    }
}
