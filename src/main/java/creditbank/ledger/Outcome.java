package creditbank.ledger;

import creditbank.api.value.Claim;

/** What became of one commit of a batch. Only an appended one changed anything. */
public sealed interface Outcome {

    /** It stands, durably, from this position on. */
    record Appended(long position) implements Outcome {
    }

    /** The command was carried out before; its first entry stands here. */
    record CommandKnown(long position) implements Outcome {
    }

    /** The claim belongs to the entry at this position. */
    record ClaimTaken(Claim claim, long position) implements Outcome {
    }

    /** The commit releases a claim that nobody holds: the index of claims is not whole. */
    record ClaimNotHeld(Claim claim) implements Outcome {
    }

    /**
     * The stream does not end where the decision saw its end; load it again and decide again.
     * Also where an entry would leave a hole in its stream.
     */
    record StreamMoved(String stream) implements Outcome {
    }

    /** One commit that the store cannot keep whole; no time will change that. */
    record TooLarge(long bytes, long most) implements Outcome {
    }
}
