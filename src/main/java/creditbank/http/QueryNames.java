package creditbank.http;

import static java.util.stream.Collectors.toMap;

import creditbank.api.Refused;
import creditbank.api.value.Rule;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
 * slip in its name would else answer everything. So is an empty day or number.
 */
@Component
class QueryNames implements WebMvcConfigurer, HandlerInterceptor {

    /** Goes with every read; what reads the ledger itself has it all and need not wait. */
    private static final String AFTER = "after";
    /** Which may be empty. */
    private static final Set<Class<?>> TEXTS = Set.of(String.class, List.class);

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
            Map<String, Class<?>> known = known(method);
            request.getParameterMap().forEach((name, values) -> {
                Class<?> type = known.get(name);
                if (type == null && !name.equals(AFTER)) {
                    throw Rule.FIELD_UNKNOWN.brokenIn(Problems.shortened(name), name);
                }
                // What is empty would be taken as left out, and another day or none be answered.
                if (type != null && !TEXTS.contains(type) && values[0].isBlank()) {
                    throw new Refused(Problems.notOfType(type, values[0]).in(name));
                }
            });
        }
        return true;
    }

    private static Map<String, Class<?>> known(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(each -> each.hasParameterAnnotation(RequestParam.class))
                .collect(toMap(QueryNames::name, MethodParameter::getParameterType));
    }

    private static String name(MethodParameter parameter) {
        RequestParam asked = parameter.getParameterAnnotation(RequestParam.class);
        return asked == null || asked.name().isEmpty()
                ? parameter.getParameter().getName() : asked.name();
    }
}
