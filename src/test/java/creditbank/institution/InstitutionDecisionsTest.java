package creditbank.institution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Fixtures;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionCommand;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionCommand.ReinstateInstitution;
import creditbank.api.institution.InstitutionCommand.SuspendInstitution;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionEvent.InstitutionReinstated;
import creditbank.api.institution.InstitutionEvent.InstitutionSuspended;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Claim;
import creditbank.api.value.Country;
import creditbank.api.value.OrganisationCode;
import creditbank.api.value.Reason;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import java.util.List;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InstitutionDecisionsTest {

    private static final InstitutionId ID = new InstitutionId("dandong-tech");
    private static final Reason REASON = new Reason.Clear("年检未通过");
    private static final OrganisationCode CODE = new OrganisationCode("91350100M000100Y43");
    private static final Claim CLAIM = new Claim("organisation/4zQ_k-9aBcDeFgHiJkLmNo");

    private static final RegisterInstitution REGISTER = new RegisterInstitution(ID, "丹东职业技术学院",
            Sector.VOCATIONAL, InstitutionKind.COLLEGE, new Region("210600"), null, CODE, CLAIM);
    private static final InstitutionEvent REGISTERED = new InstitutionRegistered(ID, "丹东职业技术学院",
            Sector.VOCATIONAL, InstitutionKind.COLLEGE, new Region("210600"), null, CODE,
            List.of(CLAIM));
    private static final InstitutionEvent SUSPENDED = new InstitutionSuspended(ID);
    private static final InstitutionEvent REINSTATED = new InstitutionReinstated(ID);

    @Test
    void an_institution_is_registered_and_its_organisation_code_claimed() {
        when(given(), REGISTER).expectEvents(REGISTERED);
    }

    @Test
    void a_body_abroad_is_registered_without_region_and_code() {
        when(given(), new RegisterInstitution(ID, "Meister School", Sector.VOCATIONAL,
                InstitutionKind.FOREIGN_BODY, null, null, null, null))
                .expectEvents(new InstitutionRegistered(ID, "Meister School", Sector.VOCATIONAL,
                        InstitutionKind.FOREIGN_BODY, null, null, null, List.of()));
    }

    @Test
    void a_body_abroad_may_say_its_country_and_is_one_of_those_it_stands_for() {
        Country southAfrica = new Country("ZA");
        InstitutionEvent registered = new InstitutionRegistered(ID, "College", Sector.VOCATIONAL,
                InstitutionKind.COLLEGE, null, southAfrica, null, List.of());
        when(given(), new RegisterInstitution(ID, "College", Sector.VOCATIONAL,
                InstitutionKind.COLLEGE, null, southAfrica, null, null))
                .expectEvents(registered);
        assertThat(Institution.standingFor(fold(registered, SUSPENDED, REINSTATED), ID))
                .hasToString("[institution/dandong-tech, country/ZA]");
    }

    @Test
    void an_institution_is_registered_once() {
        refused(when(given(REGISTERED), REGISTER),
                new Refusal.InstitutionAlreadyRegistered(ID));
        refused(when(given(REGISTERED, SUSPENDED), REGISTER),
                new Refusal.InstitutionAlreadyRegistered(ID));
    }

    @Test
    void an_institution_is_suspended_reinstated_and_suspended_again() {
        when(given(REGISTERED), new SuspendInstitution(ID, REASON)).expectEvents(SUSPENDED);
        when(given(REGISTERED, SUSPENDED), new ReinstateInstitution(ID, REASON))
                .expectEvents(REINSTATED);
        when(given(REGISTERED, SUSPENDED, REINSTATED), new SuspendInstitution(ID, REASON))
                .expectEvents(SUSPENDED);
    }

    @Test
    void a_suspended_institution_cannot_be_suspended() {
        refused(when(given(REGISTERED, SUSPENDED), new SuspendInstitution(ID, REASON)),
                new Refusal.InstitutionSuspended(ID));
    }

    @Test
    void an_institution_that_is_not_suspended_cannot_be_reinstated() {
        refused(when(given(REGISTERED), new ReinstateInstitution(ID, REASON)),
                new Refusal.InstitutionNotSuspended(ID));
        refused(when(given(REGISTERED, SUSPENDED, REINSTATED),
                new ReinstateInstitution(ID, REASON)), new Refusal.InstitutionNotSuspended(ID));
    }

    @Test
    void an_unknown_institution_is_neither_suspended_nor_reinstated() {
        refused(when(given(), new SuspendInstitution(ID, REASON)),
                new Refusal.InstitutionUnknown("dandong-tech"));
        refused(when(given(), new ReinstateInstitution(ID, REASON)),
                new Refusal.InstitutionUnknown("dandong-tech"));
    }

    @Test
    void only_an_active_institution_records() {
        assertThat(Institution.recordingSector(
                fold(REGISTERED, SUSPENDED, REINSTATED), ID)).isEqualTo(Sector.VOCATIONAL);
        assertThatThrownBy(() -> Institution.recordingSector(fold(REGISTERED, SUSPENDED), ID))
                .isInstanceOf(Refused.class).hasMessage("institution-suspended");
        assertThatThrownBy(() -> Institution.recordingSector(Institution.NONE, ID))
                .isInstanceOf(Refused.class).hasMessage("institution-unknown");
    }

    @Test
    void what_later_decisions_need_of_an_institution_stays_through_a_suspension() {
        Region region = new Region("210600");
        assertThat(fold(REGISTERED)).isEqualTo(new Institution.Active(
                Sector.VOCATIONAL, InstitutionKind.COLLEGE, region, null));
        assertThat(fold(REGISTERED, SUSPENDED)).isEqualTo(new Institution.Suspended(
                Sector.VOCATIONAL, InstitutionKind.COLLEGE, region, null));
        assertThat(fold(REGISTERED, SUSPENDED, REINSTATED)).isEqualTo(fold(REGISTERED));
    }

    private static Institution fold(InstitutionEvent... events) {
        Institution state = Institution.NONE;
        for (InstitutionEvent event : events) {
            state = Institution.evolve(state, event);
        }
        return state;
    }

    private static List<InstitutionEvent> given(InstitutionEvent... events) {
        return List.of(events);
    }

    private static ResultValidator<InstitutionAggregate> when(
            List<InstitutionEvent> given, InstitutionCommand command) {
        return Fixtures.when(InstitutionAggregate.class, given, command);
    }

    private static void refused(ResultValidator<?> result, Refusal refusal) {
        Fixtures.refused(result, refusal);
    }
}
