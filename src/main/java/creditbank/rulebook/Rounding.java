package creditbank.rulebook;

/** How a computed amount becomes a multiple of a step. */
enum Rounding {
    DOWN, UP, HALF_UP;

    /** @param step in hundredths */
    long apply(long above, long below, long step) {
        long unit = Math.multiplyExact(below, step);
        return step * switch (this) {
            case DOWN -> Math.floorDiv(above, unit);
            case UP -> Math.ceilDiv(above, unit);
            case HALF_UP -> Math.floorDiv(Math.addExact(2 * above, unit), 2 * unit);
        };
    }
}
