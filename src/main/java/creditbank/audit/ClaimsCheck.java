package creditbank.audit;

import creditbank.audit.Traces.Move;
import creditbank.store.Cursor;
import org.jspecify.annotations.Nullable;

/** Claims as the entries make and release them: each must be taken and released in turn. */
final class ClaimsCheck {

    private final Finding finding = new Finding("claims");

    void run(Traces.Noted noted) {
        long held = 0;
        try (Cursor<Move> moves = noted.moves()) {
            Move move = moves.next();
            while (move != null) {
                String claim = move.claim();
                Long holder = null;
                for (; move != null && move.claim().equals(claim); move = moves.next()) {
                    holder = after(holder, move);
                }
                held += holder == null ? 0 : 1;
            }
        }
        finding.counted(held);
    }

    /** Who holds the claim after a move. */
    private @Nullable Long after(@Nullable Long holder, Move move) {
        if (move.taken() && holder != null) {
            finding.fails(move.position(), "claims.taken-twice", move.position(), move.claim(),
                    holder);
        }
        if (!move.taken() && holder == null) {
            finding.fails(move.position(), "claims.released-unheld", move.position(),
                    move.claim());
        }
        return move.taken() ? move.position() : null;
    }

    Finding finding() {
        return finding;
    }
}
