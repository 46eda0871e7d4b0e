package creditbank.rulebook;

import org.jspecify.annotations.Nullable;

/** What a clause gives to the evidence it selects. */
sealed interface Award {

    /**
     * Credits.
     *
     * @param base     from where the amount comes
     * @param times    what it is multiplied by: a fraction, or a table of fractions; absent for 1
     * @param less     what is then taken off; absent for nothing
     * @param rounding of the outcome
     * @param step     in hundredths: to a multiple of this
     * @param atMost   never more than this; absent for no such bound
     * @param whole    whether it counts whole or not at all
     * @param grade    to record; absent for none
     */
    record Worth(Quantity base, @Nullable Times times, @Nullable Quantity less, Rounding rounding,
            long step, @Nullable Quantity atMost, boolean whole, @Nullable Grade grade)
            implements Award {
    }

    /** The course need not be taken; no credits are given. */
    record Exemption(@Nullable Grade grade) implements Award {
    }

    /** A door that opens. */
    record Opens(String to) implements Award {
    }

    sealed interface Times {
        record By(Fraction fraction) implements Times {
        }

        record Looked(Table table) implements Times {
        }
    }

    sealed interface Grade {
        record Fixed(String text) implements Grade {
        }

        record Looked(Table table) implements Grade {
        }
    }
}
