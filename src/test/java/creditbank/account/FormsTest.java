package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import creditbank.Bank;
import creditbank.account.AchievementForm.CreditsForm;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.value.Rule;
import creditbank.ledger.Sender;
import creditbank.privacy.Claims;
import creditbank.privacy.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What arrives as text: a refusal names the field, and never shows what is personal. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FormsTest {

    private static final Claims CLAIMS = new Claims(new Secrets(new byte[32], new byte[32]));

    @TempDir
    Path folder;

    // ------------------------------------------------------------------ people

    @Test
    void a_name_that_cannot_be_is_refused_as_the_name() {
        assertThat(refusalOf(() -> person("王\u0007小明", "E12345678", null)))
                .isEqualTo(new ValueInvalid(
                        "name", Rule.TEXT_HAS_CONTROL_CHARACTERS, "(4 characters)"));
    }

    @Test
    void a_document_number_that_cannot_be_is_refused_without_showing_it() {
        assertThat(refusalOf(() -> person("王小明", "护照 12345678", null)))
                .isEqualTo(new ValueInvalid(
                        "documentNumber", Rule.CODE_MALFORMED, "(10 characters)"));
    }

    @Test
    void a_birthday_that_cannot_be_is_refused_without_showing_it() {
        assertThat(refusalOf(() -> person("王小明", "E12345678", "31.12.1949")))
                .isEqualTo(new ValueInvalid(
                        "birthday", Rule.DATE_MALFORMED, "(10 characters)"));
    }

    @Test
    void a_form_about_a_person_is_never_printed() {
        assertThat(new IdentityForm("王小明", "RESIDENT_ID", null, "11010519491231002X",
                "1949-12-31")).hasToString("IdentityForm[…]");
        assertThat(course("K-1", "2024-06-30", null)).hasToString("AchievementForm[…]");
    }

    @Test
    void a_reason_that_cannot_be_is_refused_without_showing_it() {
        try (Bank bank = Bank.open(
                folder.resolve("data"), folder.resolve("keys"), Clock.systemUTC())) {
            LearnerId learner = new LearnerId(bank.counter().open(sender("open"),
                    new IdentityForm(null, "PASSPORT", null, "E12345678", null)).id());
            assertThat(refusalOf(() -> bank.counter().restrict(
                    sender("restrict"), learner, "王小明说".repeat(200))))
                    .isEqualTo(new ValueInvalid(
                            "reason", Rule.TEXT_TOO_LONG, "(800 characters)"));
        }
    }

    private static Sender sender(String command) {
        return new Sender("user/test", null, command, null);
    }

    private static void person(String name, String number, @Nullable String birthday) {
        new IdentityForm(name, "PASSPORT", null, number, birthday).read();
    }

    // ------------------------------------------------------------------ achievements

    @ParameterizedTest
    @CsvSource({"1899-12-31,,happenedOn,DATE_TOO_EARLY,1899-12-31",
        "2024-06-31,,happenedOn,DATE_MALFORMED,2024-06-31",
        "2024-06-30,2024-06-29,validUntil,VALID_UNTIL_BEFORE_HAPPENED,2024-06-29",
        "2024-06-30,+12024-06-29,validUntil,DATE_MALFORMED,+12024-06-29"})
    void a_day_that_cannot_be_is_refused_as_that_day(String happenedOn,
            @Nullable String validUntil, String field, Rule rule, String found) {
        assertThat(refusalOf(() -> read(course("K-1", happenedOn, validUntil))))
                .isEqualTo(new ValueInvalid(field, rule, found));
    }

    @Test
    void a_record_key_with_half_a_character_is_refused_as_it_would_be_taken_for_another() {
        assertThat(refusalOf(() -> read(course("K-\ud83e", "2024-06-30", null))))
                .isEqualTo(new ValueInvalid(
                        "recordKey", Rule.TEXT_HAS_CONTROL_CHARACTERS, "(3 characters)"));
    }

    private static void read(AchievementForm form) {
        form.read(CLAIMS, (_, text) -> creditbank.formats.Samples.box(text));
    }

    private static AchievementForm course(
            String key, String happenedOn, @Nullable String validUntil) {
        return new AchievementForm("COURSE", "dandong-tech", null, key, "机械制图", null, null, null,
                null, new CreditsForm("4.5", "CN"), happenedOn, validUntil, null, null, null);
    }

    private static ValueInvalid refusalOf(ThrowingCallable reading) {
        Refused refused = catchThrowableOfType(Refused.class, reading);
        assertThat(refused).isNotNull();
        assertThat(refused.refusal()).isInstanceOf(ValueInvalid.class);
        return (ValueInvalid) refused.refusal();
    }
}
