package creditbank.intake;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImportJobTest {

    @Test
    void every_refusal_has_a_name_to_be_kept_under() {
        assertThat(List.<Class<?>>copyOf(ImportJob.REFUSALS.values()))
                .containsExactlyInAnyOrderElementsOf(refusals(Refusal.class).toList());
    }

    @Test
    void a_description_of_old_that_does_not_say_how_far_it_has_come_is_read() throws IOException {
        String old = """
                {"id":"i","fileName":"rows.csv","profile":"native","profileYaml":"","dryRun":false,\
                "registerInstitution":false,"actor":"user/test","sha256":"00","state":"STOPPED",\
                "submittedAt":"2026-11-22T03:00:00Z"}""";
        ImportJob job = ImportJob.read("i", old.getBytes(StandardCharsets.UTF_8));
        assertThat(job.soFar()).isEqualTo(ImportJob.Reached.NOTHING);
        ImportJob further = job.reaching(new ImportJob.Reached(40, true));
        assertThat(ImportJob.read("i", further.write())).isEqualTo(further);
    }

    private static Stream<Class<?>> refusals(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ImportJobTest::refusals)
                : Stream.of(type);
    }
}
