package creditbank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.projections.Enrolments;
import creditbank.projections.Programmes;
import creditbank.projections.Agreements;
import creditbank.projections.Applications;
import creditbank.projections.Rulebooks;
import creditbank.rulebook.Enactment;
import creditbank.rulebook.Rulebook;
import creditbank.security.Users;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FirstStartTest {

    private static final Pattern PASSWORD = Pattern.compile("  learner +([0-9A-Z]{16})  ");
    private static final Pattern ACCOUNT = Pattern.compile("reads account ([0-9A-Z]{16})");

    @TempDir
    Path folder;

    @Test
    void passwords_are_shown_once_also_if_the_first_start_fails_at_the_port() throws Exception {
        Path data = folder.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(data, taken.getLocalPort()));
        }
        assertThat(data.resolve("users.yaml")).doesNotExist();
        String first = printed(data);
        Matcher password = PASSWORD.matcher(first);
        Matcher account = ACCOUNT.matcher(first);
        assertThat(password.find() && account.find()).as(first).isTrue();
        assertThat(Files.readString(data.resolve("users.yaml"))).contains("$2")
                .doesNotContain(password.group(1));
        assertThat(printed(data)).contains("is open at").doesNotContain("shown this once");
    }

    @Test
    void the_sample_shows_a_learner_on_the_way_through_all_kinds_of_schools() {
        Path data = folder.resolve("data");
        try (ConfigurableApplicationContext application = start(data, 0)) {
            Bank bank = application.getBean(Bank.class);
            assertThat(bank.ledger().reader().size()).isGreaterThan(250);
            bank.follower().catchUp(_ -> { });
            assertThat(bank.views().page(Rulebooks.RULEBOOKS, Rulebooks.of(null, 100)))
                    .extracting(r -> r.document().rulebook() + " " + r.document().status())
                    .containsExactlyElementsOf(shippedWithoutLastDay());
            assertThat(bank.views().page(Programmes.PROGRAMMES, Programmes.of(null, null, 9)))
                    .extracting(r -> r.document().newest() + " "
                            + r.document().plan().institution())
                    .containsExactly("sample-mechatronics@1 sample-vocational-college",
                            "sample-open-automation@1 sample-open-university");
            // Courses of the vocational school, and of the college, count under their codes.
            assertThat(codes(bank, "sample-mechatronics")).contains("ZZ-JX", "ZZ-DG", "GZ-PLC");
            assertThat(codes(bank, "sample-open-automation")).contains("GZ-PLC", "KF-GL");
            assertThat(Agreements.page(bank.views(), null, null, 100))
                    .extracting(a -> a.document().agreement() + " " + a.document().status())
                    .containsExactly("sample-college-and-open-university IN_FORCE",
                            "sample-x-certificates IN_FORCE");
            // 中职 → 高职 → open university: what counts there, and from where.
            LearnerId learner = learner(data);
            assertThat(bank.views().page(Enrolments.ENROLMENTS, Enrolments.ofLearner(learner, 9)))
                    .extracting(r -> r.document().programme() + " " + r.document().lines().stream()
                            .map(line -> line.evidence().number() + " → " + line.target()).toList())
                    .containsExactly("sample-mechatronics@1 [8 → course/GZ-RB]",
                            "sample-open-automation@1 [7 → course/GZ-RB]");
            assertThat(bank.views().page(Applications.APPLICATIONS, Applications.ofSchool(
                    new InstitutionId("sample-vocational-college"), 9)))
                    .extracting(r -> r.document().standing().getClass().getSimpleName() + " "
                            + r.document().acts().size())
                    .containsExactly("Waiting 2", "Approved 5");
            // Filled again, as after a start that was cut short, it stays the same.
            Path users = data.resolve("users.yaml");
            long before = bank.ledger().reader().size();
            assertThat(users).exists();
            assertThat(users.toFile().delete()).isTrue();
            application.close();
            try (ConfigurableApplicationContext again = start(data, 0)) {
                assertThat(again.getBean(Bank.class).ledger().reader().size())
                        .isEqualTo(before);
            }
        }
    }

    @Test
    void users_made_anew_without_the_sample_are_none_of_the_sample() throws Exception {
        Path data = folder.resolve("data");
        assertThat(printed(data)).contains("  college ");
        Files.delete(data.resolve("users.yaml"));
        assertThat(printed(data, "--creditbank.sample=false")).contains("  registrar ")
                .doesNotContain("  college ").doesNotContain("  learner ");
    }

    /** Whose account the sample's learner reads. */
    private static LearnerId learner(Path data) {
        return Objects.requireNonNull(
                Users.read(data.resolve("users.yaml")).find("learner").orElseThrow().learner());
    }

    private static List<String> codes(Bank bank, String programme) {
        return bank.programmes().plan(new ProgrammeVersion(new ProgrammeId(programme), 1))
                .courses().stream().map(Plan.Course::code).toList();
    }

    /** In the order of their names, which the view keeps too. */
    private static List<String> shippedWithoutLastDay() {
        try (Stream<Path> files = Files.list(Path.of("main/resources/rulebooks"))) {
            return files.filter(f -> f.toString().endsWith(".yaml")).map(FirstStartTest::read)
                    .filter(r -> r.head().inForce().until() == null)
                    .map(r -> r.version() + " IN_FORCE").sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rulebook read(Path file) {
        try {
            return Enactment.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String printed(Path data, String... more) {
        PrintStream out = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            start(data, 0, more).close();
        } finally {
            System.setOut(out);
        }
        return caught.toString(StandardCharsets.UTF_8);
    }

    private static ConfigurableApplicationContext start(Path data, int port, String... more) {
        List<String> settings = new ArrayList<>(List.of(more));
        settings.addAll(List.of("--creditbank.data=" + data, "--server.port=" + port));
        return new SpringApplicationBuilder(Creditbank.class)
                .run(settings.toArray(String[]::new));
    }
}
