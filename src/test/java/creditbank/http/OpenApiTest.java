package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpenApiTest {

    private static final Path COMMITTED = Path.of("../api/openapi.yaml");

    @TempDir
    Path folder;

    @Test
    void what_forms_may_hold_is_described() {
        try (BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            JsonNode schemas = bank.asAnyone().get("/v3/api-docs").json().at("/components/schemas");
            assertThat(schemas.at("/AchievementForm/properties/kind/enum").toString())
                    .contains("\"APPRENTICESHIP\"");
            assertThat(schemas.at("/AchievementForm/properties/level/description").asString())
                    .contains("BACHELOR", "INTERMEDIATE");
            assertThat(schemas.at("/AchievementForm/properties/title/maxLength").asInt())
                    .isEqualTo(200);
            assertThat(schemas.at("/InstitutionForm/required").toString())
                    .isEqualTo("[\"id\",\"kind\",\"name\",\"sector\"]");
            assertThat(schemas.at("/PlanForm/properties/attributes/maxProperties").asInt())
                    .isEqualTo(50);
            assertThat(schemas.at("/RecognitionForm/required").toString())
                    .isEqualTo("[\"enrolment\",\"rulebook\"]");
            assertThat(schemas.at("/WishForm/properties/evidence/pattern").asString())
                    .isEqualTo("[0-9A-HJKMNP-TV-Z]{16}-[1-9][0-9]{0,8}");
            assertThat(schemas.at("/ReversalForm/required").toString())
                    .isEqualTo("[\"reason\"]");
            assertThat(schemas.at("/EntryAnswer/properties/entry/type").asString())
                    .isEqualTo("object");
        }
    }

    @Test
    void attributes_are_described_as_they_are_read_and_as_they_are_answered() {
        try (BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            JsonNode schemas = bank.asAnyone().get("/v3/api-docs").json().at("/components/schemas");
            for (String field : List.of("AchievementForm/properties/attributes",
                    "RecognitionForm/properties/request", "RecognitionForm/properties/learner",
                    "WhatIfForm/properties/request", "WhatIfForm/properties/learner",
                    "PlanForm/properties/attributes", "GroupForm/properties/attributes",
                    "CourseForm/properties/attributes")) {
                JsonNode values = schemas.at("/" + field + "/additionalProperties/oneOf");
                assertThat(values.valueStream().map(type -> type.at("/type").asString()))
                        .as(field)
                        .containsExactly("string", "number", "boolean", "array", "object");
                assertThat(values.at("/4/properties/day/format").asString()).isEqualTo("date");
            }
            for (String field : List.of("Plan/properties/attributes",
                    "Group/properties/attributes", "Course/properties/attributes",
                    "OneRecognitionAnswer/properties/request")) {
                assertThat(schemas.at("/" + field + "/additionalProperties/properties")
                        .propertyNames()).as(field).containsExactlyInAnyOrder(
                                "text", "number", "day", "flag", "words");
            }
        }
    }

    @Test
    void every_group_of_operations_says_what_it_is_for_and_whom() {
        try (BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            JsonNode api = bank.asAnyone().get("/v3/api-docs").json();
            Set<String> used = api.at("/paths").valueStream().flatMap(JsonNode::valueStream)
                    .map(operation -> operation.at("/tags/0").asString())
                    .collect(Collectors.toSet());
            assertThat(api.at("/tags").valueStream().map(tag -> tag.at("/name").asString()))
                    .containsExactlyInAnyOrderElementsOf(used);
            assertThat(api.at("/tags").valueStream()
                    .map(tag -> tag.at("/description").asString()))
                    .allMatch(says -> says.matches(
                            ".*(anyone|LEARNER|learner|INSTITUTION|REGISTRAR).*"));
        }
    }

    /** After a wanted change: {@code mvn verify -Dopenapi.write=true}, then look at the diff. */
    @Test
    void the_committed_description_is_what_the_bank_serves() throws IOException {
        try (BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            String served = bank.asAnyone().get("/v3/api-docs.yaml").body();
            if (Boolean.getBoolean("openapi.write")) {
                Files.writeString(COMMITTED, served);
            }
            assertThat(served).isEqualTo(Files.readString(COMMITTED));
        }
    }
}
