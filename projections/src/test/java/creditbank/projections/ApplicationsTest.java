package creditbank.projections;

import static creditbank.projections.Facts.LEARNER;
import static creditbank.projections.Facts.SCHOOL;
import static creditbank.projections.Facts.day;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.ApplicationEvent.Applicant;
import creditbank.api.account.ApplicationEvent.ApplicationAppealed;
import creditbank.api.account.ApplicationEvent.ApplicationRejected;
import creditbank.api.account.ApplicationEvent.ApplicationReturned;
import creditbank.api.account.ApplicationEvent.ApplicationSubmitted;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.Asking;
import creditbank.api.account.Desk;
import creditbank.api.account.Turn;
import creditbank.api.recognition.Attributes;
import creditbank.api.rulebook.StepBy;
import creditbank.projections.Applications.Application;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApplicationsTest {

    private static final LocalDate MARCH = day("2024-03-01");
    private static final Desk DESK = new Desk(StepBy.SCHOOL, SCHOOL);
    private static final Turn TURN = new Turn("college", DESK, null);

    private final Facts facts = new Facts();

    /** One waits for the school, one for the learner, one for the bank, one is rejected. */
    @BeforeEach
    void four_applications() {
        for (int number = 1; number <= 4; number++) {
            facts.fold(new ApplicationSubmitted(id(number), Facts.enrolment(1), SCHOOL,
                    Applicant.LEARNER, "user/learner",
                    new Asking(Facts.RULEBOOK, null, Attributes.NONE, null, null), MARCH, TURN));
        }
        facts.fold(new ApplicationReturned(id(2), "college", DESK, MARCH));
        for (int number = 3; number <= 4; number++) {
            facts.fold(new ApplicationRejected(id(number), "college", DESK, "user/dean", MARCH,
                    MARCH.plusDays(15)));
        }
        facts.fold(new ApplicationAppealed(id(3), MARCH));
    }

    private static ApplicationId id(int number) {
        return new ApplicationId(LEARNER, number);
    }

    private Application one(int number) {
        return Objects.requireNonNull(Applications.get(facts.shelf, id(number)));
    }

    private List<Application> page(Views.Range range) {
        return facts.shelf.page(Applications.APPLICATIONS, range).stream()
                .map(Views.Row::document).toList();
    }

    @Test
    void each_is_on_the_desk_of_who_is_to_do_something() {
        assertThat(page(Applications.waitingFor(SCHOOL, 10))).containsExactly(one(1));
        assertThat(page(Applications.waitingFor(LEARNER, 10))).containsExactly(one(2));
        assertThat(page(Applications.waitingForBank(10))).containsExactly(one(3));
        assertThat(one(1).turn()).isEqualTo(TURN);
    }

    @Test
    void none_is_on_a_desk_once_the_account_is_closed_for_good() {
        long at = facts.fold(new LearnerErased(LEARNER, List.of()));
        assertThat(page(Applications.waitingFor(SCHOOL, 10))).isEmpty();
        assertThat(page(Applications.waitingFor(LEARNER, 10))).isEmpty();
        assertThat(page(Applications.waitingForBank(10))).isEmpty();
        for (int number = 1; number <= 3; number++) {
            assertThat(one(number).closed()).isTrue();
            assertThat(one(number).turn()).isNull();
            assertThat(one(number).changedAt()).isEqualTo(at);
        }
        assertThat(one(4).closed()).isFalse();
        assertThat(page(Applications.ofSchool(SCHOOL, 10))).hasSize(4);
    }
}
