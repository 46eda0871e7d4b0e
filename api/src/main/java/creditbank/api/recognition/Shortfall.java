package creditbank.api.recognition;

import org.jspecify.annotations.Nullable;

/**
 * What would have to change for a refused line to be granted, or an unmet requirement to be met.
 *
 * @param clause which clause asks for it; absent where it is so under every rulebook
 * @param of     whose attribute, or {@link Scope#SUM} where it is a sum
 * @param name   the attribute, or the limit
 * @param test   how it is held against {@code needed}
 * @param needed what it is held against, in writing as in {@link Fact}
 * @param found  what was there; absent where nothing was, and always for {@link Scope#LEARNER}
 */
public record Shortfall(@Nullable ClauseId clause, Scope of, String name, Comparison test,
        String needed, @Nullable String found) {

    public Shortfall {
        found = of == Scope.LEARNER ? null : found;
    }
}
