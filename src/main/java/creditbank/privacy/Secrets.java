package creditbank.privacy;

import creditbank.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The bank's two secrets, 32 random bytes each, one file each in the keys folder (hexadecimal,
 * readable by the bank's user alone): {@code master.key} wraps the learners' keys, and
 * {@code claims.key} makes claims. Losing them is losing all personal data and all claims, so they
 * belong into a backup of their own, apart from the ledger's.
 */
public record Secrets(byte[] master, byte[] claims) {

    private static final int BYTES = 32;

    /**
     * Reads the secrets, or makes them for a bank that is new.
     *
     * @param isNew whether the ledger is still empty; an old ledger without its secrets is refused
     */
    public static Secrets open(Path folder, boolean isNew, SecureRandom random) {
        return new Secrets(
                readOrMake(folder.resolve("master.key"), isNew, random),
                readOrMake(folder.resolve("claims.key"), isNew, random));
    }

    /** By the name of its file, what shows that a secret is the same, and tells nothing of it. */
    Map<String, String> checks() {
        return Map.of("master.key", check(master), "claims.key", check(claims));
    }

    /** Shows that a bank is the same, wherever it is opened, and tells nothing of a secret. */
    public String mark() {
        return check(claims);
    }

    private static String check(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(
                    mac.doFinal("creditbank check".getBytes(StandardCharsets.US_ASCII)), 16));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }

    private static byte[] readOrMake(Path file, boolean isNew, SecureRandom random) {
        try {
            if (!Files.exists(file)) {
                if (!isNew) {
                    throw new IllegalStateException(file + " is missing, but the ledger already"
                            + " holds entries that need it. Put the backup of the keys folder"
                            + " back, or name the right one with --creditbank.keys=FOLDER.");
                }
                make(file, random);
            }
            byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
            if (secret.length != BYTES) {
                throw new IllegalArgumentException("it holds " + secret.length + " bytes");
            }
            return secret;
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " is not a key of 32 bytes in hexadecimal ("
                    + e.getMessage() + "). Put the backup of the keys folder back.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("The keys folder cannot be used: " + e.getMessage(), e);
        }
    }

    private static void make(Path file, SecureRandom random) throws IOException {
        byte[] secret = new byte[BYTES];
        random.nextBytes(secret);
        try {
            // Durable before anything is sealed with it: a key lost or cut in half loses the bank.
            PrivateFiles.create(file, (HexFormat.of().formatHex(secret) + "\n")
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (FileAlreadyExistsException e) {
            // Another bank on this folder has made it meanwhile, and may have sealed with it.
            System.getLogger(Secrets.class.getName()).log(System.Logger.Level.INFO,
                    "{0} was made by another bank just now, and is used", file);
        }
    }

    @Override
    public String toString() {
        return "Secrets[…]";
    }
}
