package creditbank.http;

import creditbank.words.Words;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** The same problem details for those whom something stops before any controller. */
@Configuration(proxyBeanMethods = false)
class ProblemsAtTheDoor {

    /** Those that the firewall lets pass; Tomcat itself refuses TRACE. */
    private static final Set<String> METHODS =
            Set.of("DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT");

    private static final Set<CoercionInputShape> SCALARS = Set.of(CoercionInputShape.Integer,
            CoercionInputShape.Float, CoercionInputShape.Boolean, CoercionInputShape.String,
            CoercionInputShape.EmptyString);

    @Bean
    AuthenticationEntryPoint notSignedIn(JsonMapper json) {
        return (request, response, e) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"creditbank\"");
            write(json, response, Problems.problem(HttpStatus.UNAUTHORIZED, "not-signed-in",
                    request.getHeader(HttpHeaders.AUTHORIZATION) == null
                            ? inLanguage(request, "请先登录。", "Sign in first.")
                            : inLanguage(request, "用户名或口令不正确。",
                                    "The user name or the password is wrong."),
                    inLanguage(request, "请用 HTTP Basic 提供用户名和口令。",
                            "Send a user name and a password with HTTP Basic."),
                    request.getLocale()));
        };
    }

    /** Who is signed in may know what is there, and is told when nothing is. */
    @Bean
    AccessDeniedHandler notAllowed(
            JsonMapper json, ObjectProvider<RequestMappingHandlerMapping> addresses) {
        return (request, response, e) -> {
            try {
                if (isThere(request, addresses)) {
                    write(json, response, Problems.problem(HttpStatus.FORBIDDEN,
                            "not-for-your-role",
                            inLanguage(request, "您的角色不能进行此操作。",
                                    "Your role may not do this."),
                            inLanguage(request, "请换用有权限的用户。",
                                    "Sign in as a user whose role may; /api/me says who"
                                            + " you are."),
                            request.getLocale()));
                } else {
                    write(json, response,
                            Problems.problem(HttpStatus.NOT_FOUND, request.getLocale()));
                }
            } catch (HttpRequestMethodNotSupportedException other) {
                other.getHeaders().forEach((name, values) ->
                        values.forEach(value -> response.addHeader(name, value)));
                write(json, response,
                        Problems.problem(other.getStatusCode(), request.getLocale()));
            }
        };
    }

    private static boolean isThere(HttpServletRequest request,
            ObjectProvider<RequestMappingHandlerMapping> addresses)
            throws HttpRequestMethodNotSupportedException {
        for (RequestMappingHandlerMapping each : addresses.orderedStream().toList()) {
            try {
                if (each.getHandler(request) != null) {
                    return true;
                }
            } catch (HttpRequestMethodNotSupportedException e) {
                throw e;
            } catch (ServletException e) {
                // It is there, and would only have had another fault to find with the request.
                return true;
            } catch (Exception e) {
                throw new IllegalStateException(request.getRequestURI() + " cannot be told", e);
            }
        }
        return false;
    }

    /** What the firewall does not let pass: tricks in addresses, and methods nobody knows. */
    @Bean
    RequestRejectedHandler tricks(JsonMapper json) {
        return (request, response, e) -> write(json, response, Problems.problem(
                METHODS.contains(request.getMethod())
                        ? HttpStatus.BAD_REQUEST : HttpStatus.NOT_IMPLEMENTED,
                request.getLocale()));
    }

    /** What Tomcat refuses before the filter chain, or an error that nobody answered. */
    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> tomcatRefuses(
            JsonMapper json) {
        return tomcat -> tomcat.addContextCustomizers(
                context -> context.getParent().getPipeline().addValve(new TomcatProblems(json)));
    }

    /** The same member twice is a mistake, and which one counts would be a guess. */
    @Bean
    JsonMapperBuilderCustomizer noMemberTwice() {
        return builder -> builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    /**
     * What is written as something else than {@code api/openapi.yaml} says is a mistake too: 1.5
     * is no version, true no name and 0 no day, although each could be made into one.
     */
    @Bean
    JsonMapperBuilderCustomizer nothingForSomethingElse() {
        return builder -> {
            takesOnly(builder, LogicalType.Integer, CoercionInputShape.Integer);
            takesOnly(builder, LogicalType.Float,
                    CoercionInputShape.Float, CoercionInputShape.Integer);
            takesOnly(builder, LogicalType.Boolean, CoercionInputShape.Boolean);
            takesOnly(builder, LogicalType.Textual,
                    CoercionInputShape.String, CoercionInputShape.EmptyString);
            takesOnly(builder, LogicalType.DateTime, CoercionInputShape.String);
            takesOnly(builder, LogicalType.Enum, CoercionInputShape.String);
        };
    }

    private static void takesOnly(
            JsonMapper.Builder builder, LogicalType type, CoercionInputShape... shapes) {
        builder.withCoercionConfig(type, config -> {
            for (CoercionInputShape shape : SCALARS) {
                if (!Set.of(shapes).contains(shape)) {
                    config.setCoercion(shape, CoercionAction.Fail);
                }
            }
        });
    }

    private static String inLanguage(HttpServletRequest request, String zh, String en) {
        return Words.language(request.getLocale()) == Locale.CHINESE ? zh : en;
    }

    private static void write(JsonMapper json, HttpServletResponse response,
            ProblemDetail problem) throws IOException {
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
