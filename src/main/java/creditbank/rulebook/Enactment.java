package creditbank.rulebook;

import static creditbank.api.Refused.refuseIf;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.rulebook.RulebookCommand;
import creditbank.api.rulebook.RulebookCommand.ApproveRulebook;
import creditbank.api.rulebook.RulebookCommand.ProposeRulebook;
import creditbank.api.rulebook.RulebookCommand.SupersedeRulebook;
import creditbank.api.rulebook.RulebookCommand.WithdrawRulebook;
import creditbank.api.rulebook.RulebookEvent;
import creditbank.api.rulebook.RulebookEvent.RulebookApproved;
import creditbank.api.rulebook.RulebookEvent.RulebookProposed;
import creditbank.api.rulebook.RulebookEvent.RulebookSuperseded;
import creditbank.api.rulebook.RulebookEvent.RulebookWithdrawn;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the versions of one rulebook come in force and go out of it.
 *
 * <p>A number belongs to one text for ever once it was approved, because decisions name it; until
 * then a proposal may be taken back and its number given to another text. What was in force on a
 * day that has come stays in force on that day: people relied on it, and decisions stand.
 */
public interface Enactment {

    /** A version as later decisions need it. */
    sealed interface Version {

        record Proposed(String proposedBy, DaysInForce inForce) implements Version {
        }

        /** @param inForce the days it named, or fewer if it was ended */
        record Approved(DaysInForce inForce) implements Version {
        }

        /** As a proposal. */
        record Withdrawn() implements Version {
        }
    }

    /** All versions of one rulebook by their numbers. */
    record Versions(Map<Integer, Version> byNumber) {

        public Versions {
            byNumber = Map.copyOf(byNumber);
        }

        public @Nullable Version get(RulebookVersion rulebook) {
            return byNumber.get(rulebook.version());
        }

        Versions with(RulebookVersion rulebook, Version version) {
            Map<Integer, Version> changed = new HashMap<>(byNumber);
            changed.put(rulebook.version(), version);
            return new Versions(changed);
        }

        /** The lowest approved version that has a day in common with these, or null. */
        @Nullable Integer inForceWithin(DaysInForce days) {
            return byNumber.entrySet().stream()
                    .filter(each -> each.getValue() instanceof Version.Approved(DaysInForce taken)
                            && taken.overlaps(days))
                    .map(Map.Entry::getKey).min(Integer::compare).orElse(null);
        }
    }

    Versions NONE = new Versions(Map.of());

    // ------------------------------------------------------------------ decide

    /** @param today the bank's business day */
    static List<RulebookEvent> decide(
            Versions versions, RulebookCommand command, LocalDate today) {
        return switch (command) {
            case ProposeRulebook c -> List.of(propose(versions, c));
            case ApproveRulebook c -> List.of(approve(versions, c.rulebook(), c.approver()));
            case SupersedeRulebook c -> supersede(versions, c, today);
            case WithdrawRulebook c -> List.of(withdraw(versions, c, today));
        };
    }

    private static RulebookEvent propose(Versions versions, ProposeRulebook c) {
        Rulebook read = read(c.text());
        refuseIf(!read.version().equals(c.rulebook()),
                () -> new Refusal.RulebookIsAnother(c.rulebook(), read.version()));
        Version stands = versions.get(c.rulebook());
        refuseIf(stands instanceof Version.Proposed,
                () -> new Refusal.RulebookAlreadyProposed(c.rulebook()));
        refuseIf(stands instanceof Version.Approved,
                () -> new Refusal.RulebookAlreadyApproved(c.rulebook()));
        return new RulebookProposed(c.rulebook(), read.head(), c.proposer(), c.text());
    }

    /** What a text says, or a refusal that lists all its mistakes. */
    static Rulebook read(String text) {
        return switch (RulebookReader.read(text)) {
            case RulebookReader.Reading.Read(Rulebook read) -> read;
            case RulebookReader.Reading.Unreadable unreadable ->
                    throw new Refused(new Refusal.RulebookInvalid(unreadable.mistakes()));
        };
    }

    /** Whether what stands beside the text of a proposal is what the text says. */
    static boolean isOfItsText(RulebookProposed proposal) {
        return RulebookReader.read(proposal.text()) instanceof RulebookReader.Reading.Read(
                Rulebook read) && read.version().equals(proposal.rulebook())
                && read.head().equals(proposal.head());
    }

