package creditbank.http;

import creditbank.BankSettings;
import creditbank.api.value.Rule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * What requests and answers hold: JSON in, of a limited size, and JSON out, or whatever other one
 * form an address has.
 */
@ControllerAdvice
class Contents extends RequestBodyAdviceAdapter implements WebMvcConfigurer, HandlerInterceptor {

    private static final MediaType JSON = MediaType.APPLICATION_JSON;
    private static final MediaType LIKE_JSON = new MediaType("application", "*+json");

    private final long mostBytes;

    Contents(BankSettings settings) {
        this.mostBytes = settings.largestBody().toBytes();
    }

    /**
     * An answer in no accepted form would come too late: the command stands by then. Every address
     * has one form, so there is nothing to choose.
     */
    @Override
    public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
        negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.ALL);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this);
    }

    /** Refuses what is no JSON where JSON is read; also types that are only patterns of types. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response,
            Object handler) throws HttpMediaTypeNotSupportedException {
        if (handler instanceof HandlerMethod method && readsBody(method)) {
            String header = request.getContentType();
            MediaType type = header == null
                    ? MediaType.APPLICATION_OCTET_STREAM : MediaType.parseMediaType(header);
            if (!type.isConcrete() || !JSON.includes(type) && !LIKE_JSON.includes(type)) {
                throw new HttpMediaTypeNotSupportedException(type, List.of(JSON));
            }
        }
        return true;
    }

    private static boolean readsBody(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(p -> p.hasParameterAnnotation(RequestBody.class));
    }

    // ------------------------------------------------------------------ the size of bodies

    @Override
    public boolean supports(MethodParameter parameter, Type type,
            Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(HttpInputMessage message, MethodParameter parameter,
            Type type, Class<? extends HttpMessageConverter<?>> converter) throws IOException {
        if (message.getHeaders().getContentLength() > mostBytes) {
            throw tooLarge();
        }
        InputStream limited = new Limited(message.getBody());
        return new HttpInputMessage() {
            @Override
            public InputStream getBody() {
                return limited;
            }

            @Override
            public HttpHeaders getHeaders() {
                return message.getHeaders();
            }
        };
    }

    private RuntimeException tooLarge() {
        return Rule.BODY_TOO_LARGE.brokenBy("more than " + mostBytes + " bytes");
    }

    /** Who sends in pieces need not say beforehand how much it will be. */
    private final class Limited extends FilterInputStream {
        private long read;

        Limited(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int some = super.read(into, offset, length);
            count(Math.max(some, 0));
            return some;
        }

        private void count(int bytes) {
            read += bytes;
            if (read > mostBytes) {
                throw tooLarge();
            }
        }
    }
}
