package creditbank.http;

import static java.util.stream.Collectors.toSet;

import creditbank.api.value.Rule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Set;
import org.springframework.core.MethodParameter;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * What an address does not ask for is refused, as an unknown field of a body is: a filter with a
 * slip in its name would else answer everything.
 */
@Component
class QueryNames implements WebMvcConfigurer, HandlerInterceptor {

    /** Goes with every read; what reads the ledger itself has it all and need not wait. */
    private static final String AFTER = "after";

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this);
    }

    /** Pages and descriptions that libraries serve may ask for whatever they like. */
    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getQueryString() != null && handler instanceof HandlerMethod method
                && method.getBeanType().getPackage().equals(QueryNames.class.getPackage())) {
            Set<String> known = known(method);
            for (String name : request.getParameterMap().keySet()) {
                if (!known.contains(name) && !name.equals(AFTER)) {
                    throw Rule.FIELD_UNKNOWN.brokenIn(Problems.shortened(name), name);
                }
            }
        }
        return true;
    }

    private static Set<String> known(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(each -> each.hasParameterAnnotation(RequestParam.class))
                .map(QueryNames::name).collect(toSet());
    }

    private static String name(MethodParameter parameter) {
        RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
        return asked == null || asked.name().isEmpty()
                ? parameter.getParameter().getName() : asked.name();
    }
}
