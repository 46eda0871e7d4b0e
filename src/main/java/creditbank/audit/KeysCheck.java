package creditbank.audit;

import creditbank.audit.Verification.Check;
import creditbank.privacy.LearnerKeys;
import creditbank.store.Cursor;
import creditbank.store.SqliteFailure;
import creditbank.store.SqliteFile.Durability;
import creditbank.store.SqliteSnapshot;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Whether the keys of personal data can be read, by SQLite's own look through their file. The keys
 * themselves are not tried: whoever verifies need not hold the master key.
 */
public final class KeysCheck {

    private KeysCheck() {
    }

    /**
     * Looks through {@code keys.db}.
     *
     * @param locale the language of the sentence: Chinese or, for any other, English
     */
    public static Check of(Path file, Locale locale) {
        Finding finding = new Finding("keys");
        if (!Files.exists(file)) {
            finding.notChecked("keys.no-file", file);
            return finding.check(locale);
        }
        try (SqliteSnapshot keys = SqliteSnapshot.of(
                file, LearnerKeys.APPLICATION_ID, Durability.EVERY_COMMIT)) {
            try (Cursor<String> faults =
                    keys.cursor("PRAGMA integrity_check", row -> row.getString(1))) {
                for (String fault = faults.next(); fault != null; fault = faults.next()) {
                    if (!fault.equals("ok")) {
                        finding.failsAtLarge("keys.damaged", fault.strip());
                    }
                }
            }
            long count = keys.read(s ->
                    s.prepare("SELECT count(*) FROM keys").executeQuery().getLong(1));
            finding.counted(count);
        } catch (SqliteFailure e) {
            finding.failsAtLarge("keys.damaged", String.valueOf(e.getMessage()));
        }
        return finding.check(locale);
    }
}
