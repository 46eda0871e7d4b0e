package creditbank.http;

import creditbank.account.Impact;
import creditbank.account.StudiesCounter;
import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.recognition.RefusalCode;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import creditbank.projections.Recognitions;
import creditbank.projections.Recognitions.Recognition;
import creditbank.projections.Views;
import creditbank.rulebook.Enactment;
import creditbank.rulebook.Rulebook;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** A rulebook's text tried on all that was ever decided under its versions. */
@RestController
@RequestMapping("/api/rulebooks/impact")
@Tag(name = "Rulebooks")
class ImpactController {

    private static final int AT_ONCE = 1_000;
    /** Progress is told this often, in learners. */
    private static final int BETWEEN = 200;

    private final StudiesCounter studies;
    private final Views views;
    private final JsonMapper json;

    ImpactController(StudiesCounter studies, Views views, JsonMapper json) {
        this.studies = studies;
        this.views = views;
        this.json = json;
    }

    /** How far the trial is: accounts have random numbers, so their order tells the share. */
    record ProgressOfTrial(int percent, long learners, long changed) {
    }

    /** @param before credits that count now, "exempt", or absent where nothing does */
    record LineOfTrial(AchievementId evidence, TargetId target, @Nullable String before,
            @Nullable String after, @Nullable RefusalCode why) {
    }

    /** Somebody whose credits would change, and by how much. */
    record ChangeOfTrial(EnrolmentId enrolment, String by, List<LineOfTrial> lines) {
    }

    /** @param notTried learners who were erased, whose applications nobody can read any more */
    record EndOfTrial(long learners, long changed, long notTried, String gained, String lost) {
    }

    @PostMapping(consumes = {"application/yaml", "text/yaml", "text/plain"},
            produces = "text/event-stream")
    @Operation(summary = "Whose credits would change, and by how much, had this text been in force"
            + " all the time; writes nothing (REGISTRAR)",
            description = "Server-sent events: progress, change (one for each enrolment), end.",
            requestBody = @RequestBody(required = true, content = @Content(
                    mediaType = "application/yaml", schema = @Schema(type = "string"))))
    void impact(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Rulebook rulebook = Enactment.read(RulebooksController.body(request).text());
        response.setContentType("text/event-stream;charset=UTF-8");
        response.setHeader("Cache-Control", "no-store");
        new Trial(rulebook, response.getOutputStream()).run();
    }

    static @Nullable String written(@Nullable Long amount) {
        return amount == null ? null : amount == 0 ? "exempt" : Credits.amount(amount);
    }

    /** One run over all learners with decisions under the rulebook. */
    private final class Trial {

        private final Rulebook rulebook;
        private final OutputStream out;
        private long learners;
        private long changed;
        private long notTried;
        private long gained;
        private long lost;

        Trial(Rulebook rulebook, OutputStream out) {
            this.rulebook = rulebook;
            this.out = out;
        }

        void run() throws IOException {
            Views.Range range = Views.Range.ofKeys("", AT_ONCE);
            LearnerId last = null;
            while (true) {
                List<Views.Row<Recognition>> rows =
                        views.page(Recognitions.RECOGNITIONS, range);
                for (Views.Row<Recognition> row : rows) {
                    LearnerId learner = row.document().id().learner();
                    if (row.document().rulebook().id().equals(rulebook.version().id())
                            && !learner.equals(last)) {
                        last = learner;
                        tryOn(learner);
                    }
                }
                if (rows.size() < AT_ONCE) {
                    break;
                }
                range = range.behind(rows.getLast().at());
            }
            tell("end", new EndOfTrial(learners, changed, notTried, Credits.amount(gained),
                    Credits.amount(lost)));
        }

        private void tryOn(LearnerId learner) throws IOException {
            if (learners++ % BETWEEN == 0) {
                tell("progress", new ProgressOfTrial(percent(learner), learners - 1, changed));
            }
            try {
                Map<EnrolmentId, List<Impact.Change>> changes =
                        studies.impact(rulebook, learner);
                changed += changes.isEmpty() ? 0 : 1;
                for (var each : changes.entrySet()) {
                    tell("change", change(each.getKey(), each.getValue()));
                }
            } catch (Impact.CannotBeTried erased) {
                notTried++;
            }
        }

        private ChangeOfTrial change(EnrolmentId enrolment, List<Impact.Change> changes) {
            long by = 0;
            for (Impact.Change change : changes) {
                long difference = hundredths(change.after()) - hundredths(change.before());
                gained += Math.max(0, difference);
                lost += Math.max(0, -difference);
                by += difference;
            }
            return new ChangeOfTrial(enrolment, Credits.amount(by), changes.stream()
                    .map(c -> new LineOfTrial(c.evidence(), c.target(), written(c.before()),
                            written(c.after()), c.why())).toList());
        }

        private static long hundredths(@Nullable Long amount) {
            return amount == null ? 0 : amount;
        }

        private static int percent(LearnerId learner) {
            int first = LearnerId.ALPHABET.indexOf(learner.text().charAt(0));
            int second = LearnerId.ALPHABET.indexOf(learner.text().charAt(1));
            return (first * 32 + second) * 100 / 1024;
        }

        private void tell(String event, Object data) throws IOException {
            out.write(("event: " + event + "\ndata: " + json.writeValueAsString(data) + "\n\n")
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }
}
