package creditbank.http;

import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.intake.FileReading;
import creditbank.intake.ImportStatus;
import creditbank.intake.Imports;
import creditbank.intake.Options;
import creditbank.intake.Outcome;
import creditbank.intake.Profiles;
import creditbank.intake.RowProblem;
import creditbank.security.Caller;
import creditbank.security.Role;
import creditbank.words.Words;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.multipart.MultipartRequest;
import org.springframework.web.util.WebUtils;

/** Files of achievements: sent, followed, and what was rejected fetched back. */
@RestController
@RequestMapping("/api/imports")
@Tag(name = "Imports")
class ImportsController {

    private final Imports imports;

    ImportsController(Imports imports) {
        this.imports = imports;
    }

    /** @param column in the file's own words */
    record ProblemAnswer(long row, String column, String code, String what, String remedy) {

        static ProblemAnswer of(RowProblem problem, Locale locale) {
            Words.Said said = Words.of(problem.refusal(), locale);
            return new ProblemAnswer(problem.row(), problem.column(), problem.refusal().code(),
                    said.what(), said.remedy());
        }
    }

    /**
     * What became of the file, or in a dry run would become of it.
     *
     * @param reading    how the file was read: look at it before anything is recorded
     * @param passedOverByReason rows the profile leaves out
     * @param rejectedByCode rows with a problem
     * @param credits    of the rows that went in, by unit
     * @param problems   the first of them, at most 1,000
     * @param finished   whether every row was reached
     */
    record OutcomeAnswer(FileReading reading, boolean institutionRegistered, long rows,
            long recorded, long alreadyThere, Map<String, Long> passedOverByReason,
            Map<String, Long> rejectedByCode, long accountsOpened, Map<CreditUnit, String> credits,
            Map<CreditUnit, String> creditsAlreadyThere, List<ProblemAnswer> problems,
            boolean finished) {

        static OutcomeAnswer of(Outcome o, Locale locale) {
            return new OutcomeAnswer(o.reading(), o.institutionRegistered(), o.rows(),
                    o.recorded(), o.alreadyThere(), o.passedOver(), o.rejected(),
                    o.accountsOpened(), amounts(o.credits()), amounts(o.creditsAlreadyThere()),
                    o.problems().stream().map(p -> ProblemAnswer.of(p, locale)).toList(),
                    o.finished());
        }

        private static Map<CreditUnit, String> amounts(Map<CreditUnit, Long> hundredths) {
            Map<CreditUnit, String> amounts = new TreeMap<>();
            hundredths.forEach((unit, amount) -> amounts.put(unit, Credits.amount(amount)));
            return amounts;
        }
    }

    /**
     * @param percent of the whole work; 100 only at the end
     * @param refused why the file cannot be used, or what stopped it
     */
    record ImportAnswer(String id, String fileName, String profile, boolean dryRun,
            ImportStatus.State state, int percent, long rows, long recorded, long alreadyThere,
            long passedOver, long rejected, long accountsOpened, Instant submittedAt,
            @Nullable Instant endedAt, @Nullable OutcomeAnswer outcome,
            @Nullable ProblemAnswer refused, boolean hasRejected) {

        static ImportAnswer of(ImportStatus s, Locale locale) {
            Outcome outcome = s.outcome();
            Refusal why = s.refusal();
            return new ImportAnswer(s.id(), s.fileName(), s.profile(), s.dryRun(), s.state(),
                    s.progress().percent(), s.progress().rows(), s.progress().recorded(),
                    s.progress().alreadyThere(), s.progress().passedOver(),
                    s.progress().rejected(), s.progress().accountsOpened(), s.submittedAt(),
                    s.endedAt(), outcome == null ? null : OutcomeAnswer.of(outcome, locale),
                    why == null ? null
                            : ProblemAnswer.of(new RowProblem(0, "", why), locale),
                    s.hasRejected());
        }
    }

