package creditbank.api.recognition;

/**
 * Something to know about a piece of evidence that refuses nothing.
 *
 * @param clause   which clause says so
 * @param name     the rulebook's name for it, such as {@code late}
 * @param evidence which piece
 */
public record Flag(ClauseId clause, String name, EvidenceId evidence) {

    public Flag {
        Names.checked(name);
    }
}
