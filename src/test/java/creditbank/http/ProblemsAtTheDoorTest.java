package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.http.BankOverHttp.Answer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is stopped before any controller, sent byte by byte: no client would send most of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init") // the bank is opened before all tests
class ProblemsAtTheDoorTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int MILLISECONDS = 10_000;

    @TempDir
    static Path folder;

    private BankOverHttp bank;

    @BeforeAll
    void open() {
        bank = new BankOverHttp(folder.resolve("data"));
        bank.registerInstitutions();
    }

    @AfterAll
    void close() {
        bank.close();
    }

    /** An answer as it came over the line. */
    private record Raw(int status, String head, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    private Raw send(String firstLine, @Nullable String user, String... headers) {
        URI to = bank.uri("/");
        StringBuilder request = new StringBuilder(firstLine + " HTTP/1.1\r\nHost: "
                + to.getAuthority() + "\r\nConnection: close\r\n");
        if (user != null) {
            request.append(signedIn(user, "secret")).append("\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return send(request + "\r\n");
    }

    private static String signedIn(String user, String password) {
        return "Authorization: Basic " + Base64.getEncoder().encodeToString(
                (user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private Raw send(String request) {
        URI to = bank.uri("/");
        try (Socket socket = new Socket(to.getHost(), to.getPort())) {
            socket.setSoTimeout(MILLISECONDS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(
                    socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            String head = answer.substring(0, end).toLowerCase(Locale.ROOT);
            String body = answer.substring(end + 4);
            if (head.contains("transfer-encoding: chunked")) {
                body = body.substring(body.indexOf("\r\n") + 2, body.lastIndexOf("\r\n0\r\n"));
            }
            return new Raw(Integer.parseInt(answer.substring(9, 12)), head, body);
        } catch (IOException e) {
            throw new AssertionError(request, e);
        }
    }

    /** Nothing of the server's own shows. */
    private static void isProblem(Raw answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.head()).contains("content-type: application/problem+json")
                .doesNotContain("tomcat");
        assertThat(answer.body()).doesNotContainIgnoringCase("tomcat").doesNotContain("<");
        assertThat(answer.json().at("/status").asInt()).isEqualTo(status);
        assertThat(answer.json().at("/code").asString()).isEqualTo(code);
        assertThat(answer.json().at("/type").asString())
                .isEqualTo("urn:creditbank:problem:" + code);
        assertThat(answer.json().at("/detail").asString()).isNotEmpty();
        assertThat(answer.json().at("/remedy").asString()).isNotEmpty();
    }

    // ------------------------------------------------------------------ addresses

    @ParameterizedTest
    @ValueSource(strings = {"/api/%00", "/api/a%2Fb", "/api/a%2fb", "/api/a%5Cb", "/api/%zz",
        "/api/%", "/api/me;x=1", "/api;/me", "/api//me", "//api/me", "/api/./me", "/api/%2e%2e/me",
        "/../api/me", "/api/%0d%0aX", "/api/%25", "/api/{id}", "/api/a|b", "/api/<b>", "/api/\\",
        "/api/%ff", "/api/me?x=%zz|", "/api/[x]", "/api/\u0001", "*",
        "http://elsewhere/api/me"})
    void an_address_that_plays_tricks_gets_a_problem_whoever_asks(String address) {
        for (String user : new String[] {null, "registrar"}) {
            isProblem(send("GET " + address, user), 400, "http-400");
        }
        isProblem(send("GET " + address, null, signedIn("registrar", "wrong")), 400, "http-400");
    }

    @Test
    void a_problem_at_the_door_speaks_the_language_asked_for() {
        for (String address : new String[] {"/api/%00", "/api//me"}) {
            assertThat(send("GET " + address, null, "Accept-Language: zh-CN")
                    .json().at("/detail").asString()).contains("无法读取");
            assertThat(send("GET " + address, null, "Accept-Language: en")
                    .json().at("/detail").asString()).contains("cannot be read");
        }
    }

    @Test
    void a_browser_gets_the_same_problem_and_no_page_of_the_server() {
        for (String address : new String[] {"/api/%00", "/api//me"}) {
            isProblem(send("GET " + address, null, "Accept: text/html"), 400, "http-400");
        }
        isProblem(send("GET /nowhere", "auditor", "Accept: text/html"), 404, "http-404");
    }

    // ------------------------------------------------------------------ verbs

    @ParameterizedTest
    @ValueSource(strings = {"BREW /api/me", "get /api/me", "PROPFIND /", "CONNECT /api/me"})
    void a_verb_the_bank_knows_nowhere_gets_a_problem_whoever_asks(String firstLine) {
        for (String user : new String[] {null, "registrar"}) {
            Raw answer = send(firstLine, user, "Accept-Language: zh");
            isProblem(answer, 501, "http-501");
            assertThat(answer.json().at("/detail").asString()).contains("方法");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me", "/nowhere"})
    void a_request_is_never_traced(String address) {
        Raw answer = send("TRACE " + address, "registrar");
        isProblem(answer, 405, "http-405");
        assertThat(answer.head()).contains("allow: ");
        assertThat(answer.body()).doesNotContain("Authorization");
    }

    @ParameterizedTest
    @CsvSource({"DELETE /api/me,GET", "PUT /api/institutions,GET", "PUT /api/institutions,POST",
        "POST /api/books,GET", "GET /api/views/achievements/rebuild,POST"})
    void a_verb_that_an_address_does_not_know_is_told_those_it_knows(
            String firstLine, String known) {
        Raw answer = send(firstLine, "registrar", "Content-Length: 0");
        isProblem(answer, 405, "http-405");
        assertThat(answer.head()).containsPattern("allow: [^\r]*" + known.toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @CsvSource({"/,registrar", "/api/me,auditor", "/api/books,auditor", "/v3/api-docs,auditor",
        "/api/institutions,college", "/api/institutions/college/records,college"})
    void HEAD_is_answered_as_GET_without_the_content(String address, String user) {
        Raw answer = send("HEAD " + address, user);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.head()).contains("content-type: application/json");
        assertThat(answer.body()).isEmpty();
        assertThat(send("GET " + address, user).status()).isEqualTo(200);
    }

    @Test
    void HEAD_is_refused_to_whom_GET_is() {
        assertThat(send("HEAD /", null).status()).isEqualTo(200);
        assertThat(send("HEAD /api/books", null).status()).isEqualTo(401);
        assertThat(send("HEAD /api/books", "stranger").status()).isEqualTo(403);
        assertThat(send("HEAD /nowhere", "registrar").status()).isEqualTo(404);
        Raw post = send("HEAD /api/views/achievements/rebuild", "registrar");
        assertThat(post.status()).isEqualTo(405);
        assertThat(post.head()).contains("allow: post");
        assertThat(post.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/api/me,GET HEAD OPTIONS", "/api/institutions,GET HEAD OPTIONS POST",
        "/api/views/achievements/rebuild,OPTIONS POST"})
    void OPTIONS_tells_who_is_signed_in_the_methods_of_an_address(String address, String methods) {
        Raw answer = send("OPTIONS " + address, "stranger");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.head().lines().filter(l -> l.startsWith("allow: "))).singleElement()
                .satisfies(allow -> assertThat(allow.substring(7).split("[, ]+"))
                        .containsExactlyInAnyOrder(
                                methods.toLowerCase(Locale.ROOT).split(" ")));
        isProblem(send("OPTIONS " + address, null), 401, "not-signed-in");
    }

    @Test
    void OPTIONS_where_there_is_nothing_says_so() {
        for (String address : new String[] {"/nowhere", "/api/nothing"}) {
            Raw answer = send("OPTIONS " + address, "registrar");
            isProblem(answer, 404, "http-404");
            assertThat(answer.head()).doesNotContain("allow:");
        }
    }

    // ------------------------------------------------------------------ nothing there

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/nothing", "GET /nothing", "GET /api", "GET /api/",
        "POST /api/anything/else", "DELETE /nothing", "GET /api/ledger/nothing",
        "GET /api/learners/7K3M9Q2HX4T8W1ZC/nothing", "GET /error", "GET /swagger-ui/nothing",
        "PATCH /nothing", "GET /favicon.ico", "POST /api/imports/1/2/3"})
    void where_there_is_nothing_a_user_is_told_so(String firstLine) {
        for (String user : new String[] {"registrar", "auditor", "stranger"}) {
            Raw answer = send(firstLine, user, "Content-Length: 0");
            isProblem(answer, 404, "http-404");
            assertThat(answer.json().at("/remedy").asString()).contains("/v3/api-docs");
        }
    }

    @Test
    void who_has_not_signed_in_does_not_learn_what_there_is() {
        for (String line : new String[] {"GET /api/nothing", "GET /api/books", "POST /nothing",
            "GET /error"}) {
            isProblem(send(line, null, "Content-Length: 0"), 401, "not-signed-in");
            isProblem(send(line, null, "Content-Length: 0", signedIn("auditor", "wrong")),
                    401, "not-signed-in");
        }
    }

    @Test
    void what_is_there_and_not_for_a_role_is_still_refused_as_such() {
        Answer answer = bank.as("stranger").get("/api/books");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text("/code")).isEqualTo("not-for-your-role");
    }

    // ------------------------------------------------------------------ not HTTP at all

    @Test
    void what_is_not_http_gets_a_problem_too() {
        isProblem(send("GET /api/me HTTP/1.1\r\nConnection: close\r\n\r\n"), 400, "http-400");
        isProblem(send("GET /api/me HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n"),
                400, "http-400");
        isProblem(send("nonsense\r\n\r\n"), 400, "http-400");
        isProblem(send("GET /api/me HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(20_000)
                + "\r\n\r\n"), 400, "http-400");
        isProblem(send("GET /api/me HTTP/9.9\r\nHost: a\r\n\r\n"), 505, "http-505");
    }
}
