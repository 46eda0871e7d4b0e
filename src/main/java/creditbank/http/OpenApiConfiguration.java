package creditbank.http;

import creditbank.api.recognition.Attributes;
import creditbank.security.Caller;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BooleanSchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.DateSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.List;
import java.util.TreeMap;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** What stands in {@code /v3/api-docs} beside what the controllers say themselves. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    private static final String PROBLEM = "Problem";

    /** In the order in which a newcomer meets them. */
    private static final List<Tag> TAGS = List.of(
            tag("Learners", "Accounts: whose they are, what is in them, what moved. Opened and "
                    + "recorded in by INSTITUTION and REGISTRAR; corrected, restricted and "
                    + "erased by REGISTRAR; read by the LEARNER, REGISTRAR and AUDITOR."),
            tag("Achievements", "One learning outcome, certificate or diploma. Corrected and "
                    + "revoked by its issuer; read by its learner, its issuer, REGISTRAR "
                    + "and AUDITOR."),
            tag("Certificates",
                    "Whether a numbered certificate or diploma stands. Asked by anyone."),
            tag("Enrolments", "Studies towards a programme, and how far they are. Written by the "
                    + "programme's institution and REGISTRAR; read by the learner, the "
                    + "school, REGISTRAR and AUDITOR."),
            tag("Recognitions",
                    "What counts towards a programme under which clause. Decided by its "
                    + "institution and REGISTRAR; tried by the learner too; read by the "
                    + "learner, the school, REGISTRAR and AUDITOR."),
            tag("Applications", "Recognition step by step. Sent by the LEARNER or their school; "
                    + "decided by whoever it waits for: school, issuer or REGISTRAR. "
                    + "Endorsement, return and rejection, like sending, may say an "
                    + "earlier business day; withdrawals and appeals are of the day on "
                    + "which they are sent."),
            tag("Redemptions", "Credits used for good. Written by whoever gives something for "
                    + "them, and REGISTRAR; read by the learner, whoever gave it, "
                    + "REGISTRAR and AUDITOR."),
            tag("Transfers", "Credits that go from one school to another. Offered by their "
                    + "issuer, answered by the other school, or by REGISTRAR for either; "
                    + "read by the learner, both schools, REGISTRAR and AUDITOR."),
            tag("Entitlements", "Which doors stand open for a learner, and what would open the "
                    + "others. Asked by the LEARNER, REGISTRAR and AUDITOR; nothing is "
                    + "written."),
            tag("Institutions", "Who may record. Registered, suspended and reinstated by "
                    + "REGISTRAR; read by whoever is signed in, and what they recorded by "
                    + "themselves, REGISTRAR and AUDITOR."),
            tag("Programmes", "What learners study towards, version by version. Defined, revised "
                    + "and closed by their institution and REGISTRAR; read by anyone."),
            tag("Rulebooks", "Rules as data. Proposed by one REGISTRAR, approved by another; "
                    + "read by anyone, and tried before they are proposed."),
            tag("Agreements", "Who recognises whose outcomes. Proposed, accepted and ended by "
                    + "their parties: INSTITUTION for itself, REGISTRAR for regions, "
                    + "countries and other banks; read by anyone."),
            tag("Imports", "Files of achievements. Sent by INSTITUTION and REGISTRAR, who see "
                    + "their own."),
            tag("Indicators", "Figures of the bank. Read by REGISTRAR and AUDITOR; by an "
                    + "INSTITUTION its own; without small numbers by anyone."),
            tag("Ledger and books",
                    "Every entry, and the sums of them. Read by REGISTRAR and AUDITOR."),
            tag("Audit", "What the bank said at any position of its ledger, and what differs. Read"
                    + " by REGISTRAR and AUDITOR."),
            tag("Trail", "Who did what, when, for whom and why, and who was shown whose personal"
                    + " data. Read by REGISTRAR and AUDITOR; of themselves by the LEARNER."),
            tag("Log", "What was signed for: checkpoints and tiles of hashes, for any tool that"
                    + " checks such logs. Read by anyone."),
            tag("Proofs", "That an entry stands in the log, and that the log only grew. Read by"
                    + " REGISTRAR and AUDITOR, and of an achievement by whoever may see it."),
            tag("Me", "Who asks, and where to begin. Asked by anyone."));

    static {
        // Who asks comes from the credentials, not from the query.
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
        // Swagger gives up on a whole answer that has values named by their type in it.
        SpringDocUtils.getConfig().replaceWithSchema(Attributes.class, attributes());
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }

    private static Schema<?> attributes() {
        return new ObjectSchema().additionalProperties(new ObjectSchema()
                .description("a value under the name of its type")
                .minProperties(1).maxProperties(1)
                .addProperty("text", new StringSchema())
                .addProperty("number", new StringSchema().example("3.00"))
                .addProperty("day", new DateSchema())
                .addProperty("flag", new BooleanSchema())
                .addProperty("words", new ArraySchema().items(new StringSchema())));
    }

    @Bean
    OpenAPI description() {
        return new OpenAPI()
                .info(new Info().title("Creditbank 学分银行").version("1")
                        .description("A credit bank and certificate ledger. Amounts are decimal"
                                + " text with two digits; dates are ISO 8601; every refusal is a"
                                + " problem detail with a stable code.")
                        .license(new License().name("Apache-2.0")))
                .servers(List.of(new Server().url("/").description("This bank")))
                .components(new Components().addSecuritySchemes("basic",
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic")))
                .addSecurityItem(new SecurityRequirement().addList("basic"));
    }

    /** Writes can be told apart and repeated; everything can be refused. */
    @Bean
    OperationCustomizer writesAndRefusals() {
        return (operation, method) -> {
            if (method.hasMethodAnnotation(PostMapping.class)) {
                if (!method.getMethod().getName().equals("reading")) {
                    headersOfWrites(operation, method);
                }
                answers(operation, method);
            }
            operation.getResponses().addApiResponse("default", new ApiResponse()
                    .description("Refused")
                    .content(new Content().addMediaType("application/problem+json",
                            new MediaType().schema(new ObjectSchema()
                                    .$ref("#/components/schemas/" + PROBLEM)))));
            return operation;
        };
    }

    private static void headersOfWrites(Operation operation, HandlerMethod method) {
        operation.addParametersItem(header("Idempotency-Key",
                "The same key with the same content at the same address is the same command: one"
                        + " effect, the first answer. With other content it is another command.")
                .schema(new StringSchema().maxLength(Requests.LONGEST_KEY)));
        if (method.getBeanType() != ImportsController.class) {
            operation.addParametersItem(header("If-Match", "The ETag you have seen; refused if"
                    + " what it is of has moved on."));
        }
    }

    /** What is written answers 201; what goes on in the background 202. */
    private static void answers(Operation operation, HandlerMethod method) {
        String type = method.getReturnType().getGenericParameterType().getTypeName();
        String status = type.contains("Written") ? "201"
                : method.getMethod().getName().equals("submit") ? "202" : "200";
        ApiResponse answer = operation.getResponses().remove("200");
        if (answer != null) {
            answer.setDescription(switch (status) {
                case "201" -> "Stands in the ledger";
                case "202" -> "Stored; goes on in the background";
                default -> "Done";
            });
            operation.getResponses().addApiResponse(status, answer);
        }
    }

    private static Parameter header(String name, String description) {
        return new Parameter().in("header").name(name).required(false)
                .description(description).schema(new StringSchema());
    }

    /** One order for ever, so that a comparison with the committed file shows only changes. */
    @Bean
    OpenApiCustomizer sorted() {
        return api -> {
            api.getComponents().addSchemas(PROBLEM, new ObjectSchema()
                    .description("RFC 9457; the parts of the refusal stand beside these")
                    .addProperty("type", new StringSchema())
                    .addProperty("title", new StringSchema())
                    .addProperty("status", new ObjectSchema().type("integer"))
                    .addProperty("detail", new StringSchema().description("what happened"))
                    .addProperty("code", new StringSchema().description("stable"))
                    .addProperty("field", new StringSchema()
                            .description("of the request, where one is at fault"))
                    .addProperty("known", new StringSchema()
                            .description("the words there are, where only some are possible"))
                    .addProperty("remedy", new StringSchema().description("what to do")));
            api.setTags(TAGS);
            api.getComponents().setSchemas(new TreeMap<>(api.getComponents().getSchemas()));
            FormSchemas.describe(api.getComponents().getSchemas());
            Paths paths = new Paths();
            new TreeMap<>(api.getPaths()).forEach(paths::addPathItem);
            api.setPaths(paths);
        };
    }
}
