package creditbank.agreement;

import static creditbank.api.Refused.inField;

import creditbank.api.agreement.AgreementCommand.ProposeAgreement;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.agreement.Direction;
import creditbank.api.agreement.Party;
import creditbank.api.recognition.RulebookId;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.value.Forms;
import creditbank.api.value.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * An agreement as it arrives in a request: text that may be wrong.
 *
 * @param party for whom it is proposed
 */
public record AgreementForm(
        @Nullable String id,
        @Nullable String title,
        @Nullable List<@Nullable String> parties,
        @Nullable List<@Nullable String> rulebooks,
        @Nullable List<@Nullable DirectionForm> directions,
        @Nullable DaysForm inForce,
        @Nullable String party) {

    /** Whose outcomes are accepted by whom. */
    public record DirectionForm(@Nullable String from, @Nullable String to) {

        private static Direction read(@Nullable DirectionForm form, String place) {
            DirectionForm given = form == null ? new DirectionForm(null, null) : form;
            return new Direction(
                    inField(place + ".from", () -> new Party(Forms.required(given.from))),
                    inField(place + ".to", () -> new Party(Forms.required(given.to))));
        }
    }

    /** The first and the last day; {@code until} is left out where there is none. */
    public record DaysForm(@Nullable String from, @Nullable String until) {

        private DaysInForce read() {
            return new DaysInForce(
                    inField("inForce.from", () -> Forms.date(Forms.required(from))),
                    inField("inForce.until", () -> Forms.dateIfAny(until)));
        }
    }

    /** @param acting the party that it is proposed for, after a look at who asks */
    public ProposeAgreement proposal(Party acting, String proposer) {
        AgreementId named = inField("id", () -> new AgreementId(Forms.required(id)));
        return new ProposeAgreement(named, terms(), acting, proposer);
    }

    private AgreementTerms terms() {
        String said = inField("title", () -> Forms.required(title));
        return new AgreementTerms(said,
                each("parties", parties, (text, _) -> new Party(Forms.required(text))),
                each("rulebooks", rulebooks,
                        (text, _) -> new RulebookId(Forms.required(text))),
                each("directions", directions, DirectionForm::read),
                days());
    }

    private DaysInForce days() {
        if (inForce == null) {
            throw Rule.REQUIRED.brokenIn("inForce", "");
        }
        return inForce.read();
    }

    /** A refusal names which one it is, from 0, as in {@code parties.2}. */
    private static <F extends @Nullable Object, T> List<T> each(
            String field, @Nullable List<F> forms, BiFunction<F, String, T> reading) {
        if (forms == null) {
            throw Rule.REQUIRED.brokenIn(field, "");
        }
        List<T> read = new ArrayList<>();
        for (F form : forms) {
            String place = field + "." + read.size();
            read.add(inField(place, () -> reading.apply(form, place)));
        }
        return read;
    }
}
