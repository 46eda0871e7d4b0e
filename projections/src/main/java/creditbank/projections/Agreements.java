package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.agreement.AgreementEvent.AgreementAccepted;
import creditbank.api.agreement.AgreementEvent.AgreementEnded;
import creditbank.api.agreement.AgreementEvent.AgreementProposed;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.agreement.Party;
import creditbank.api.rulebook.DaysInForce;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which agreements are there, who has agreed to them, and on which days are they in force? */
public final class Agreements implements Projection {

    /** What last became of it; {@link Agreement#inForce} says on which days it is in force. */
    public enum Status {
        /** Some party has not agreed yet. */
        PROPOSED,
        /** All have, and it was not ended since. */
        IN_FORCE,
        /** Taken back as a proposal, or ended with a last day that may be still to come. */
        ENDED
    }

    /** That a party took a step. */
    public record Act(Party party, Step step) {
    }

    /**
     * An agreement as it stands.
     *
     * @param terms    as they were proposed
     * @param inForce  its days as they are now; absent while some party has not agreed
     * @param accepted by the other parties so far, in their order of time
     * @param ended    who ended it, took it back or declined it
     */
    public record Agreement(
            AgreementId agreement,
            Status status,
            AgreementTerms terms,
            @Nullable DaysInForce inForce,
            Act proposed,
            List<Act> accepted,
            @Nullable Act ended) {

        public boolean isInForce(LocalDate day) {
            return inForce != null && inForce.includes(day);
        }

        Agreement accepted(Act act) {
            List<Act> all = Stream.concat(accepted.stream(), Stream.of(act)).toList();
            boolean last = all.size() + 1 == terms.parties().size();
            return new Agreement(agreement, last ? Status.IN_FORCE : status, terms,
                    last ? terms.inForce() : null, proposed, all, null);
        }

        Agreement ended(@Nullable LocalDate until, Act act) {
            return new Agreement(agreement, Status.ENDED, terms, inForce == null || until == null
                    ? null : inForce.endingWith(until), proposed, accepted, act);
        }
    }

    /**
     * That a party is one of those of an agreement.
     *
     * @param current no longer so where the agreement was proposed anew without it
     */
    public record Membership(Party party, AgreementId agreement, boolean current) {
    }

    private static final String BY_PARTY = "by_party";

    /** Key: the agreement's id. */
    public static final View<Agreement> AGREEMENTS =
            new View<>("agreements", Agreement.class, List.of());

    /** Key: agreement, {@code |}, party. */
    private static final View<Membership> PARTIES = new View<>("agreement_parties",
            Membership.class, List.of(new View.Index<>(BY_PARTY,
                    m -> m.current() ? m.party() + "|" + m.agreement() : null)));

    // ------------------------------------------------------------------ questions

    public static @Nullable Agreement get(Views views, AgreementId agreement) {
        return views.get(AGREEMENTS, agreement.text());
    }

    /**
     * Agreements by id, or those of one party by id.
     *
     * @param behind a row's place, for what comes after it; null for the beginning
     */
    public static List<Views.Row<Agreement>> page(
            Views views, @Nullable Party party, @Nullable String behind, int limit) {
        if (party == null) {
            return views.page(AGREEMENTS, behind(Views.Range.ofKeys("", limit), behind));
        }
        Views.Range range = Views.Range.of(BY_PARTY, party + "|", limit);
        return views.page(PARTIES, behind(range, behind)).stream()
                .map(row -> new Views.Row<>(row.at(), Objects.requireNonNull(
                        get(views, row.document().agreement()))))
                .toList();
    }

    private static Views.Range behind(Views.Range range, @Nullable String at) {
        return at == null ? range : range.behind(at);
    }

    // ------------------------------------------------------------------ fold

    @Override
    public String name() {
        return "agreements";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<View<?>> views() {
        return List.of(AGREEMENTS, PARTIES);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof AgreementEvent event) {
            Act act = new Act(event.party(), Step.of(entry));
            documents.put(AGREEMENTS, event.agreement().text(), switch (event) {
                case AgreementProposed e -> proposed(documents, e, act);
                case AgreementAccepted e -> known(documents, e).accepted(act);
                case AgreementEnded e -> known(documents, e).ended(e.until(), act);
            });
        }
    }

    private static Agreement proposed(Documents documents, AgreementProposed event, Act act) {
        Agreement before = documents.get(AGREEMENTS, event.agreement().text());
        if (before != null) {
            enrol(documents, event.agreement(), before.terms().parties(), false);
        }
        enrol(documents, event.agreement(), event.terms().parties(), true);
        return new Agreement(event.agreement(), Status.PROPOSED, event.terms(), null, act,
                List.of(), null);
    }

    private static void enrol(
            Documents documents, AgreementId agreement, List<Party> parties, boolean current) {
        for (Party party : parties) {
            documents.put(PARTIES, agreement + "|" + party,
                    new Membership(party, agreement, current));
        }
    }

    private static Agreement known(Documents documents, AgreementEvent event) {
        return Objects.requireNonNull(documents.get(AGREEMENTS, event.agreement().text()),
                () -> "No agreement " + event.agreement() + " was ever proposed");
    }
}
