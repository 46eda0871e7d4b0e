package creditbank.api.recognition;

import creditbank.api.value.Rule;

/**
 * One version of a rulebook (规则集). Written {@code {"id":"kr-acbs-bachelor","version":1}}.
 *
 * @param version from 1
 */
public record RulebookVersion(RulebookId id, int version) {

    public RulebookVersion {
        if (version < 1) {
            throw Rule.ID_MALFORMED.brokenBy(version);
        }
    }

    @Override
    public String toString() {
        return id + "@" + version;
    }
}
