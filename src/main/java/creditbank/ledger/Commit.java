package creditbank.ledger;

import creditbank.api.value.Claim;
import java.util.List;
import java.util.Map;

/**
 * All entries of one command: all stand or none, side by side.
 *
 * @param commandId unique in the ledger
 * @param drafts    the entries, at least one
 * @param unchanged streams that the decision looked at without writing, with the sequence of their
 *                  last entry; if one has moved, the commit is a conflict
 */
public record Commit(String commandId, List<Draft> drafts, Map<String, Long> unchanged) {

    /**
     * An entry that has no position and no time yet.
     *
     * @param bytes as {@link EntryFormat#write} made them, with room for the time
     */
    public record Draft(String stream, long sequence, byte[] bytes, List<Claim> claims,
            List<Claim> releases) {
    }
}
