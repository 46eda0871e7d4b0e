package creditbank.witness;

import java.net.URI;
import java.util.Locale;

/** Addresses as people type them. */
public final class Addresses {

    private static final String LOG = "/log";

    private Addresses() {
    }

    /**
     * Without a slash at its end.
     *
     * @throws IllegalArgumentException if it is not an address of HTTP
     */
    public static URI ofHttp(String text) {
        String address = text;
        while (address.endsWith("/")) {
            address = address.substring(0, address.length() - 1);
        }
        URI uri = URI.create(address);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || uri.getHost() == null
                || uri.getQuery() != null || uri.getFragment() != null
                || uri.getUserInfo() != null) {
            throw new IllegalArgumentException(
                    "an address begins with https:// or http:// and is not this: " + text);
        }
        return uri;
    }

    /** The log of a bank, from the bank's address or from its log's. */
    public static URI ofLog(String text) {
        URI uri = ofHttp(text);
        return uri.getPath().endsWith(LOG) ? uri : URI.create(uri + LOG);
    }
}
