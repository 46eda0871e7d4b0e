package creditbank.rulebook;

/** Where an amount comes from. */
sealed interface Quantity {

    /** @param hundredths the same for all */
    record Fixed(long hundredths) implements Quantity {
    }

    /** The evidence's own credits, converted to the rulebook's unit. */
    record Own() implements Quantity {
    }

    /** The target's credits. */
    record OfTarget() implements Quantity {
    }

    record OfAttribute(Attribute attribute) implements Quantity {
    }

    record Looked(Table table) implements Quantity {
    }
}
