package creditbank.agreement;

import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.agreement.Direction;
import creditbank.api.agreement.Party;
import creditbank.api.recognition.RulebookId;
import creditbank.api.rulebook.DaysInForce;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Terms as tests need them: everyone named accepts from everyone. */
public final class Terms {

    public static final AgreementId ID = new AgreementId("college-and-university");
    public static final RulebookId RULES = new RulebookId("example-college");

    private Terms() {
    }

    public static Party party(String text) {
        return new Party(text);
    }

    /** @param until null for none */
    public static AgreementTerms between(String from, @Nullable String until, Party... parties) {
        List<Direction> directions = new ArrayList<>();
        for (Party one : parties) {
            for (Party other : parties) {
                if (!one.equals(other)) {
                    directions.add(new Direction(one, other));
                }
            }
        }
        return with(from, until, directions, parties);
    }

    public static AgreementTerms with(String from, @Nullable String until, List<Direction> directions,
            Party... parties) {
        return new AgreementTerms("学习成果互认协议", List.of(parties), List.of(RULES), directions,
                new DaysInForce(LocalDate.parse(from),
                        until == null ? null : LocalDate.parse(until)));
    }
}
