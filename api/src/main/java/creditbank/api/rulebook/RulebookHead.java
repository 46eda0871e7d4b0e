package creditbank.api.rulebook;

import creditbank.api.value.Title;

/**
 * What stands above the clauses of a rulebook: enough to list it and to decide when it is in force
 * without reading its text again.
 */
public record RulebookHead(Jurisdiction jurisdiction, Title title, Source source,
        DaysInForce inForce) {

    /** @param title of the text in which the rules are published */
    public record Source(String title, SourceMark mark) {
    }
}
