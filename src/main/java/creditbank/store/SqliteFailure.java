package creditbank.store;

import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** An SQLite file cannot be used. The message names the file and what to do. */
public final class SqliteFailure extends RuntimeException {

    private final boolean io;

    public SqliteFailure(Path file, SQLException cause) {
        super(words(file, cause), cause);
        this.io = code(cause) == SQLiteErrorCode.SQLITE_IOERR;
    }

    SqliteFailure(String message) {
        super(message);
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

    private static String words(Path file, SQLException cause) {
        return switch (code(cause)) {
            case SQLITE_FULL -> "No space is left for " + file
                    + ". Free some disk space; a bank that is open then goes on by itself.";
            case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN -> file + " cannot be written."
                    + " Give the user who runs the bank the right to write the file and its"
                    + " folder.";
            case SQLITE_BUSY, SQLITE_LOCKED -> file + " is locked by another program."
                    + " Close what has it open for writing.";
            case SQLITE_CORRUPT, SQLITE_NOTADB -> file + " is damaged (" + cause.getMessage()
                    + "). Stop the bank, keep a copy of the folder as it is, run `creditbank"
                    + " verify` to see how far it is whole, and restore the newest backup.";
            case SQLITE_IOERR -> "The disk failed under " + file + " (" + cause.getMessage()
                    + "). Check the disk before going on.";
            default -> file + ": " + cause.getMessage();
        };
    }
}
