package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.value.Rule;
import creditbank.words.Words;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * Every "no" as a problem detail (RFC 9457): {@code code} is stable, {@code detail} says what
 * happened, {@code remedy} what to do, in the language the client asks for; the parts of the
 * refusal stand beside them.
 */
@RestControllerAdvice
class Problems extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final String TYPE = "urn:creditbank:problem:";
    private static final int LONGEST_NAME = 40;
    private static final String RETRY_AFTER_SECONDS = "1";

    private final StoreTrouble trouble = new StoreTrouble();

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refused refused, Locale locale) {
        Refusal refusal = refused.refusal();
        HttpStatus status = status(refusal);
        Words.Said said = Words.of(refusal, locale);
        ProblemDetail problem = problem(status, refusal.code(), said.what(), said.remedy());
        Words.parts(refusal).forEach(problem::setProperty);
        HttpHeaders headers = new HttpHeaders();
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return new ResponseEntity<>(problem, headers, status);
    }

    private static HttpStatus status(Refusal refusal) {
        return switch (refusal) {
            case Refusal.ValueInvalid v when v.rule() == Rule.BODY_MALFORMED
                    || v.rule() == Rule.FIELD_UNKNOWN -> HttpStatus.BAD_REQUEST;
            case Refusal.ValueInvalid v when v.rule() == Rule.BODY_TOO_LARGE ->
                    HttpStatus.CONTENT_TOO_LARGE;
            case Refusal.VersionMismatch _ -> HttpStatus.PRECONDITION_FAILED;
            case Refusal.Invalid _ -> HttpStatus.UNPROCESSABLE_CONTENT;
            case Refusal.Unknown _ -> HttpStatus.NOT_FOUND;
            case Refusal.Conflict _ -> HttpStatus.CONFLICT;
            case Refusal.NotAllowed _ -> HttpStatus.FORBIDDEN;
            case Refusal.Unavailable _ -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }

    /** A fault of the request itself, or of the bank, that has no refusal. */
    static ProblemDetail problem(HttpStatusCode status, Locale locale) {
        Words.Said said = Words.ofStatus(status.value(), locale);
        return problem(status, code(status), said.what(), said.remedy());
    }

    private static String code(HttpStatusCode status) {
        return status.isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR)
                ? "unforeseen" : "http-" + status.value();
    }

    static ProblemDetail problem(
            HttpStatusCode status, String code, String detail, @Nullable String remedy) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(URI.create(TYPE + code));
        problem.setProperty("code", code);
        if (remedy != null) {
            problem.setProperty("remedy", remedy);
        }
        return problem;
    }

    /** Personal values may stand in the body, so only the place of the fault is told. */
    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status,
            WebRequest request) {
        Refusal.ValueInvalid refusal = e.getCause() instanceof UnrecognizedPropertyException unknown
                ? new Refusal.ValueInvalid(
                        shortened(unknown.getPropertyName()), Rule.FIELD_UNKNOWN,
                        shortened(unknown.getPropertyName()))
                : new Refusal.ValueInvalid("", Rule.BODY_MALFORMED, "…");
        ResponseEntity<ProblemDetail> answer = refused(new Refused(refusal), request.getLocale());
        return new ResponseEntity<>(
                answer.getBody(), answer.getHeaders(), answer.getStatusCode());
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    /** What Spring itself refuses: a wrong method, a wrong media type, a missing parameter. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception e,
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status,
            WebRequest request) {
        ResponseEntity<Object> answer =
                super.handleExceptionInternal(e, body, headers, status, request);
        if (answer != null && answer.getBody() instanceof ProblemDetail problem
                && (problem.getProperties() == null
                        || !problem.getProperties().containsKey("code"))) {
            String code = code(status);
            Words.Said said = Words.ofStatus(status.value(), request.getLocale());
            problem.setDetail(said.what());
            problem.setProperty("remedy", said.remedy());
            problem.setType(URI.create(TYPE + code));
            problem.setProperty("code", code);
        }
        return answer;
    }

    /** What cannot even be taken apart: parameters, parts, media types. */
    @ExceptionHandler({InvalidParameterException.class, InvalidMediaTypeException.class})
    ResponseEntity<ProblemDetail> unreadable(Exception e, Locale locale) {
        return ResponseEntity.badRequest().body(problem(HttpStatus.BAD_REQUEST, locale));
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unreadable(MultipartException e, Locale locale) {
        if (e instanceof MaxUploadSizeExceededException) {
            return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE)
                    .body(problem(HttpStatus.CONTENT_TOO_LARGE, locale));
        }
        IOException disk = StoreTrouble.ofTheDisk(e);
        return disk == null ? unreadable((Exception) e, locale)
                : refused(new Refused(new Refusal.FileNotStored(
                        String.valueOf(disk.getMessage()))), locale);
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unforeseen(Exception e, Locale locale) {
        RuntimeException store = StoreTrouble.ofTheStore(e);
        if (store != null) {
            trouble.tell(store);
            return refused(new Refused(new Refusal.StoreFailed(
                    String.valueOf(store.getMessage()))), locale);
        }
        String reference = UUID.randomUUID().toString();
        LOG.error("A request failed in a way nobody foresaw; reference {}", reference, e);
        ProblemDetail problem = problem(HttpStatus.INTERNAL_SERVER_ERROR, locale);
        problem.setProperty("reference", reference);
        return ResponseEntity.internalServerError().body(problem);
    }
}
