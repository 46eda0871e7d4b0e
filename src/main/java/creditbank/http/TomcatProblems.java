package creditbank.http;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/** Problem details in the place of Tomcat's own pages, for errors that nothing else answered. */
final class TomcatProblems extends ErrorReportValve {

    private static final Logger LOG = LoggerFactory.getLogger(TomcatProblems.class);
    private static final int FIRST_ERROR = 400;

    private final JsonMapper json;

    TomcatProblems(JsonMapper json) {
        this.json = json;
    }

    /** As the valve above: once, where an error was sent and nothing is written yet. */
    @Override
    protected void report(Request request, Response response, @Nullable Throwable failure) {
        if (response.getStatus() < FIRST_ERROR || response.getContentWritten() > 0
                || !response.setErrorReported() || !canBeWritten(response)) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.setCharacterEncoding(StandardCharsets.UTF_8);
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(json.writeValueAsString(Problems.problem(
                        HttpStatusCode.valueOf(response.getStatus()), request.getLocale())));
                response.finishResponse();
            }
        } catch (IOException e) {
            LOG.debug("Who asked is gone before the answer", e);
        }
    }

    private static boolean canBeWritten(Response response) {
        AtomicBoolean allowed = new AtomicBoolean();
        response.getCoyoteResponse().action(ActionCode.IS_IO_ALLOWED, allowed);
        return allowed.get();
    }
}
