package creditbank.intake;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Refusal;
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

    private static Stream<Class<?>> refusals(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ImportJobTest::refusals)
                : Stream.of(type);
    }
}
