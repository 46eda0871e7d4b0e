package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Recorded;
import creditbank.formats.Committed;
import creditbank.projections.Concerned;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of entries hold every event there is. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrailAnswersTest {

    static List<Recorded> entries() {
        return Committed.entries().stream().map(example -> example.at(0)).toList();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void every_event_leads_on_to_what_it_happened_to(Recorded entry) {
        assertThat(TrailAnswers.about(entry.event())).matches("/api/[a-z]+/[A-Za-z0-9/-]+");
    }

    @ParameterizedTest
    @MethodSource("entries")
    void an_entry_concerns_whom_it_was_written_for_and_the_learner_of_its_stream(Recorded entry) {
        if (entry.onBehalfOf() != null && entry.onBehalfOf().startsWith("institution/")) {
            assertThat(Concerned.institutions(entry)).first()
                    .hasToString(entry.onBehalfOf().substring("institution/".length()));
        }
        boolean ofLearner = entry.stream().matches("(learner|access)/.*");
        assertThat(Concerned.learner(entry.event()) != null).isEqualTo(ofLearner);
    }
}
