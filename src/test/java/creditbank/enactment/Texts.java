package creditbank.enactment;

import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.api.rulebook.RulebookHead;
import creditbank.api.rulebook.SourceMark;
import creditbank.api.value.Title;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A small rulebook in as many versions as a test needs. */
public final class Texts {

    public static final RulebookId ID = new RulebookId("example-college");

    private Texts() {
    }

    public static RulebookVersion version(int number) {
        return new RulebookVersion(ID, number);
    }

    /** @param until null for none */
    public static String text(int version, String from, @Nullable String until) {
        return """
                rulebook: example-college
                version: %d
                jurisdiction: {institution: example-college}
                title: {zh: 证书学分认定, en: Credits for certificates}
                source: {title: Rules of the example college, mark: P}
                in-force: {from: %s%s}
                unit: CN
                clauses:
                  - id: certificates
                    summary: {zh: 证书按其学分计, en: Certificates count with their own credits}
                    selects: {evidence: {kind: SKILL_CERTIFICATE}}
                    awards: {credits: own}
                """.formatted(version, from, until == null ? "" : ", until: " + until);
    }

    static RulebookHead head(String from, @Nullable String until) {
        return new RulebookHead(new Jurisdiction("institution/example-college"),
                new Title("证书学分认定", "Credits for certificates"),
                new RulebookHead.Source("Rules of the example college", SourceMark.P),
                days(from, until));
    }

    static DaysInForce days(String from, @Nullable String until) {
        return new DaysInForce(
                LocalDate.parse(from), until == null ? null : LocalDate.parse(until));
    }
}
