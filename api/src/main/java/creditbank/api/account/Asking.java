package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.agreement.AgreementId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.Wish;
import creditbank.api.value.Sealed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an application asks for.
 *
 * @param asked     lines to decide on; absent means whatever counts most
 * @param request   what is said in asking
 * @param ofLearner what is said of the learner, as {@link Attributes} are written, sealed because it
 *                  is personal; absent where nothing is
 * @param agreement the agreement it rests on, where the rulebook is not one of the school's own
 *                  jurisdiction
 */
public record Asking(
        RulebookVersion rulebook,
        @Nullable List<Wish> asked,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Attributes request,
        @Nullable Sealed ofLearner,
        @Nullable AgreementId agreement) {

    public Asking {
        asked = asked == null ? null : List.copyOf(asked);
        request = request == null ? Attributes.NONE : request;
    }
}
