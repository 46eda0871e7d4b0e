package creditbank.http;

import creditbank.Bank;
import creditbank.access.Accesses;
import creditbank.api.access.PersonalRecord;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Reason;
import creditbank.api.value.Sealed;
import creditbank.ledger.Sender;
import creditbank.privacy.Sealing;
import creditbank.privacy.Sealing.Field;
import creditbank.projections.Accounts;
import creditbank.projections.Views;
import creditbank.security.Caller;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/**
 * The one place where sealed fields are opened for an answer. Of whom something was opened for
 * somebody other than the learner is remembered with the request, and stands in the ledger before
 * the first byte of the answer is written; if the ledger cannot take it, nothing is shown.
 */
@RestControllerAdvice
class PersonalData implements ResponseBodyAdvice<Object> {

    private static final String SHOWN = PersonalData.class.getName() + ".shown";

    /** Of one request: of whom what was opened. */
    private static final class Shown {
        private final Map<LearnerId, Set<PersonalRecord>> records = new LinkedHashMap<>();
    }

    private final Sealing sealing;
    private final Views views;
    private final Accesses accesses;
    private final Bank bank;

    PersonalData(Bank bank, Sealing sealing, Views views, Accesses accesses) {
        this.bank = bank;
        this.sealing = sealing;
        this.views = views;
        this.accesses = accesses;
    }

    /**
     * The text, if there is any, and unless the account is restricted or erased.
     *
     * @param in in what it is shown
     */
    @Nullable String open(
            PersonalRecord in, LearnerId learner, Field field, @Nullable Sealed sealed) {
        Accounts.Account account =
                sealed == null ? null : views.get(Accounts.ACCOUNTS, learner.text());
        String text = sealed == null || account == null
                || account.status() != Accounts.Status.OPEN
                ? null : sealing.open(learner, field, sealed).orElse(null);
        if (text != null && !learner.equals(caller().learner())) {
            remember(in, learner);
        }
        return text;
    }

    /** A reason in words; absent where none was said, or where it may not be shown. */
    @Nullable String reason(PersonalRecord in, LearnerId learner, @Nullable Reason reason) {
        return switch (reason) {
            case null -> null;
            case Reason.Clear clear -> clear.text();
            case Reason.Secret secret -> open(in, learner, Field.REASON, secret.text());
        };
    }

    private static ServletRequestAttributes request() {
        return (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
    }

    private static Caller caller() {
        return Caller.of(request().getRequest());
    }

    private static @Nullable Shown shown() {
        return (Shown) request().getAttribute(SHOWN, RequestAttributes.SCOPE_REQUEST);
    }

    private static void remember(PersonalRecord in, LearnerId learner) {
        Shown shown = shown();
        if (shown == null) {
            shown = new Shown();
            request().setAttribute(SHOWN, shown, RequestAttributes.SCOPE_REQUEST);
        }
        shown.records.computeIfAbsent(learner, _ -> EnumSet.noneOf(PersonalRecord.class)).add(in);
    }

    // ------------------------------------------------------------------ before the answer

    @Override
    public boolean supports(MethodParameter answered,
            Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(@Nullable Object body, MethodParameter answered,
            MediaType type, Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest asked, ServerHttpResponse answer) {
        // A refusal shows nothing of what was opened on the way to it.
        if (body instanceof ProblemDetail) {
            return body;
        }
        Shown shown = shown();
        if (shown != null) {
            Caller caller = caller();
            InstitutionId institution = caller.institution();
            accesses.record(new Sender(caller.actor(),
                    institution == null ? null : institution.stream(), bank.newCommandId(), null),
                    shown.records);
        }
        return body;
    }
}
