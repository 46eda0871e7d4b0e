package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An exact amount of credits whose unit is said for all of them together; written "4.50". */
public record Amount(long hundredths) {

    public Amount {
        Hundredths.checked(hundredths);
    }

    @JsonCreator
    public static Amount of(String text) {
        return new Amount(Hundredths.parse(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return Hundredths.write(hundredths);
    }
}
