package creditbank.api.agreement;

import creditbank.api.value.Rule;

/**
 * Whose outcomes are accepted by whom. Mutual acceptance is two directions.
 *
 * @param from whose outcomes they are
 * @param to   who accepts them and gives credits for them
 */
public record Direction(Party from, Party to) {

    public Direction {
        if (from.equals(to)) {
            throw Rule.DIRECTION_TO_ITSELF.brokenBy(from);
        }
    }

    @Override
    public String toString() {
        return from + " → " + to;
    }
}
