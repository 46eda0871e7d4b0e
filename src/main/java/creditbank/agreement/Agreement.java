package creditbank.agreement;

import static creditbank.api.Refused.refuseIf;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.agreement.AgreementCommand;
import creditbank.api.agreement.AgreementCommand.AcceptAgreement;
import creditbank.api.agreement.AgreementCommand.EndAgreement;
import creditbank.api.agreement.AgreementCommand.ProposeAgreement;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.agreement.AgreementEvent.AgreementAccepted;
import creditbank.api.agreement.AgreementEvent.AgreementEnded;
import creditbank.api.agreement.AgreementEvent.AgreementProposed;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.agreement.Direction;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.RulebookId;
import creditbank.api.rulebook.DaysInForce;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * How an agreement comes about and ends.
 *
 * <p>An id belongs to one agreement for ever once all its parties have agreed, because decisions
 * name it; until then a proposal may be taken back or declined, and its id be proposed anew. What
 * was in force on a day that has come stays in force on that day: people relied on it.
 */
public sealed interface Agreement {

    record Unproposed() implements Agreement {
    }

    /** @param agreed the parties that have, the proposing one among them; never all */
    record Proposed(AgreementTerms terms, String proposedBy, Set<Party> agreed)
            implements Agreement {

        public Proposed {
            agreed = Set.copyOf(agreed);
        }
    }

    /**
     * All parties have agreed.
     *
     * @param inForce the days of its terms, or fewer if it was ended
     */
    record Concluded(AgreementTerms terms, DaysInForce inForce) implements Agreement {
    }

    /** As a proposal, by whom it came from or by whom it was meant for. */
    record TakenBack() implements Agreement {
    }

    Agreement NONE = new Unproposed();

    // ------------------------------------------------------------------ decide

    /**
     * @param institutions how each institution stands
     * @param approved     whether any version of a rulebook was ever approved
     * @param today        the bank's business day
     */
    static List<AgreementEvent> decide(Agreement state, AgreementCommand command,
            Function<InstitutionId, Institution> institutions, Predicate<RulebookId> approved,
            LocalDate today) {
        return List.of(switch (command) {
            case ProposeAgreement c -> propose(state, c, institutions, approved);
            case AcceptAgreement c -> accept(state, c, institutions);
            case EndAgreement c -> end(state, c, today);
        });
    }

    private static AgreementEvent propose(Agreement state, ProposeAgreement c,
            Function<InstitutionId, Institution> institutions, Predicate<RulebookId> approved) {
        refuseIf(state instanceof Proposed,
                () -> new Refusal.AgreementAlreadyProposed(c.agreement()));
        refuseIf(state instanceof Concluded,
                () -> new Refusal.AgreementAlreadyConcluded(c.agreement()));
        refuseIfNoParty(c, c.terms());
        refuseIfCircular(c.agreement(), c.terms(), institutions);
        refuseIfInactive(c.party(), institutions);
        for (RulebookId rulebook : c.terms().rulebooks()) {
            refuseIf(!approved.test(rulebook),
                    () -> new Refusal.RulebookNeverApproved(rulebook));
        }
        return new AgreementProposed(c.agreement(), c.terms(), c.party(), c.proposer());
    }

    private static AgreementEvent accept(Agreement state, AcceptAgreement c,
            Function<InstitutionId, Institution> institutions) {
        Proposed proposal = switch (state) {
            case Proposed proposed -> proposed;
            case Concluded _ -> throw alreadyConcluded(c);
            case TakenBack _ -> throw takenBack(c);
            case Unproposed _ -> throw unknown(c);
        };
        refuseIfNoParty(c, proposal.terms());
        refuseIf(proposal.agreed().contains(c.party()),
                () -> new Refusal.AgreementAlreadyAccepted(c.agreement(), c.party()));
        refuseIf(proposal.proposedBy().equals(c.acceptor()),
                () -> new Refusal.AgreementAcceptedByProposer(c.agreement()));
        refuseIfInactive(c.party(), institutions);
        return new AgreementAccepted(c.agreement(), c.party(), c.acceptor());
    }

    /**
     * Who means to take a proposal back must not end what was concluded meanwhile: the one goes
     * without a last day, the other with one.
     */
    private static AgreementEvent end(Agreement state, EndAgreement c, LocalDate today) {
        LocalDate until = c.until();
        switch (state) {
            case Proposed proposal -> {
                refuseIfNoParty(c, proposal.terms());
                refuseIf(until != null, () -> new Refusal.AgreementNotConcluded(c.agreement()));
            }
            case Concluded concluded -> {
                refuseIfNoParty(c, concluded.terms());
                if (until == null) {
                    throw alreadyConcluded(c);
                }
                refuseIfNoEarlierEnd(c.agreement(), concluded.inForce(), until, today);
            }
            case TakenBack _ -> throw takenBack(c);
            case Unproposed _ -> throw unknown(c);
        }
        return new AgreementEnded(c.agreement(), c.party(), until);
    }

    private static void refuseIfNoEarlierEnd(
            AgreementId agreement, DaysInForce days, LocalDate until, LocalDate today) {
        LocalDate end = days.until();
        if (end != null && days.endsBy(until)) {
            throw new Refused(new Refusal.AgreementEndsSooner(agreement, end));
        }
        refuseIf(until.isBefore(today),
                () -> new Refusal.AgreementDayPassed(agreement, until, today));
    }

