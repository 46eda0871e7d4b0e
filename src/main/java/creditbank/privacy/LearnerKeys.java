package creditbank.privacy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.store.GroupCommit;
import creditbank.store.SqliteFailure;
import creditbank.store.SqliteFile;
import creditbank.store.SqliteFile.Durability;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * {@code keys.db}: one AES key a learner, wrapped by the master key (AES key wrap, RFC 3394). A key
 * is on the disk before anything sealed with it can be; destroying it makes everything sealed with
 * it unreadable for ever.
 */
public final class LearnerKeys implements AutoCloseable {

    /** "CBKY". */
    public static final int APPLICATION_ID = 0x43424b59;
    private static final int KEY_BYTES = 32;
    private static final int MOST_CACHED = 100_000;

    private record NewKey(LearnerId learner, byte[] wrapped) {
    }

    private final SqliteFile file;
    private final SecretKeySpec master;
    private final SecureRandom random;
    private final GroupCommit<NewKey, Boolean> additions;
    private final Cache<LearnerId, Optional<SecretKey>> known =
            Caffeine.newBuilder().maximumSize(MOST_CACHED).build();

    public LearnerKeys(Path path, Secrets secrets, SecureRandom random) {
        this.master = new SecretKeySpec(secrets.master(), "AES");
        this.random = random;
        this.file = SqliteFile.open(path, APPLICATION_ID, Durability.EVERY_COMMIT, """
                CREATE TABLE IF NOT EXISTS keys (
                  learner TEXT PRIMARY KEY,
                  wrapped BLOB NOT NULL -- the learner's AES-256 key, wrapped by RFC 3394
                ) STRICT, WITHOUT ROWID""", """
                CREATE TABLE IF NOT EXISTS erasing (
                  learner TEXT PRIMARY KEY -- asked to be erased; perhaps not done to the end
                ) STRICT, WITHOUT ROWID""", """
                CREATE TABLE IF NOT EXISTS secrets (
                  name    TEXT PRIMARY KEY, -- of the file
                  "check" TEXT NOT NULL     -- HMAC of a constant: the same secret, the same check
                ) STRICT, WITHOUT ROWID""",
                // What is deleted is overwritten, not only unlinked.
                "PRAGMA secure_delete = ON");
        this.additions = new GroupCommit<>("keys-writer", 16_384, 2_048, this::add);
        try {
            refuseOtherSecrets(secrets);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Secrets that were not there when the first keys were made are somebody else's. */
    private void refuseOtherSecrets(Secrets secrets) {
        secrets.checks().forEach((name, check) -> {
            String kept = file.write(s -> {
                PreparedStatement keep = s.prepare("INSERT INTO secrets (name, \"check\")"
                        + " VALUES (?, ?) ON CONFLICT (name) DO NOTHING");
                keep.setString(1, name);
                keep.setString(2, check);
                keep.executeUpdate();
                PreparedStatement select =
                        s.prepare("SELECT \"check\" FROM secrets WHERE name = ?");
                select.setString(1, name);
                try (ResultSet rows = select.executeQuery()) {
                    return rows.getString(1);
                }
            });
            if (!check.equals(kept)) {
                throw new IllegalStateException(name + " is not the one that " + file.path()
                        + " was made with. Put the backup of the keys folder back as a whole.");
            }
        });
    }

    /** Makes a learner's key; returns when it is durable. */
    public SecretKey create(LearnerId learner) {
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        SecretKey key = new SecretKeySpec(bytes, "AES");
        try {
            additions.submit(new NewKey(learner, wrap(key)));
        } catch (GroupCommit.Full e) {
            throw new Refused(new Refusal.LedgerBusy(e.waiting()));
        } catch (GroupCommit.Closed | SqliteFailure e) {
            throw notWritable(e);
        }
        known.put(learner, Optional.of(key));
        return key;
    }

    /** The learner's key; empty for a learner that never was or was erased. */
    public Optional<SecretKey> find(LearnerId learner) {
        // Read inside the cache's own lock: a key being destroyed is never cached again.
        return known.get(learner, l -> read(l).map(this::unwrap));
    }

    /** Notes, durably, that a learner is about to be erased: the end can be made up for. */
    public void beginErasing(LearnerId learner) {
        change("INSERT OR IGNORE INTO erasing (learner) VALUES (?)", learner);
    }

    /** The erasing did not come about. */
    public void endErasing(LearnerId learner) {
        change("DELETE FROM erasing WHERE learner = ?", learner);
    }

    /** Learners whose erasing was begun and not ended. */
    public List<LearnerId> erasing() {
        return file.read(s -> {
            List<LearnerId> learners = new ArrayList<>();
            try (ResultSet rows = s.prepare("SELECT learner FROM erasing").executeQuery()) {
                while (rows.next()) {
                    learners.add(new LearnerId(rows.getString(1)));
                }
            }
            return learners;
        });
    }

    private void change(String sql, LearnerId learner) {
        try {
            file.write(s -> {
                PreparedStatement change = s.prepare(sql);
                change.setString(1, learner.text());
                return change.executeUpdate();
            });
        } catch (SqliteFailure e) {
            throw notWritable(e);
        }
    }

    private static Refused notWritable(RuntimeException e) {
        return new Refused(new Refusal.LedgerNotWritable(String.valueOf(e.getMessage())));
    }

    /**
     * Returns when the key is gone from the file and from the journal beside it.
     *
     * @throws Refused if another program keeps the journal; the learner stays noted as erasing
     */
    public void destroy(LearnerId learner) {
        change("DELETE FROM keys WHERE learner = ?", learner);
        known.invalidate(learner);
        // The write-ahead log still holds the old page until it is folded in and cut.
        Refused.refuseIf(!file.cutJournal(), () -> new Refusal.ErasureUnfinished(learner));
        endErasing(learner);
    }

    private Optional<byte[]> read(LearnerId learner) {
        return file.read(s -> {
            PreparedStatement select =
                    s.prepare("SELECT wrapped FROM keys WHERE learner = ?");
            select.setString(1, learner.text());
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getBytes(1)) : Optional.empty();
            }
        });
    }

    private List<Boolean> add(List<NewKey> batch) {
        file.write(s -> {
            PreparedStatement insert =
                    s.prepare("INSERT INTO keys (learner, wrapped) VALUES (?, ?)");
            for (NewKey key : batch) {
                insert.setString(1, key.learner().text());
                insert.setBytes(2, key.wrapped());
                insert.executeUpdate();
            }
            return true;
        });
        return batch.stream().map(_ -> true).toList();
    }

    private byte[] wrap(SecretKey key) {
        try {
            Cipher cipher = Cipher.getInstance("AESWrap");
            cipher.init(Cipher.WRAP_MODE, master);
            return cipher.wrap(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A learner's key cannot be wrapped", e);
        }
    }

    private SecretKey unwrap(byte[] wrapped) {
        try {
            Cipher cipher = Cipher.getInstance("AESWrap");
            cipher.init(Cipher.UNWRAP_MODE, master);
            return (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A learner's key cannot be unwrapped", e);
        }
    }

    @Override
    public void close() {
        additions.close();
        file.close();
    }
}
