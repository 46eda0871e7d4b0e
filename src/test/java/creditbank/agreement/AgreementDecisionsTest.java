package creditbank.agreement;

import static creditbank.agreement.Terms.ID;
import static creditbank.agreement.Terms.RULES;
import static creditbank.agreement.Terms.between;
import static creditbank.agreement.Terms.party;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import creditbank.Fixtures;
import creditbank.agreement.Agreement.Wish;
import creditbank.api.Refusal;
import creditbank.api.agreement.AgreementCommand;
import creditbank.api.agreement.AgreementCommand.AcceptAgreement;
import creditbank.api.agreement.AgreementCommand.EndAgreement;
import creditbank.api.agreement.AgreementCommand.ProposeAgreement;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.agreement.AgreementEvent.AgreementAccepted;
import creditbank.api.agreement.AgreementEvent.AgreementEnded;
import creditbank.api.agreement.AgreementEvent.AgreementProposed;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.agreement.Direction;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.RulebookId;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.value.Reason;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import creditbank.enactment.ApprovedRulebooks;
import creditbank.institution.Institution;
import creditbank.institution.InstitutionRoll;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Today is 2026-06-15. The college and the shut school sit in Dandong, the university abroad. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AgreementDecisionsTest {

    private static final Clock CLOCK =
            Clock.fixed(Instant.parse("2026-06-15T04:00:00Z"), ZoneOffset.UTC);
    private static final Reason REASON = new Reason.Clear("协商终止");
    private static final String ONE = "user/college";
    private static final String OTHER = "user/university";
    private static final Party COLLEGE = party("institution/college");
    private static final Party UNIVERSITY = party("institution/university");
    private static final Party SHUT = party("institution/shut-school");
    private static final Party PROVINCE = party("region/210000");
    private static final Party KOREA = party("bank/kr-acbs");

    private static final InstitutionRoll ROLL = id -> switch (id.text()) {
        case "college" -> new Institution.Active(
                Sector.VOCATIONAL, InstitutionKind.COLLEGE, new Region("210604"), null);
        case "university" -> new Institution.Active(
                Sector.ADULT, InstitutionKind.FOREIGN_BODY, null, null);
        case "shut-school" -> new Institution.Suspended(
                Sector.GENERAL, InstitutionKind.SCHOOL, new Region("210600"), null);
        default -> Institution.NONE;
    };
    private static final ApprovedRulebooks APPROVED = RULES::equals;

    private static final AgreementTerms TERMS =
            between("2026-01-01", null, COLLEGE, UNIVERSITY);
    private static final AgreementEvent PROPOSED =
            new AgreementProposed(ID, TERMS, COLLEGE, ONE);
    private static final AgreementEvent ACCEPTED = new AgreementAccepted(ID, UNIVERSITY, OTHER);
    private static final AgreementEvent TAKEN_BACK = new AgreementEnded(ID, COLLEGE, null);

    private static ProposeAgreement propose(AgreementTerms terms, Party party) {
        return new ProposeAgreement(ID, terms, party, ONE);
    }

    private static AcceptAgreement accept(Party party, String by) {
        return new AcceptAgreement(ID, party, by);
    }

    private static EndAgreement end(Party party, @Nullable String until) {
        return new EndAgreement(
                ID, party, until == null ? null : LocalDate.parse(until), REASON);
    }

    private static AgreementEvent ended(Party party, String until) {
        return new AgreementEnded(ID, party, LocalDate.parse(until));
    }

    // ------------------------------------------------------------------ propose

    @Test
    void a_party_proposes_and_so_has_agreed_itself() {
        when(given(), propose(TERMS, COLLEGE)).expectEvents(PROPOSED);
        assertThat(fold(PROPOSED)).isEqualTo(
                new Agreement.Proposed(TERMS, ONE, Set.of(COLLEGE)));
    }

    @Test
    void an_agreement_is_proposed_once_and_anew_only_after_its_proposal_was_taken_back() {
        refused(when(given(PROPOSED), propose(TERMS, COLLEGE)),
                new Refusal.AgreementAlreadyProposed(ID));
        AgreementTerms other = between("2027-01-01", "2030-12-31", COLLEGE, KOREA);
        when(given(PROPOSED, TAKEN_BACK), propose(other, COLLEGE))
                .expectEvents(new AgreementProposed(ID, other, COLLEGE, ONE));
    }

    @Test
    void the_id_of_a_concluded_agreement_is_never_given_again_though_it_was_ended() {
        refused(when(given(PROPOSED, ACCEPTED), propose(TERMS, COLLEGE)),
                new Refusal.AgreementAlreadyConcluded(ID));
        refused(when(given(PROPOSED, ACCEPTED, ended(COLLEGE, "2026-06-15")),
                propose(TERMS, COLLEGE)), new Refusal.AgreementAlreadyConcluded(ID));
    }

    @Test
    void who_proposes_is_a_party() {
        refused(when(given(), propose(TERMS, KOREA)),
                new Refusal.NotAPartyOfAgreement(ID, KOREA));
    }

    @Test
    void every_institution_named_is_registered_and_the_proposing_one_active() {
        Party unknown = party("institution/nowhere");
        refused(when(given(), propose(between("2026-01-01", null, COLLEGE, unknown), COLLEGE)),
                new Refusal.InstitutionUnknown("nowhere"));
        AgreementTerms withShut = between("2026-01-01", null, COLLEGE, SHUT);
        refused(when(given(), propose(withShut, SHUT)),
                new Refusal.InstitutionSuspended(new InstitutionId("shut-school")));
        when(given(), propose(withShut, COLLEGE))
                .expectEvents(new AgreementProposed(ID, withShut, COLLEGE, ONE));
    }

    @Test
    void every_rulebook_named_was_approved_at_some_time() {
        RulebookId unknown = new RulebookId("unknown");
        refused(when(given(), propose(new AgreementTerms("协议", TERMS.parties(),
                        List.of(RULES, unknown), TERMS.directions(), TERMS.inForce()), COLLEGE)),
                new Refusal.RulebookNeverApproved(unknown));
    }

    @ParameterizedTest
    @CsvSource({
        "institution/college, region/210604", "institution/college, region/210600",
        "institution/college, region/210000", "institution/college, country/CN",
        "region/210600, region/210000", "region/210604, region/210600",
        "region/210000, country/CN"})
    void nobody_exchanges_with_a_part_of_itself_in_either_direction(Party inner, Party outer) {
        for (List<Direction> directions : List.of(List.of(new Direction(inner, outer)),
                List.of(new Direction(outer, inner)))) {
            refused(when(given(), propose(Terms.with("2026-01-01", null, directions, inner,
                    outer), inner)), new Refusal.AgreementCircular(ID, inner, outer));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "institution/college, region/210200", "institution/college, region/110000",
        "institution/university, country/CN", "region/210600, region/210200",
        "region/210600, country/KR", "institution/college, institution/shut-school"})
    void who_lies_beside_each_other_may_exchange(Party one, Party other) {
        AgreementTerms terms = between("2026-01-01", null, one, other);
        when(given(), propose(terms, one))
                .expectEvents(new AgreementProposed(ID, terms, one, ONE));
    }

    /** A province may well sign together with a college in it, as long as both look elsewhere. */
    @Test
    void a_party_within_another_is_no_circle_where_they_do_not_exchange() {
        AgreementTerms terms = Terms.with("2026-01-01", null, List.of(
                new Direction(KOREA, COLLEGE), new Direction(KOREA, PROVINCE)),
                COLLEGE, PROVINCE, KOREA);
        when(given(), propose(terms, COLLEGE))
                .expectEvents(new AgreementProposed(ID, terms, COLLEGE, ONE));
    }

    // ------------------------------------------------------------------ accept

    @Test
    void with_the_last_party_that_accepts_it_is_in_force_on_its_days() {
        when(given(PROPOSED), accept(UNIVERSITY, OTHER)).expectEvents(ACCEPTED);
        assertThat(fold(PROPOSED, ACCEPTED))
                .isEqualTo(new Agreement.Concluded(TERMS, TERMS.inForce()));
        AgreementEvent three = new AgreementProposed(
                ID, between("2026-01-01", null, COLLEGE, UNIVERSITY, KOREA), COLLEGE, ONE);
        assertThat(fold(three, ACCEPTED)).isInstanceOf(Agreement.Proposed.class);
        assertThat(fold(three, ACCEPTED, new AgreementAccepted(ID, KOREA, "user/registrar")))
                .isInstanceOf(Agreement.Concluded.class);
    }

    @Test
    void who_proposed_it_does_not_accept_it_for_another_party() {
        refused(when(given(PROPOSED), accept(UNIVERSITY, ONE)),
                new Refusal.AgreementAcceptedByProposer(ID));
    }

    @Test
    void a_party_accepts_once_and_the_proposing_one_has_already() {
        refused(when(given(PROPOSED), accept(COLLEGE, OTHER)),
                new Refusal.AgreementAlreadyAccepted(ID, COLLEGE));
        refused(when(given(new AgreementProposed(ID, between("2026-01-01", null, COLLEGE,
                        UNIVERSITY, KOREA), COLLEGE, ONE), ACCEPTED), accept(UNIVERSITY, OTHER)),
                new Refusal.AgreementAlreadyAccepted(ID, UNIVERSITY));
    }

    @Test
    void only_a_party_accepts() {
        refused(when(given(PROPOSED), accept(KOREA, OTHER)),
                new Refusal.NotAPartyOfAgreement(ID, KOREA));
    }

    @Test
    void a_suspended_institution_does_not_accept() {
        refused(when(given(new AgreementProposed(ID,
                        between("2026-01-01", null, COLLEGE, SHUT), COLLEGE, ONE)),
                accept(SHUT, OTHER)),
                new Refusal.InstitutionSuspended(new InstitutionId("shut-school")));
    }

    @Test
    void what_is_not_proposed_is_not_accepted() {
        refused(when(given(), accept(UNIVERSITY, OTHER)), new Refusal.AgreementUnknown(ID));
        refused(when(given(PROPOSED, TAKEN_BACK), accept(UNIVERSITY, OTHER)),
                new Refusal.AgreementTakenBack(ID));
        refused(when(given(PROPOSED, ACCEPTED), accept(UNIVERSITY, OTHER)),
                new Refusal.AgreementAlreadyConcluded(ID));
    }

    // ------------------------------------------------------------------ end

    @Test
    void a_proposal_is_taken_back_by_one_party_or_declined_by_another() {
        when(given(PROPOSED), end(COLLEGE, null)).expectEvents(TAKEN_BACK);
        when(given(PROPOSED), end(UNIVERSITY, null))
                .expectEvents(new AgreementEnded(ID, UNIVERSITY, null));
        refused(when(given(PROPOSED, TAKEN_BACK), end(COLLEGE, null)),
                new Refusal.AgreementTakenBack(ID));
        refused(when(given(), end(COLLEGE, null)), new Refusal.AgreementUnknown(ID));
    }

    @Test
    void an_agreement_in_force_is_ended_by_any_party_today_at_the_earliest() {
        when(given(PROPOSED, ACCEPTED), end(UNIVERSITY, "2026-06-15"))
                .expectEvents(ended(UNIVERSITY, "2026-06-15"));
        refused(when(given(PROPOSED, ACCEPTED), end(COLLEGE, "2026-06-14")),
                new Refusal.AgreementDayPassed(ID, LocalDate.parse("2026-06-14"),
                        LocalDate.parse("2026-06-15")));
    }

    @Test
    void only_a_party_ends_it() {
        refused(when(given(PROPOSED), end(KOREA, null)),
                new Refusal.NotAPartyOfAgreement(ID, KOREA));
        refused(when(given(PROPOSED, ACCEPTED), end(KOREA, "2026-12-31")),
                new Refusal.NotAPartyOfAgreement(ID, KOREA));
    }

    /** Somebody who means to take a proposal back must not end what was concluded meanwhile. */
    @Test
    void a_concluded_agreement_ends_only_with_a_last_day_and_a_proposal_only_without() {
        refused(when(given(PROPOSED, ACCEPTED), end(COLLEGE, null)),
                new Refusal.AgreementAlreadyConcluded(ID));
        refused(when(given(PROPOSED), end(COLLEGE, "2026-12-31")),
                new Refusal.AgreementNotConcluded(ID));
    }

    @Test
    void an_end_is_brought_forward_and_never_put_off() {
        AgreementEvent ended = ended(COLLEGE, "2026-12-31");
        when(given(PROPOSED, ACCEPTED, ended), end(UNIVERSITY, "2026-12-30"))
                .expectEvents(ended(UNIVERSITY, "2026-12-30"));
        for (String later : List.of("2026-12-31", "2027-01-01")) {
            refused(when(given(PROPOSED, ACCEPTED, ended), end(UNIVERSITY, later)),
                    new Refusal.AgreementEndsSooner(ID, LocalDate.parse("2026-12-31")));
        }
    }

    // ------------------------------------------------------------------ what it allows

    private static Wish wish(Party issuer, Party awarding, String day) {
        return new Wish(standingFor(issuer), standingFor(awarding), RULES, LocalDate.parse(day));
    }

    private static List<Party> standingFor(Party party) {
        InstitutionId id = party.institution();
        return id == null ? List.of(party) : Institution.standingFor(ROLL.apply(id), id);
    }

    private static @Nullable Refusal objection(Agreement state, Wish wish) {
        return Agreement.objection(state, ID, wish);
    }

    @Test
    void nothing_is_allowed_by_what_is_not_in_force_on_the_day() {
        LocalDate day = LocalDate.parse("2026-06-15");
        Wish wish = wish(COLLEGE, UNIVERSITY, "2026-06-15");
        assertThat(objection(Agreement.NONE, wish)).isEqualTo(new Refusal.AgreementUnknown(ID));
        for (Agreement not : List.of(fold(PROPOSED), fold(PROPOSED, TAKEN_BACK),
                fold(new AgreementProposed(ID, between("2026-06-16", null, COLLEGE, UNIVERSITY),
                        COLLEGE, ONE), ACCEPTED))) {
            assertThat(objection(not, wish)).isEqualTo(new Refusal.AgreementNotInForce(ID, day));
        }
        Agreement ended = fold(PROPOSED, ACCEPTED, ended(COLLEGE, "2026-06-15"));
        assertThat(objection(ended, wish)).isNull();
        assertThat(objection(ended, wish(COLLEGE, UNIVERSITY, "2026-06-16")))
                .isEqualTo(new Refusal.AgreementNotInForce(ID, day.plusDays(1)));
    }

    @Test
    void an_outcome_counts_only_in_a_direction_that_is_named() {
        Agreement oneWay = fold(new AgreementProposed(ID, Terms.with("2026-01-01", null,
                List.of(new Direction(COLLEGE, UNIVERSITY)), COLLEGE, UNIVERSITY), COLLEGE, ONE),
                ACCEPTED);
        assertThat(objection(oneWay, wish(COLLEGE, UNIVERSITY, "2026-06-15"))).isNull();
        assertThat(objection(oneWay, wish(UNIVERSITY, COLLEGE, "2026-06-15"))).isEqualTo(
                new Refusal.AgreementWithoutDirection(ID, UNIVERSITY, COLLEGE));
        assertThat(objection(oneWay, wish(SHUT, UNIVERSITY, "2026-06-15"))).isEqualTo(
                new Refusal.AgreementWithoutDirection(ID, SHUT, UNIVERSITY));
    }

    @Test
    void whoever_accepts_the_outcomes_of_others_counts_its_own_under_the_same_rules() {
        Agreement oneWay = fold(new AgreementProposed(ID, Terms.with("2026-01-01", null,
                List.of(new Direction(COLLEGE, UNIVERSITY)), COLLEGE, UNIVERSITY), COLLEGE, ONE),
                ACCEPTED);
        assertThat(objection(oneWay, wish(UNIVERSITY, UNIVERSITY, "2026-06-15"))).isNull();
        assertThat(objection(oneWay, wish(COLLEGE, COLLEGE, "2026-06-15"))).isEqualTo(
                new Refusal.AgreementWithoutDirection(ID, COLLEGE, COLLEGE));
    }

    @ParameterizedTest
    @CsvSource({"region/210604, true", "region/210600, true", "region/210000, true",
        "country/CN, true", "region/210200, false", "region/210605, false", "country/KR, false",
        "institution/shut-school, false"})
    void a_region_or_a_country_stands_for_the_institutions_in_it(Party signed, boolean stands) {
        Agreement agreed = fold(
                new AgreementProposed(ID, between("2026-01-01", null, signed, UNIVERSITY),
                        signed, ONE), ACCEPTED);
        assertThat(objection(agreed, wish(COLLEGE, UNIVERSITY, "2026-06-15")) == null)
                .isEqualTo(stands);
        assertThat(objection(agreed, wish(UNIVERSITY, COLLEGE, "2026-06-15")) == null)
                .isEqualTo(stands);
    }

    @Test
    void nothing_counts_under_a_rulebook_that_it_does_not_name() {
        RulebookId other = new RulebookId("other");
        Agreement agreed = fold(PROPOSED, ACCEPTED);
        assertThat(objection(agreed, new Wish(List.of(COLLEGE), List.of(UNIVERSITY), other,
                LocalDate.parse("2026-06-15"))))
                .isEqualTo(new Refusal.AgreementWithoutRulebook(ID, other));
    }

    // ------------------------------------------------------------------ what cannot follow

    @Test
    void a_fold_does_not_take_what_cannot_have_been_decided() {
        for (List<AgreementEvent> impossible : List.of(
                List.of(ACCEPTED), List.of(TAKEN_BACK), List.of(PROPOSED, PROPOSED),
                List.<AgreementEvent>of(new AgreementProposed(ID, TERMS, KOREA, ONE)),
                List.of(PROPOSED, new AgreementAccepted(ID, COLLEGE, OTHER)),
                List.of(PROPOSED, new AgreementAccepted(ID, UNIVERSITY, ONE)),
                List.of(PROPOSED, new AgreementAccepted(ID, KOREA, OTHER)),
                List.of(PROPOSED, new AgreementEnded(ID, KOREA, null)),
                List.of(PROPOSED, ended(COLLEGE, "2026-12-31")),
                List.of(PROPOSED, TAKEN_BACK, ACCEPTED), List.of(PROPOSED, ACCEPTED, ACCEPTED),
                List.of(PROPOSED, ACCEPTED, TAKEN_BACK), List.of(PROPOSED, ACCEPTED, PROPOSED),
                List.of(PROPOSED, ACCEPTED, ended(KOREA, "2026-12-31")),
                List.of(PROPOSED, ACCEPTED, ended(COLLEGE, "2026-12-31"),
                        ended(COLLEGE, "2026-12-31")))) {
            assertThatThrownBy(() -> fold(impossible.toArray(AgreementEvent[]::new)))
                    .as("" + impossible).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot follow");
        }
        assertThat(fold(PROPOSED, ACCEPTED, ended(COLLEGE, "2026-12-31"))).isEqualTo(
                new Agreement.Concluded(TERMS, new DaysInForce(
                        LocalDate.parse("2026-01-01"), LocalDate.parse("2026-12-31"))));
    }

    private static Agreement fold(AgreementEvent... events) {
        Agreement state = Agreement.NONE;
        for (AgreementEvent event : events) {
            state = Agreement.evolve(state, event);
        }
        return state;
    }

    private static List<AgreementEvent> given(AgreementEvent... events) {
        return List.of(events);
    }

    private static ResultValidator<AgreementAggregate> when(
            List<AgreementEvent> given, AgreementCommand command) {
        return Fixtures.when(AgreementAggregate.class, given, command, ROLL, APPROVED, CLOCK);
    }

    private static void refused(ResultValidator<?> result, Refusal refusal) {
        Fixtures.refused(result, refusal);
    }
}
