package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
            assertThat(schemas.at("/EntryAnswer/properties/entry/type").asString())
                    .isEqualTo("object");
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
