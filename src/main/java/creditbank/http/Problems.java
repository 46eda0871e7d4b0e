package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import creditbank.api.rulebook.Mistake;
import creditbank.api.value.Rule;
import creditbank.http.RulebooksController.MistakeAnswer;
import creditbank.rulebook.RulebookWords;
import creditbank.words.Words;
import java.io.IOException;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.io.ContentReference;
import tools.jackson.databind.DatabindException;
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
    private static final TokenStreamLocation START =
            new TokenStreamLocation(ContentReference.unknown(), 0, 1, 1);
    private static final String RETRY_AFTER_SECONDS = "1";

    private final StoreTrouble trouble = new StoreTrouble();

    @ExceptionHandler
    ResponseEntity<ProblemDetail> refused(Refused refused, Locale locale) {
        Refusal refusal = refused.refusal();
        HttpStatus status = status(refusal);
        Words.Said said = Words.of(refusal, locale);
        ProblemDetail problem =
                problem(status, refusal.code(), said.what(), said.remedy(), locale);
        Words.parts(refusal, locale).forEach(problem::setProperty);
        if (refusal instanceof Refusal.RulebookInvalid(List<Mistake> mistakes)) {
            problem.setProperty("mistakes", mistakes(mistakes, locale));
        }
        HttpHeaders headers = new HttpHeaders();
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        return new ResponseEntity<>(problem, headers, status);
    }

    /** All that is wrong with a rulebook's text, each with its place and in words. */
    static List<MistakeAnswer> mistakes(List<Mistake> mistakes, Locale locale) {
        return mistakes.stream().map(m -> {
            Words.Said said = RulebookWords.of(m, locale);
            return new MistakeAnswer(m.line(), m.column(), m.path(), m.kind().code(), m.found(),
                    m.expected(), said.what(), said.remedy());
        }).toList();
    }

    private static HttpStatus status(Refusal refusal) {
        return switch (refusal) {
            case ValueInvalid v when v.rule() == Rule.BODY_MALFORMED
                    || v.rule() == Rule.FIELD_UNKNOWN
                    || v.rule() == Rule.TILE_PATH_MALFORMED -> HttpStatus.BAD_REQUEST;
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
        return problem(status, code(status), said.what(), said.remedy(), locale);
    }

    private static String code(HttpStatusCode status) {
        return status.isSameCodeAs(HttpStatus.INTERNAL_SERVER_ERROR)
                ? "unforeseen" : "http-" + status.value();
    }

    static ProblemDetail problem(HttpStatusCode status, String code, String detail,
            @Nullable String remedy, Locale locale) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        Words.title(status.value(), locale).ifPresent(problem::setTitle);
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
        if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
            String name = shortened(unknown.getPropertyName());
            return refused(new ValueInvalid(name, Rule.FIELD_UNKNOWN, name), request);
        }
        TokenStreamLocation at = e.getCause() instanceof JacksonException json
                && json.getLocation() != null ? json.getLocation() : START;
        Words.Said said = Words.of(new ValueInvalid(
                Words.place(at.getLineNr(), at.getColumnNr(), request.getLocale()),
                Rule.BODY_MALFORMED, "…"), request.getLocale());
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, Rule.BODY_MALFORMED.code(),
                said.what(), said.remedy(), request.getLocale());
        String field = e.getCause() instanceof DatabindException value ? field(value) : "";
        if (!field.isEmpty()) {
            problem.setProperty("field", field);
        }
        problem.setProperty("line", at.getLineNr());
        problem.setProperty("column", at.getColumnNr());
        return ResponseEntity.badRequest().body(problem);
    }

    /** Where something else is written than a field holds, such as {@code asked.0.evidence}. */
    private static String field(DatabindException e) {
        return e.getPath().stream().map(at -> at.getPropertyName() == null
                        ? String.valueOf(at.getIndex()) : shortened(at.getPropertyName()))
                .collect(Collectors.joining("."));
    }

    private ResponseEntity<Object> refused(Refusal refusal, WebRequest request) {
        ResponseEntity<ProblemDetail> answer = refused(new Refused(refusal), request.getLocale());
        return new ResponseEntity<>(
                answer.getBody(), answer.getHeaders(), answer.getStatusCode());
    }

    /** A parameter that is not what it should be is refused by its name, as a field is. */
    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException e,
            HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = e.getPropertyName();
        Class<?> type = e.getRequiredType();
        Object value = e.getValue();
        return name == null || type == null || value == null
                ? super.handleTypeMismatch(e, headers, status, request)
                : refused(notOfType(type, value).in(name), request);
    }

    static ValueInvalid notOfType(Class<?> type, Object value) {
        Refused refused;
        if (type == LocalDate.class) {
            refused = Rule.DATE_MALFORMED.brokenBy(value);
        } else if (type.isEnum()) {
            refused = Rule.CHOICE_UNKNOWN.brokenBy(value, type.getEnumConstants());
        } else if (ClassUtils.resolvePrimitiveIfNecessary(type) == Boolean.class) {
            refused = Rule.CHOICE_UNKNOWN.brokenBy(value, true, false);
        } else {
            refused = Rule.WHOLE_NUMBER_MALFORMED.brokenBy(value);
        }
        return (ValueInvalid) refused.refusal();
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers,
            HttpStatusCode status, WebRequest request) {
        return refused(new ValueInvalid(e.getParameterName(), Rule.REQUIRED, ""), request);
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestPart(
            MissingServletRequestPartException e, HttpHeaders headers, HttpStatusCode status,
            WebRequest request) {
        return refused(
                new ValueInvalid(e.getRequestPartName(), Rule.REQUIRED, ""), request);
    }

    static String shortened(String name) {
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
            Words.title(status.value(), request.getLocale()).ifPresent(problem::setTitle);
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
