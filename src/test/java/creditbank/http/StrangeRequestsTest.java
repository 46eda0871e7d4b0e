package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that no well-meant client makes, byte by byte over real connections. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StrangeRequestsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static BankOverHttp bank;

    @BeforeAll
    static void open() {
        bank = new BankOverHttp(folder.resolve("data"));
    }

    @AfterAll
    static void close() {
        bank.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET /api/%00", "GET /api/a%2Fb", "GET /api/a%5Cb", "GET /api/%zz", "GET /api/%ff",
        "GET /api/[x]", "GET /api/a;b=c", "GET //api/me", "GET /api//me",
        "GET /api/../api/me", "GET /api/%2e%2e/me", "GET *", "GET http://elsewhere/api/me"})
    void an_address_that_hides_something_is_refused_in_both_languages(String line) {
        for (String user : new String[] {"", "auditor:secret", "auditor:wrong"}) {
            Raw answer = ask(line, user, "Accept-Language: en\r\n");
            answer.isProblem(400, "http-400");
            assertThat(answer.text("/detail")).contains("cannot be read");
        }
        assertThat(ask(line, "", "Accept-Language: zh-CN\r\n").text("/detail"))
                .contains("无法读取");
    }

    /** Its headers, and with them the language, are not looked at any more. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /api/\\x", "GET /api/\u0001"})
    void a_first_line_that_cannot_be_read_is_refused(String line) {
        ask(line, "", "").isProblem(400, "http-400");
    }

    @ParameterizedTest
    @CsvSource({"TRACE,405,http-405", "BREW,501,http-501", "get,501,http-501"})
    void a_method_that_the_bank_does_not_know_is_refused(String method, int status, String code) {
        for (String user : new String[] {"", "auditor:secret"}) {
            Raw answer = ask(method + " /api/me", user, "Accept-Language: zh\r\n");
            answer.isProblem(status, code);
            assertThat(answer.text("/detail")).contains("方法");
            assertThat(answer.text("/remedy")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "GET /nowhere", "GET /api/nowhere", "POST /api/nowhere", "PATCH /nowhere", "GET /error",
        "GET /favicon.ico", "GET /api/learners/7K3M9Q2HX4T8W1ZC/nothing",
        "POST /api/imports/1/2/3", "GET /swagger-ui/nothing"})
    void what_is_not_there_is_said_not_to_be_there_to_who_is_signed_in(String line) {
        for (String user : new String[] {"auditor:secret", "college:secret"}) {
            Raw answer = ask(line, user, "");
            answer.isProblem(404, "http-404");
            assertThat(answer.text("/remedy")).contains("/v3/api-docs");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /nowhere", "GET /api/nowhere", "POST /nowhere", "GET /error"})
    void who_is_not_signed_in_is_not_told_what_is_there(String line) {
        ask(line, "", "").isProblem(401, "not-signed-in");
        ask(line, "auditor:wrong", "").isProblem(401, "not-signed-in");
    }

    @Test
    void a_method_that_an_address_does_not_know_is_refused_with_those_it_knows() {
        Raw answer = ask("PUT /api/me", "auditor:secret", "");
        answer.isProblem(405, "http-405");
        assertThat(answer.head()).containsIgnoringCase("\r\nAllow: GET");
    }

    @Test
    void what_is_there_but_for_another_role_is_still_forbidden() {
        ask("GET /api/books", "college:secret", "").isProblem(403, "not-for-your-role");
        ask("POST /api/institutions", "college:secret", "")
                .isProblem(403, "not-for-your-role");
    }

    @Test
    void headers_that_are_too_large_are_refused() {
        Raw answer = ask("GET /api/me", "", "X-Long: " + "x".repeat(20_000) + "\r\n");
        answer.isProblem(400, "http-400");
    }

    @Test
    void another_version_of_the_protocol_is_refused() {
        ask("GET /api/me HTTP/9.9", "", "").isProblem(505, "http-505");
    }

    private record Raw(String head, String body) {

        /** Nothing of the container's own shows. */
        void isProblem(int status, String code) {
            assertThat(head).startsWith("HTTP/1.1 " + status)
                    .containsIgnoringCase("\r\nContent-Type: application/problem+json");
            assertThat(head + body).doesNotContainIgnoringCase("tomcat").doesNotContain("<");
            assertThat(json().at("/status").asInt()).isEqualTo(status);
            assertThat(text("/code")).isEqualTo(code);
            assertThat(text("/type")).isEqualTo("urn:creditbank:problem:" + code);
            assertThat(text("/detail")).isNotEmpty();
            assertThat(text("/remedy")).isNotEmpty();
        }

        /** Chunked or not: what stands between the first brace and the last. */
        private JsonNode json() {
            return JSON.readTree(body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1));
        }

        String text(String pointer) {
            return json().at(pointer).asString();
        }
    }

    private static Raw ask(String line, String user, String headers) {
        URI to = bank.uri("/");
        String request = line + (line.contains(" HTTP/") ? "" : " HTTP/1.1")
                + "\r\nHost: bank\r\nConnection: close\r\nContent-Length: 0\r\n"
                + (user.isEmpty() ? "" : "Authorization: Basic " + Base64.getEncoder()
                        .encodeToString(user.getBytes(StandardCharsets.UTF_8)) + "\r\n")
                + headers + "\r\n";
        try (Socket socket = new Socket(to.getHost(), to.getPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(
                    socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Raw(answer.substring(0, end), answer.substring(end + 4));
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }
}