    @PostMapping(consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @Operation(summary = "Send a file of achievements (INSTITUTION, REGISTRAR)",
            description = "CSV or JSON Lines. An institution's rows must be its own. Answers at"
                    + " once; the import goes on in the background. A row that stands already"
                    + " changes nothing.")
    ResponseEntity<ImportAnswer> submit(@RequestParam MultipartFile file,
            @RequestParam(defaultValue = Profiles.NATIVE) String profile,
            @RequestParam(defaultValue = "false") boolean dryRun, Caller caller, Locale locale,
            HttpServletRequest request) throws IOException {
        refuseSeveral(request);
        String name = file.getOriginalFilename();
        try (InputStream content = file.getInputStream()) {
            ImportStatus status = imports.submit(content, name == null ? "file" : name,
                    Profiles.named(profile), new Options(dryRun, caller.institution(),
                            caller.role() == Role.REGISTRAR, caller.actor(), null));
            return ResponseEntity.accepted().location(URI.create("/api/imports/" + status.id()))
                    .body(ImportAnswer.of(status, locale));
        }
    }

    /** A file that is passed over without a word would be missed much later. */
    private static void refuseSeveral(HttpServletRequest request) {
        MultipartRequest parts = WebUtils.getNativeRequest(request, MultipartRequest.class);
        int files = parts == null ? 0
                : parts.getMultiFileMap().values().stream().mapToInt(List::size).sum();
        if (files > 1) {
            throw Rule.ONE_FILE_AT_A_TIME.brokenBy(files + " files");
        }
    }

    @GetMapping
    @Operation(summary = "Your imports, the newest first")
    List<ImportAnswer> all(Caller caller, Locale locale) {
        return imports.list(caller.institution()).stream()
                .map(s -> ImportAnswer.of(s, locale)).toList();
    }

    @GetMapping("/{id}")
    @Operation(summary = "How an import stands")
    ImportAnswer one(@PathVariable String id, Caller caller, Locale locale) {
        return ImportAnswer.of(mine(id, caller), locale);
    }

    @PostMapping("/{id}/resumption")
    @Operation(summary = "Go on with an import that stopped")
    ImportAnswer resume(@PathVariable String id, Caller caller, Locale locale) {
        return ImportAnswer.of(imports.resume(mine(id, caller).id()), locale);
    }

    @GetMapping(value = "/{id}/rejected", produces = {"text/csv", "application/x-ndjson"})
    @Operation(summary = "The rejected rows, to be corrected and sent again",
            description = "In the form they came in, with columns that say what is wrong. They"
                    + " hold personal data and are kept for 30 days.")
    ResponseEntity<Resource> rejected(@PathVariable String id, Caller caller) {
        ImportStatus status = mine(id, caller);
        Path path = imports.rejected(status.id())
                .orElseThrow(() -> new Refused(new Refusal.NothingRejected(status.id())));
        return file(new FileSystemResource(path), "rejected-" + status.fileName());
    }

    @GetMapping(value = "/template", produces = "text/csv")
    @Operation(summary = "A file to fill in: the header and an example row (anyone)")
    ResponseEntity<byte[]> template(
            @RequestParam(defaultValue = Profiles.NATIVE) String profile) {
        return file(Profiles.named(profile).template().getBytes(StandardCharsets.UTF_8),
                profile + ".csv");
    }

    private static <T> ResponseEntity<T> file(T body, String name) {
        return ResponseEntity.ok()
                .contentType(new MediaType("text", "csv", StandardCharsets.UTF_8))
                .cacheControl(CacheControl.noStore())
                .header(HttpHeaders.CONTENT_DISPOSITION, ContentDisposition.attachment()
                        .filename(name, StandardCharsets.UTF_8).build().toString())
                .body(body);
    }

    /** Another institution's import is unknown rather than forbidden: its id says nothing. */
    private ImportStatus mine(String id, Caller caller) {
        ImportStatus status = imports.status(id);
        InstitutionId own = caller.institution();
        Refused.refuseIf(own != null && !own.equals(status.as()),
                () -> new Refusal.ImportUnknown(id));
        return status;
    }
}
