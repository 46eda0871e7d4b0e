package creditbank.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.digest.DigestCommand.RecordDigest;
import creditbank.api.digest.DigestEvent.StateDigested;
import creditbank.api.digest.ProjectionName;
import creditbank.api.value.Digest;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DigestDecisionsTest {

    private static final ProjectionName ACCOUNTS = new ProjectionName("accounts");
    private static final Digest ONE = new Digest("1".repeat(64));
    private static final Digest OTHER = new Digest("2".repeat(64));

    private static RecordDigest of(int version, long entries, Digest digest) {
        return new RecordDigest(ACCOUNTS, version, entries, digest);
    }

    private static final Digests AFTER_NINE =
            Digests.evolve(Digests.NONE, new StateDigested(ACCOUNTS, 2, 9, ONE));

    @Test
    void a_digest_is_stated_as_it_was_made() {
        assertThat(of(2, 9, ONE).stream()).isEqualTo("digest/accounts");
        assertThat(Digests.decide(Digests.NONE, of(2, 9, ONE)))
                .containsExactly(new StateDigested(ACCOUNTS, 2, 9, ONE));
    }

    @Test
    void another_one_is_stated_of_more_entries_and_of_another_version() {
        assertThat(Digests.decide(AFTER_NINE, of(2, 10, ONE))).hasSize(1);
        assertThat(Digests.decide(AFTER_NINE, of(3, 4, OTHER))).hasSize(1);
    }

    @Test
    void what_was_stated_already_is_refused_and_so_is_an_older_one() {
        for (long entries : new long[] {9, 8}) {
            assertThatThrownBy(() -> Digests.decide(AFTER_NINE, of(2, entries, ONE)))
                    .isInstanceOfSatisfying(Refused.class, e -> assertThat(e.refusal())
                            .isEqualTo(new Refusal.DigestAlreadyRecorded("accounts", entries)));
        }
    }

    @Test
    void another_digest_of_the_same_entries_is_news() {
        assertThat(Digests.decide(AFTER_NINE, of(2, 9, OTHER))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Accounts", "a-b", "_a", "a/b"})
    void a_name_that_no_projection_has_is_none(String name) {
        assertThatThrownBy(() -> new ProjectionName(name)).isInstanceOf(Refused.class);
    }
}
