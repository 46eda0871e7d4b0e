package creditbank.api.recognition;

import org.jspecify.annotations.Nullable;

/**
 * An input that mattered.
 *
 * @param of    whose attribute
 * @param name  its name
 * @param value as it was, in writing: numbers with two decimals, days as ISO 8601, flags as
 *              {@code true} and {@code false}; absent where the attribute was, and always absent
 *              for {@link Scope#LEARNER}: what is said of a person does not stand in a decision
 */
public record Fact(Scope of, String name, @Nullable String value) {

    public Fact {
        value = of == Scope.LEARNER ? null : value;
    }
}
