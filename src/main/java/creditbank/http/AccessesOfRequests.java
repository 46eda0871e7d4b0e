package creditbank.http;

import creditbank.Bank;
import creditbank.access.Accesses;
import creditbank.api.institution.InstitutionId;
import creditbank.http.PersonalData.Reading;
import creditbank.ledger.Sender;
import creditbank.security.Caller;
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
 * Has it stand in the ledger, before the first byte of an answer is written, whose personal data it
 * shows to somebody else; if the ledger cannot take it, nothing is shown.
 */
@RestControllerAdvice
class AccessesOfRequests implements ResponseBodyAdvice<Object> {

    private static final String READING = Reading.class.getName();

    private final Accesses accesses;
    private final Bank bank;

    AccessesOfRequests(Bank bank, Accesses accesses) {
        this.bank = bank;
        this.accesses = accesses;
    }

    private static ServletRequestAttributes request() {
        return (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
    }

    private static Caller caller() {
        return Caller.of(request().getRequest());
    }

    private static @Nullable Reading begun() {
        return (Reading) request().getAttribute(READING, RequestAttributes.SCOPE_REQUEST);
    }

    /** Of the request that is answered on this thread. */
    static Reading reading() {
        Reading reading = begun();
        if (reading == null) {
            reading = new Reading(caller().learner());
            request().setAttribute(READING, reading, RequestAttributes.SCOPE_REQUEST);
        }
        return reading;
    }

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
        Reading reading = begun();
        if (reading != null && !reading.shown().isEmpty()) {
            Caller caller = caller();
            InstitutionId institution = caller.institution();
            accesses.record(new Sender(caller.actor(),
                    institution == null ? null : institution.stream(), bank.newCommandId(), null),
                    reading.shown());
        }
        return body;
    }
}
