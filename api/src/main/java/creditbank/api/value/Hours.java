package creditbank.api.value;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** Hours of study or practice, exact in hundredths; written "36.00". */
public record Hours(long hundredths) {

    public Hours {
        Hundredths.checked(hundredths);
    }

    @JsonCreator
    public static Hours of(String text) {
        return new Hours(Hundredths.parse(text));
    }

    @JsonValue
    @Override
    public String toString() {
        return Hundredths.write(hundredths);
    }
}
