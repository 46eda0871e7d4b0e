package creditbank.http;

import creditbank.words.Words;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** The same problem details for those whom the filter chain stops before any controller. */
@Configuration(proxyBeanMethods = false)
class ProblemsAtTheDoor {

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
                            "Send a user name and a password with HTTP Basic.")));
        };
    }

    @Bean
    AccessDeniedHandler notAllowed(JsonMapper json) {
        return (request, response, e) -> write(json, response, Problems.problem(HttpStatus.FORBIDDEN,
                "not-for-your-role",
                inLanguage(request, "您的角色不能进行此操作。", "Your role may not do this."),
                inLanguage(request, "请换用有权限的用户。",
                        "Sign in as a user whose role may; /api/me says who you are.")));
    }

    /** Addresses the firewall does not let pass: tricks with slashes, dots and semicolons. */
    @Bean
    RequestRejectedHandler tricks(JsonMapper json) {
        return (request, response, e) -> {
            Words.Said said = Words.ofStatus(HttpStatus.BAD_REQUEST.value(), request.getLocale());
            write(json, response, Problems.problem(
                    HttpStatus.BAD_REQUEST, "http-400", said.what(), said.remedy()));
        };
    }

    /** The same member twice is a mistake, and which one counts would be a guess. */
    @Bean
    JsonMapperBuilderCustomizer noMemberTwice() {
        return builder -> builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
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
