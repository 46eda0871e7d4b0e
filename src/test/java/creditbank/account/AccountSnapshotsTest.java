package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.formats.Committed;
import creditbank.formats.Committed.Example;
import creditbank.formats.Samples;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccountSnapshotsTest {

    /** Where this fails because the shape was changed on purpose, SHAPE goes up with it. */
    @Test
    void a_snapshot_of_this_shape_is_read_and_written_as_it_ever_was() {
        Account.Open account = examples();
        String kept = Committed.text("snapshot-" + AccountSnapshots.SHAPE + ".json").strip();
        assertThat(new String(AccountSnapshots.write(account), StandardCharsets.UTF_8))
                .isEqualTo(kept);
        assertThat(AccountSnapshots.read(kept.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(account);
    }

    @Test
    void the_page_shows_the_example() {
        assertThat(Committed.page("views-db.md").lines())
                .contains(Committed.text("snapshot-1.json").strip());
    }

    /** The account of the examples, before it is erased. */
    private static Account.Open examples() {
        Account state = Account.NONE;
        for (Example example : Committed.entries()) {
            if (example.at(0).event() instanceof AccountEvent event
                    && event.learner().equals(Samples.LEARNER)
                    && !(event instanceof LearnerErased)) {
                state = Account.evolve(state, event);
            }
        }
        return (Account.Open) state;
    }
}
