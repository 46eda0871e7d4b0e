package creditbank.api.recognition;

/**
 * A requirement as it stood after the granted lines.
 *
 * @param clause which clause requires it
 * @param name   the requirement's name within the clause
 * @param met    whether it is met
 * @param found  the sum or share that was found: two decimals, or an exact fraction for a share
 * @param needed the least there must be, written likewise
 */
public record RequirementLine(ClauseId clause, String name, boolean met, String found,
        String needed) {

    public RequirementLine {
        Names.checked(name);
    }
}
