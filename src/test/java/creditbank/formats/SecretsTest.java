package creditbank.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.IdentityCorrected;
import creditbank.api.account.ApplicationEvent.ApplicationResubmitted;
import creditbank.api.account.ApplicationEvent.ApplicationSubmitted;
import creditbank.api.account.DiplomaLevel;
import creditbank.api.account.DocumentKind;
import creditbank.api.account.Identity;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.account.SealedIdentity;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.OrganisationCode;
import creditbank.api.value.Reason;
import creditbank.api.value.Sealed;
import creditbank.ledger.EntryFormat;
import creditbank.privacy.Claims;
import creditbank.privacy.LearnerKeys;
import creditbank.privacy.Sealing;
import creditbank.privacy.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Boxes, claims and keys: examples that were made apart from this code. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SecretsTest {

    /** Of every learner of the examples. */
    private static final byte[] KEY = bytes(0);
    private static final Secrets SECRETS = new Secrets(bytes(64), bytes(32));

    record Box(LearnerId learner, String field, String nonce, String plain, String sealed) {
    }

    record Made(List<String> parts, @Nullable String claim, @Nullable String commandId) {
    }

    static final List<Box> BOXES = read("sealed.jsonl", Box.class);

    @TempDir
    Path folder;

    // ------------------------------------------------------------------ sealed

    @Test
    void every_field_that_is_sealed_has_an_example() {
        assertThat(BOXES.stream().map(b -> field(b.field())))
                .containsExactlyInAnyOrder(PersonalField.values());
    }

    @ParameterizedTest
    @FieldSource("BOXES")
    void a_box_is_made_of_nonce_ciphertext_and_tag(Box box) {
        try (LearnerKeys keys = keys()) {
            Sealing sealing = new Sealing(
                    keys, new KnownRandom(HexFormat.of().parseHex(box.nonce())));
            assertThat(sealing.seal(new SecretKeySpec(KEY, "AES"), box.learner(),
                    field(box.field()), box.plain())).isEqualTo(new Sealed(box.sealed()));
        }
    }

    @ParameterizedTest
    @FieldSource("BOXES")
    void a_box_opens_for_its_learner_and_its_field_only(Box box) {
        LearnerId stranger = new LearnerId("0X5N8RDW2J7QV4TM");
        try (LearnerKeys keys = keys(KEY, KEY)) {
            keys.create(box.learner());
            keys.create(stranger);
            Sealing sealing = new Sealing(keys, new KnownRandom());
            Sealed sealed = new Sealed(box.sealed());
            assertThat(sealing.open(box.learner(), field(box.field()), sealed))
                    .contains(box.plain());
            for (PersonalField other : PersonalField.values()) {
                if (other != field(box.field())) {
                    assertThatThrownBy(() -> sealing.open(box.learner(), other, sealed))
                            .isInstanceOf(IllegalStateException.class)
                            .hasMessageNotContaining(box.plain());
                }
            }
            assertThatThrownBy(() -> sealing.open(stranger, field(box.field()), sealed))
                    .isInstanceOf(IllegalStateException.class);
            keys.destroy(box.learner());
            assertThat(sealing.open(box.learner(), field(box.field()), sealed)).isEmpty();
        }
    }

    @Test
    void the_boxes_of_the_examples_of_entries_open() {
        try (LearnerKeys keys = keys(KEY, KEY)) {
            keys.create(Samples.LEARNER);
            keys.create(new LearnerId("0X5N8RDW2J7QV4TM"));
            Sealing sealing = new Sealing(keys, new KnownRandom());
            List<String> opened = Committed.entries().stream()
                    .flatMap(e -> opened(sealing, e)).toList();
            assertThat(opened).contains("王小明", "11010519491231002X", "1949-12-31", "20230117",
                    "2024-ME101-S0017", "100011202105000001", "证书编号录入错误",
                    "{\"learner-group\":{\"text\":\"veteran\"}}").hasSize(62);
        }
    }

    private static Stream<String> opened(Sealing sealing, Committed.Example example) {
        var entry = example.at(0);
        Map<PersonalField, Sealed> boxes = new java.util.EnumMap<>(PersonalField.class);
        LearnerId learner = switch (entry.event()) {
            case AccountOpened e -> boxes(e.learner(), e.identity(), boxes);
            case IdentityCorrected e -> boxes(e.learner(), e.identity(), boxes);
            case AchievementRecorded e -> boxes(e.learner(), e.achievement(), boxes);
            case AchievementCorrected e -> boxes(e.learner(), e.after(), boxes);
            case RecognitionDecided e -> {
                put(boxes, PersonalField.OF_LEARNER, e.ofLearner());
                yield e.learner();
            }
            case CreditsRedeemed e -> {
                if (e.purpose() instanceof Diploma diploma) {
                    put(boxes, PersonalField.OF_LEARNER, diploma.ofLearner());
                }
                yield e.learner();
            }
            case ApplicationSubmitted e -> {
                put(boxes, PersonalField.OF_LEARNER, e.asking().ofLearner());
                yield e.learner();
            }
            case ApplicationResubmitted e -> {
                put(boxes, PersonalField.OF_LEARNER, e.asking().ofLearner());
                yield e.learner();
            }
            case TransferRequested e -> {
                put(boxes, PersonalField.OF_LEARNER, e.ofLearner());
                yield e.learner();
            }
            case AccountEvent e -> e.learner();
            default -> Samples.LEARNER;
        };
        if (entry.reason() instanceof Reason.Secret secret) {
            boxes.put(PersonalField.REASON, secret.text());
        }
        return boxes.entrySet().stream()
                .map(b -> sealing.open(learner, b.getKey(), b.getValue()).orElseThrow());
    }

    private static LearnerId boxes(
            LearnerId learner, SealedIdentity identity, Map<PersonalField, Sealed> boxes) {
        put(boxes, PersonalField.IDENTITY_NAME, identity.name());
        put(boxes, PersonalField.IDENTITY_DOCUMENT_NUMBER, identity.documentNumber());
        put(boxes, PersonalField.IDENTITY_BIRTHDAY, identity.birthday());
        return learner;
    }

    private static LearnerId boxes(LearnerId learner,
            creditbank.api.account.Achievement achievement, Map<PersonalField, Sealed> boxes) {
        put(boxes, PersonalField.RECORD_KEY, achievement.recordKey());
        put(boxes, PersonalField.NUMBER, achievement.number());
        return learner;
    }

    private static void put(Map<PersonalField, Sealed> boxes, PersonalField field, @Nullable Sealed box) {
        if (box != null) {
            boxes.put(field, box);
        }
    }

    /** The enumeration's constant of a written name. */
    private static PersonalField field(String written) {
        return switch (written) {
            case "identity.name" -> PersonalField.IDENTITY_NAME;
            case "identity.documentNumber" -> PersonalField.IDENTITY_DOCUMENT_NUMBER;
            case "identity.birthday" -> PersonalField.IDENTITY_BIRTHDAY;
            case "achievement.recordKey" -> PersonalField.RECORD_KEY;
            case "achievement.number" -> PersonalField.NUMBER;
            case "recognition.ofLearner" -> PersonalField.OF_LEARNER;
            case "reason" -> PersonalField.REASON;
            default -> throw new AssertionError(written);
        };
    }

    // ------------------------------------------------------------------ claims

    @Test
    void claims_are_what_they_ever_were() {
        Claims claims = new Claims(SECRETS);
        InstitutionId college = new InstitutionId("dandong-tech");
        InstitutionId skills = new InstitutionId("dandong-skills");
        assertThat(Stream.of(
                claims.ofIdentity(new Identity(
                        "王小明", DocumentKind.RESIDENT_ID, null, "11010519491231002x", null)),
                claims.ofIdentity(new Identity(
                        null, DocumentKind.STUDENT_NUMBER, college, "20230117", null)),
                claims.ofRecord(college, "2024-ME101-S0017"),
                claims.ofCertificate(skills, "X-2023-000042"),
                claims.ofDiploma(college, DiplomaLevel.BACHELOR, "100011202105000001"),
                claims.ofDiploma(college, DiplomaLevel.SECONDARY_VOCATIONAL, "ZZ-2019-0007"),
                claims.ofOrganisation(new OrganisationCode("91350100M000100Y43")))
                .map(Claim::text))
                .containsExactlyElementsOf(read("claims.jsonl", Made.class).stream()
                        .filter(m -> m.claim() != null)
                        .map(m -> Objects.requireNonNull(m.claim())).toList());
    }

    @Test
    void every_kind_of_claim_has_an_example() {
        assertThat(read("claims.jsonl", Made.class).stream().filter(m -> m.claim() != null)
                .map(m -> new Claim(Objects.requireNonNull(m.claim())).kind()))
                .contains(Claim.Kind.values());
    }

    @Test
    void the_name_of_a_command_is_never_a_claim() {
        Made made = read("claims.jsonl", Made.class).stream()
                .filter(m -> m.commandId() != null).findFirst().orElseThrow();
        Claims claims = new Claims(SECRETS);
        assertThat(claims.commandId(
                made.parts().stream().skip(1).toArray(String[]::new)))
                .isEqualTo(made.commandId());
        assertThat("record/" + claims.commandId("record", "dandong-tech", "2024-ME101-S0017"))
                .isNotEqualTo(claims.ofRecord(
                        new InstitutionId("dandong-tech"), "2024-ME101-S0017").text());
    }

    @Test
    void parts_that_are_cut_elsewhere_make_another_claim() {
        Claims claims = new Claims(SECRETS);
        assertThat(claims.ofRecord(new InstitutionId("ab"), "c1"))
                .isNotEqualTo(claims.ofRecord(new InstitutionId("abc"), "1"));
    }

    @Test
    void the_page_shows_the_examples() {
        for (String name : List.of("claims.jsonl", "sealed.jsonl")) {
            assertThat(Committed.page(name.replace(".jsonl", ".md")).lines())
                    .containsAll(Committed.lines(name));
        }
    }

    // ------------------------------------------------------------------ keys folder

    @Test
    void of_two_banks_that_make_their_secrets_at_once_the_second_takes_those_of_the_first(
            @TempDir Path folder) throws IOException {
        Map<String, Secrets> first = new HashMap<>();
        Secrets second = Secrets.open(folder, true, new KnownRandom(bytes(0), bytes(0)) {
            @Override
            public void nextBytes(byte[] random) {
                // Between the look whether there is one and the making of it.
                first.computeIfAbsent("secrets", _ -> Secrets.open(
                        folder, true, new KnownRandom(bytes(64), bytes(32))));
                super.nextBytes(random);
            }
        });
        assertThat(second.master()).isEqualTo(bytes(64));
        assertThat(second.claims()).isEqualTo(bytes(32));
        assertThat(folder.resolve("master.key")).hasContent(HexFormat.of().formatHex(bytes(64)));
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void a_secret_is_one_line_of_hexadecimal_that_only_the_bank_can_read() throws IOException {
        Secrets made = Secrets.open(folder, true, new KnownRandom(bytes(64), bytes(32)));
        assertThat(Files.readString(folder.resolve("master.key"))).isEqualTo(
                "404142434445464748494a4b4c4d4e4f505152535455565758595a5b5c5d5e5f\n");
        assertThat(Files.readString(folder.resolve("claims.key"))).isEqualTo(
                "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f\n");
        assertThat(Files.getPosixFilePermissions(folder.resolve("master.key")))
                .hasToString("[OWNER_READ, OWNER_WRITE]");
        Secrets again = Secrets.open(folder, false, new KnownRandom());
        assertThat(again.master()).isEqualTo(made.master());
        assertThat(again.claims()).isEqualTo(made.claims());
    }

    /** RFC 3394, 4.6: wrap 256 bits of key data with a 256-bit key. */
    @Test
    void a_learner_s_key_is_wrapped_by_RFC_3394() throws Exception {
        byte[] data = HexFormat.of().parseHex(
                "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f");
        Path file = folder.resolve("keys.db");
        try (LearnerKeys keys = new LearnerKeys(
                file, new Secrets(bytes(0), bytes(32)), new KnownRandom(data))) {
            keys.create(Samples.LEARNER);
        }
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var rows = connection.createStatement()
                        .executeQuery("SELECT learner, wrapped FROM keys")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo("7K3M9Q2HX4T8W1ZC");
            assertThat(HexFormat.of().formatHex(rows.getBytes(2))).isEqualTo(
                    "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326"
                            + "cbc7f0e71a99f43bfb988b9b7a02dd21");
        }
    }

    // ------------------------------------------------------------------

    private LearnerKeys keys(byte[]... draws) {
        SecureRandom random = new KnownRandom(draws);
        return new LearnerKeys(folder.resolve("keys.db"), SECRETS, random);
    }

    /** 32 bytes that count up. */
    private static byte[] bytes(int from) {
        byte[] bytes = new byte[32];
        IntStream.range(0, 32).forEach(i -> bytes[i] = (byte) (from + i));
        return bytes;
    }

    private static <T> List<T> read(String name, Class<T> type) {
        return Committed.lines(name).stream()
                .map(line -> EntryFormat.JSON.readValue(line, type)).toList();
    }
}