    // ------------------------------------------------------------------ parties

    private static void refuseIfNoParty(AgreementCommand c, AgreementTerms terms) {
        refuseIf(!terms.parties().contains(c.party()),
                () -> new Refusal.NotAPartyOfAgreement(c.agreement(), c.party()));
    }

    /** Only what acts has to be active: a suspended institution may well be named by others. */
    private static void refuseIfInactive(
            Party party, Function<InstitutionId, Institution> institutions) {
        InstitutionId id = party.institution();
        if (id != null) {
            Institution.active(institutions.apply(id), id);
        }
    }

    /** Looks up every institution that is named, and so refuses unknown ones too. */
    private static void refuseIfCircular(AgreementId agreement, AgreementTerms terms,
            Function<InstitutionId, Institution> institutions) {
        Map<Party, List<Party>> around = new HashMap<>();
        for (Party party : terms.parties()) {
            InstitutionId id = party.institution();
            around.put(party, id == null ? party.wider()
                    : Institution.standingFor(institutions.apply(id), id));
        }
        for (Direction direction : terms.directions()) {
            refuseIfWithin(agreement, direction.from(), direction.to(), around);
            refuseIfWithin(agreement, direction.to(), direction.from(), around);
        }
    }

    private static void refuseIfWithin(AgreementId agreement, Party inner, Party outer,
            Map<Party, List<Party>> around) {
        refuseIf(around.getOrDefault(inner, List.of()).contains(outer),
                () -> new Refusal.AgreementCircular(agreement, inner, outer));
    }

    private static Refused unknown(AgreementCommand c) {
        return new Refused(new Refusal.AgreementUnknown(c.agreement()));
    }

    private static Refused takenBack(AgreementCommand c) {
        return new Refused(new Refusal.AgreementTakenBack(c.agreement()));
    }

    private static Refused alreadyConcluded(AgreementCommand c) {
        return new Refused(new Refusal.AgreementAlreadyConcluded(c.agreement()));
    }

    // ------------------------------------------------------------------ what it allows

    /**
     * Whose outcome somebody asks to count where.
     *
     * @param issuer   all parties that stand for the issuer, itself first
     * @param awarding all parties that stand for who would give credits, itself first
     * @param rulebook under which it would count
     * @param day      on which it would be recognised
     */
    record Wish(List<Party> issuer, List<Party> awarding, RulebookId rulebook, LocalDate day) {
    }

    /**
     * Why an agreement does not allow it, or null where it does. Whoever accepts others' outcomes
     * under a rulebook counts its own under it too: nobody agrees with oneself.
     */
    static @Nullable Refusal objection(Agreement state, AgreementId agreement, Wish wish) {
        return switch (state) {
            case Concluded concluded -> objection(concluded, agreement, wish);
            case Proposed _, TakenBack _ ->
                    new Refusal.AgreementNotInForce(agreement, wish.day());
            case Unproposed _ -> new Refusal.AgreementUnknown(agreement);
        };
    }

    private static @Nullable Refusal objection(
            Concluded concluded, AgreementId agreement, Wish wish) {
        if (!concluded.inForce().includes(wish.day())) {
            return new Refusal.AgreementNotInForce(agreement, wish.day());
        }
        boolean own = wish.issuer().getFirst().equals(wish.awarding().getFirst());
        if (concluded.terms().directions().stream().noneMatch(
                d -> (own || wish.issuer().contains(d.from()))
                        && wish.awarding().contains(d.to()))) {
            return new Refusal.AgreementWithoutDirection(
                    agreement, wish.issuer().getFirst(), wish.awarding().getFirst());
        }
        if (!concluded.terms().rulebooks().contains(wish.rulebook())) {
            return new Refusal.AgreementWithoutRulebook(agreement, wish.rulebook());
        }
        return null;
    }

    // ------------------------------------------------------------------ evolve

    static Agreement evolve(Agreement state, AgreementEvent event) {
        return switch (event) {
            case AgreementProposed e when (state instanceof Unproposed
                    || state instanceof TakenBack) && e.terms().parties().contains(e.party()) ->
                    new Proposed(e.terms(), e.proposedBy(), Set.of(e.party()));
            case AgreementAccepted e when state instanceof Proposed proposal
                    && proposal.terms().parties().contains(e.party())
                    && !proposal.agreed().contains(e.party())
                    && !proposal.proposedBy().equals(e.acceptedBy()) ->
                    agreed(proposal, e.party());
            case AgreementEnded e when state instanceof Proposed proposal && e.until() == null
                    && proposal.terms().parties().contains(e.party()) -> new TakenBack();
            case AgreementEnded e when state instanceof Concluded(var terms, DaysInForce days)
                    && e.until() != null && !days.endsBy(e.until())
                    && terms.parties().contains(e.party()) ->
                    new Concluded(terms, days.endingWith(e.until()));
            case AgreementProposed _, AgreementAccepted _, AgreementEnded _ ->
                    throw new IllegalStateException(event + " cannot follow " + state);
        };
    }

    private static Agreement agreed(Proposed proposal, Party party) {
        Set<Party> agreed = new HashSet<>(proposal.agreed());
        agreed.add(party);
        return agreed.containsAll(proposal.terms().parties())
                ? new Concluded(proposal.terms(), proposal.terms().inForce())
                : new Proposed(proposal.terms(), proposal.proposedBy(), agreed);
    }
}
