package creditbank.audit;

import creditbank.api.Recorded;
import creditbank.api.value.Claim;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.LedgerRows.Pointer;
import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import creditbank.store.SqliteFile;
import creditbank.store.SqliteFile.Durability;
import creditbank.store.SqliteSnapshot;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Claims as the entries make and release them, against the index of claims. Every move is noted in
 * a scratch file; read back claim after claim, each must be taken and released in turn, and what is
 * held in the end must be the index, row for row.
 */
final class ClaimsCheck implements AutoCloseable {

    /** "CBSC". */
    private static final int APPLICATION_ID = 0x43425343;

    private record Move(String claim, long position, boolean taken) {
    }

    private final Finding finding = new Finding("claims");
    private final Path path;
    private final SqliteFile scratch;

    ClaimsCheck(Path room) {
        this.path = room.resolve("claims.db");
        this.scratch = SqliteFile.open(path, APPLICATION_ID, Durability.LAST_COMMITS_MAY_GO, """
                CREATE TABLE moves (
                  number   INTEGER PRIMARY KEY,
                  claim    TEXT    NOT NULL,
                  position INTEGER NOT NULL,
                  taken    INTEGER NOT NULL
                ) STRICT""");
    }

    void add(List<Recorded> entries) {
        scratch.write(s -> {
            PreparedStatement insert = s.prepare(
                    "INSERT INTO moves (claim, position, taken) VALUES (?, ?, ?)");
            for (Recorded entry : entries) {
                for (Claim claim : entry.event().releases()) {
                    note(insert, claim, entry.position(), false);
                }
                for (Claim claim : entry.event().claims()) {
                    note(insert, claim, entry.position(), true);
                }
            }
            return true;
        });
    }

    private static void note(PreparedStatement insert, Claim claim, long position, boolean taken)
            throws SQLException {
        insert.setString(1, claim.text());
        insert.setLong(2, position);
        insert.setBoolean(3, taken);
        insert.executeUpdate();
    }

    void compare(LedgerRows ledger) {
        try (SqliteSnapshot noted = SqliteSnapshot.of(path, APPLICATION_ID);
                Cursor<Move> moves = noted.cursor(
                        "SELECT claim, position, taken FROM moves ORDER BY claim, number",
                        r -> new Move(r.getString(1), r.getLong(2), r.getBoolean(3)));
                Cursor<Pointer> index = ledger.claims()) {
            compare(moves, index);
        } catch (SqliteFailure e) {
            finding.failsAtLarge("file-damaged", String.valueOf(e.getMessage()));
        }
    }

    private void compare(Cursor<Move> moves, Cursor<Pointer> index) {
        long held = 0;
        Move move = moves.next();
        Pointer row = index.next();
        while (move != null) {
            String claim = move.claim();
            Long holder = null;
            for (; move != null && move.claim().equals(claim); move = moves.next()) {
                holder = after(holder, move);
            }
            if (holder != null) {
                held++;
                row = behindStrangers(row, claim, index);
                if (row == null || !row.key().equals(claim)) {
                    finding.fails(holder, "claims.missing", holder, claim);
                } else {
                    if (row.position() != holder) {
                        finding.fails(holder, "claims.elsewhere", holder, claim,
                                row.position());
                    }
                    row = index.next();
                }
            }
        }
        for (; row != null; row = index.next()) {
            stranger(row);
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

    /** Passes over rows of the index that no entry accounts for. */
    private @Nullable Pointer behindStrangers(
            @Nullable Pointer row, String claim, Cursor<Pointer> index) {
        Pointer now = row;
        while (now != null && now.key().compareTo(claim) < 0) {
            stranger(now);
            now = index.next();
        }
        return now;
    }

    private void stranger(Pointer row) {
        finding.fails(row.position(), "claims.too-many", row.position(), row.key());
    }

    Finding finding() {
        return finding;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