    private static RulebookEvent approve(
            Versions versions, RulebookVersion rulebook, String approver) {
        Version.Proposed proposal = proposed(versions, rulebook);
        refuseIf(proposal.proposedBy().equals(approver),
                () -> new Refusal.RulebookApprovedByProposer(rulebook));
        Integer other = versions.inForceWithin(proposal.inForce());
        if (other != null) {
            RulebookVersion inForce = new RulebookVersion(rulebook.id(), other);
            DaysInForce taken = approved(versions, inForce).inForce();
            throw new Refused(new Refusal.RulebookOverlaps(
                    rulebook, inForce, taken.from(), taken.until()));
        }
        return new RulebookApproved(rulebook, approver);
    }

    /** The old version ends first, so that not even between the two events both are in force. */
    private static List<RulebookEvent> supersede(
            Versions versions, SupersedeRulebook c, LocalDate today) {
        RulebookVersion next = new RulebookVersion(c.rulebook().id(), c.by());
        DaysInForce days = approved(versions, c.rulebook()).inForce();
        LocalDate begins = proposed(versions, next).inForce().from();
        refuseIf(!days.includes(begins) || begins.equals(days.from()),
                () -> new Refusal.RulebookDoesNotFollow(next, c.rulebook(), begins));
        LocalDate last = begins.minusDays(1);
        refuseIfPassed(c.rulebook(), last, today);
        RulebookEvent ended = new RulebookSuperseded(c.rulebook(), c.by(), last);
        return List.of(ended, approve(evolve(versions, ended), next, c.approver()));
    }

    private static RulebookEvent withdraw(Versions versions, WithdrawRulebook c, LocalDate today) {
        LocalDate until = c.until();
        if (until == null) {
            proposed(versions, c.rulebook());
            return new RulebookWithdrawn(c.rulebook(), null);
        }
        DaysInForce days = approved(versions, c.rulebook()).inForce();
        LocalDate end = days.until();
        if (end != null && days.endsBy(until)) {
            throw new Refused(new Refusal.RulebookEndsSooner(c.rulebook(), end));
        }
        refuseIfPassed(c.rulebook(), until, today);
        return new RulebookWithdrawn(c.rulebook(), until);
    }

    private static void refuseIfPassed(RulebookVersion ends, LocalDate last, LocalDate today) {
        refuseIf(last.isBefore(today), () -> new Refusal.RulebookDayPassed(ends, last, today));
    }

    private static Version.Proposed proposed(Versions versions, RulebookVersion rulebook) {
        return switch (versions.get(rulebook)) {
            case Version.Proposed proposed -> proposed;
            case Version.Approved _ ->
                    throw new Refused(new Refusal.RulebookAlreadyApproved(rulebook));
            case Version.Withdrawn _ -> throw new Refused(new Refusal.RulebookWithdrawn(rulebook));
            case null -> throw new Refused(new Refusal.RulebookUnknown(rulebook));
        };
    }

    private static Version.Approved approved(Versions versions, RulebookVersion rulebook) {
        return switch (versions.get(rulebook)) {
            case Version.Approved approved -> approved;
            case Version.Proposed _ ->
                    throw new Refused(new Refusal.RulebookNotApproved(rulebook));
            case Version.Withdrawn _ -> throw new Refused(new Refusal.RulebookWithdrawn(rulebook));
            case null -> throw new Refused(new Refusal.RulebookUnknown(rulebook));
        };
    }

    // ------------------------------------------------------------------ evolve

    static Versions evolve(Versions versions, RulebookEvent event) {
        Version now = versions.get(event.rulebook());
        return versions.with(event.rulebook(), switch (event) {
            case RulebookProposed e when now == null || now instanceof Version.Withdrawn ->
                    new Version.Proposed(e.proposedBy(), e.head().inForce());
            case RulebookApproved e when now instanceof Version.Proposed(String by, var days)
                    && !by.equals(e.approvedBy()) && versions.inForceWithin(days) == null ->
                    new Version.Approved(days);
            case RulebookSuperseded e when now instanceof Version.Approved(DaysInForce days)
                    && !days.endsBy(e.until()) -> new Version.Approved(days.endingWith(e.until()));
            case RulebookWithdrawn e when now instanceof Version.Approved(DaysInForce days)
                    && e.until() != null && !days.endsBy(e.until()) ->
                    new Version.Approved(days.endingWith(e.until()));
            case RulebookWithdrawn e when now instanceof Version.Proposed && e.until() == null ->
                    new Version.Withdrawn();
            case RulebookProposed _, RulebookApproved _, RulebookSuperseded _,
                    RulebookWithdrawn _ -> throw new IllegalStateException(
                            event.getClass().getSimpleName() + " of " + event.rulebook()
                                    + " cannot follow " + now);
        });
    }
}
