package creditbank.rulebook;

import java.util.List;

/**
 * Lines that compete for what limits leave: which of them stand?
 *
 * @param pieces  how many pieces of evidence there are
 * @param days    the day of each piece, as a number that grows
 * @param options what can be chosen, in stated order
 * @param bounds  what may not be passed
 */
record Allocation(int pieces, List<Long> days, List<Option> options, List<Bound> bounds) {

    /** One piece before one or several targets, chosen as a whole. */
    record Option(int piece, List<Line> lines) {
        long least() {
            return lines.stream().mapToLong(Line::least).sum();
        }
    }

    /**
     * @param target which target, by number
     * @param least  hundredths, at least so many if it is chosen
     * @param most   hundredths, at most so many
     * @param gain   what it is worth in the comparison if it counts no credits: of an exemption
     */
    record Line(int target, long least, long most, long gain) {
    }

    enum Measure { CREDITS, PIECES, TARGETS }

    /**
     * @param lines the lines it sums over, each as its option's and its own number
     * @param most  what they may come to: hundredths, or a count
     */
    record Bound(Measure measure, List<At> lines, long most) {
    }

    record At(int option, int line) {
    }

    /**
     * A choice.
     *
     * @param amounts for each option either nothing, or the hundredths of each of its lines
     * @param proven  whether it is known to be the best
     */
    record Choice(List<List<Long>> amounts, boolean proven) {
    }
}
