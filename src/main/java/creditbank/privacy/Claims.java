package creditbank.privacy;

import creditbank.api.account.DiplomaLevel;
import creditbank.api.account.Identity;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Claim;
import creditbank.api.value.OrganisationCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes claims and other names that must not be guessable: the first 128 bits of HMAC-SHA-256 with
 * the bank's secret, over the parts with their lengths ({@code docs/formats/claims.md}).
 */
public final class Claims {

    private static final String MAC = "HmacSHA256";
    private static final int KEPT_BYTES = 16;

    private final SecretKeySpec key;

    public Claims(Secrets secrets) {
        this.key = new SecretKeySpec(secrets.claims(), MAC);
    }

    /** One account a person: the document, and for a student number its institution. */
    public Claim ofIdentity(Identity identity) {
        InstitutionId issuer = identity.documentIssuer();
        return Claim.of(Claim.Kind.IDENTITY, keyed("identity", identity.documentKind().name(),
                issuer == null ? "" : issuer.text(), identity.documentNumber()));
    }

    public Claim ofRecord(InstitutionId issuer, String recordKey) {
        return Claim.of(Claim.Kind.RECORD, keyed("record", issuer.text(), plain(recordKey)));
    }

    /** A certificate's number stands once for its issuer. */
    public Claim ofCertificate(InstitutionId issuer, String number) {
        return Claim.of(Claim.Kind.NUMBER, keyed("certificate", issuer.text(), upper(number)));
    }

    /**
     * A diploma's number of higher education stands once in the country; another one's once for
     * its issuer.
     */
    public Claim ofDiploma(InstitutionId issuer, DiplomaLevel level, String number) {
        return Claim.of(Claim.Kind.NUMBER, keyed("diploma",
                level.isHigherEducation() ? "" : issuer.text(), upper(number)));
    }

    public Claim ofOrganisation(OrganisationCode code) {
        return Claim.of(Claim.Kind.ORGANISATION, keyed("organisation", code.code()));
    }

    /** The same key, however it was typed: full-width, with spaces, in another normal form. */
    private static String plain(String key) {
        return Normalizer.normalize(key, Normalizer.Form.NFKC).codePoints()
                .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint,
                        StringBuilder::append).toString();
    }

    /** Numbers of documents are the same in either case; an institution's own keys may not be. */
    private static String upper(String number) {
        return plain(number).toUpperCase(Locale.ROOT);
    }

    /** A name for a command, from what makes it the same command when it is sent again. */
    public String commandId(String... parts) {
        return keyed(Stream.concat(Stream.of("command"), Stream.of(parts))
                .toArray(String[]::new));
    }

    private String keyed(String... parts) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update(ByteBuffer.allocate(4).putInt(bytes.length).flip());
                mac.update(bytes);
            }
            return Base64.getUrlEncoder().withoutPadding()
                    .encodeToString(Arrays.copyOf(mac.doFinal(), KEPT_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + MAC, e);
        }
    }
}
