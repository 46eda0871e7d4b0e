package creditbank.http;

import creditbank.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Who asks, and where to begin. */
@RestController
@Tag(name = "Me")
class MeController {

    @GetMapping("/api/me")
    @Operation(summary = "Who the bank takes you for")
    Caller me(Caller caller) {
        return caller;
    }

    @GetMapping("/")
    @Operation(summary = "What this is, and where to begin")
    Map<String, String> start() {
        return Map.of(
                "name", "Creditbank 学分银行",
                "describedAt", "/v3/api-docs",
                "tryItAt", "/swagger-ui.html",
                "checkACertificateAt", "/api/certificates/{issuer}/{number}");
    }
}
