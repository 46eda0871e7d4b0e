package creditbank.store;

import creditbank.store.SqliteFile.Durability;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** An SQLite file cannot be used. The message names the file and what to do. */
public final class SqliteFailure extends StoreFailure {

    private final boolean io;

    SqliteFailure(Path file, Durability durability, SQLException cause) {
        super(words(file, durability, cause), cause);
        this.io = code(cause) == SQLiteErrorCode.SQLITE_IOERR;
    }

    SqliteFailure(String message) {
        super(message, null);
        this.io = false;
    }

    /** Whether the operating system failed to write: a commit under way may or may not stand. */
    public boolean isIo() {
        return io;
    }

    private static SQLiteErrorCode code(SQLException cause) {
        if (!(cause instanceof SQLiteException e)) {
            return SQLiteErrorCode.UNKNOWN_ERROR;
        }
        // The low byte is the primary code; the rest says more.
        return SQLiteErrorCode.getErrorCode(e.getResultCode().code & 0xff);
    }

    private static String words(Path file, Durability durability, SQLException cause) {
        return switch (code(cause)) {
            case SQLITE_FULL -> "No space is left for " + file
                    + ". Free some disk space; a bank that is open then goes on by itself.";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> file + " cannot be written."
                    + " Give the user who runs the bank the right to write the file and its"
                    + " folder.";
            case SQLITE_BUSY, SQLITE_LOCKED -> file + " is locked by another program."
                    + " Close what has it open for writing.";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> file + " is damaged (" + cause.getMessage()
                    + "). " + remedy(durability);
            case SQLITE_IOERR -> "The disk failed under " + file + " (" + cause.getMessage()
                    + "). Check the disk before going on.";
            default -> file + ": " + cause.getMessage();
        };
    }

    private static String remedy(Durability durability) {
        return switch (durability) {
            case EVERY_COMMIT -> "Stop the bank, keep a copy of the folder as it is, run"
                    + " `creditbank verify` to see how far it is whole, and restore the newest"
                    + " backup.";
            case LAST_COMMITS_MAY_GO -> "Stop the bank and delete the file, and those beside it"
                    + " that are named like it (-wal, -shm); the bank makes it anew from the"
                    + " ledger.";
        };
    }
}
