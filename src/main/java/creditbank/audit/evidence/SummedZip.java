package creditbank.audit.evidence;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A zip whose last file says the SHA-256 of every other, as {@code sha256sum -c} reads it. No times
 * but one stand in it.
 */
final class SummedZip {

    private static final String SUMS = "SHA256SUMS";
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final MessageDigest digest;
    private final StringBuilder sums = new StringBuilder();
    private String name = "";

    SummedZip(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    void add(String file, byte[] content) throws IOException {
        begin(file);
        write(content);
        end();
    }

    void begin(String file) throws IOException {
        name = file;
        ZipEntry entry = new ZipEntry(file);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
    }

    void write(byte[] bytes) throws IOException {
        zip.write(bytes);
        digest.update(bytes);
    }

    void end() throws IOException {
        zip.closeEntry();
        sums.append(hex(digest.digest())).append("  ").append(name).append('\n');
    }

    /** Writes the sums, and the end of the zip. */
    void finish() throws IOException {
        add(SUMS, sums.toString().getBytes(StandardCharsets.UTF_8));
        zip.finish();
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
