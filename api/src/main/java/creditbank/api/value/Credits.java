package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * An exact, non-negative amount of credits in the unit they were earned in, at most 1,000,000.00.
 * Written {@code {"amount":"4.50","unit":"CN"}}.
 *
 * @param hundredths the amount in hundredths of a credit
 */
@JsonIncludeProperties({"amount", "unit"})
@JsonPropertyOrder({"amount", "unit"})
public record Credits(long hundredths, CreditUnit unit) {

    public Credits {
        Hundredths.checked(hundredths);
    }

    @JsonCreator
    public static Credits of(
            @JsonProperty("amount") String amount, @JsonProperty("unit") CreditUnit unit) {
        return new Credits(Hundredths.parse(amount), unit);
    }

    @JsonProperty("amount")
    public String amount() {
        return amount(hundredths);
    }

    /** Writes a sum of hundredths, which may be larger than a single amount or negative. */
    public static String amount(long hundredths) {
        return Hundredths.write(hundredths);
    }

    @Override
    public String toString() {
        return amount() + " " + unit;
    }
}
