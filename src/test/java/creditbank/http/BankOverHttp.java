package creditbank.http;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Creditbank;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.security.Role;
import creditbank.security.Users;
import creditbank.security.Users.User;
import creditbank.store.MongoConnection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real bank on a real port, with users whose passwords the tests know. */
public final class BankOverHttp implements AutoCloseable {

    private static final String BOUNDARY = "creditbank-test-boundary";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String HASH =
            String.valueOf(new BCryptPasswordEncoder(4).encode("secret"));

    private final List<User> users = new ArrayList<>(List.of(
            new User("registrar", HASH, Role.REGISTRAR, null, null),
            new User("approver", HASH, Role.REGISTRAR, null, null),
            new User("auditor", HASH, Role.AUDITOR, null, null),
            new User("college", HASH, Role.INSTITUTION, new InstitutionId("college"), null),
            new User("evaluator", HASH, Role.INSTITUTION, new InstitutionId("evaluator"), null),
            new User("stranger", HASH, Role.LEARNER, null, new LearnerId("0000000000000000"))));
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path data;
    private final @Nullable String mongo;
    private ConfigurableApplicationContext application;

    public BankOverHttp(Path data) {
        this(data, List.of());
    }

    /** @param institutions each with a user of its name, beside those that every bank here has */
    public BankOverHttp(Path data, Collection<String> institutions) {
        this(data, institutions, null);
    }

    /** @param mongo where the ledger is, of a stand-in too; null where it is in the folder */
    public BankOverHttp(
            Path data, Collection<String> institutions, @Nullable String mongo) {
        this.data = data;
        this.mongo = mongo;
        institutions.forEach(id -> users.add(
                new User(id, HASH, Role.INSTITUTION, new InstitutionId(id), null)));
        write();
        this.application = start();
    }

    private ConfigurableApplicationContext start(String... more) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(Creditbank.class);
        List<String> settings = new ArrayList<>(List.of(
                "--creditbank.data=" + data, "--server.port=0", "--creditbank.sample=false",
                "--creditbank.log.origin=localhost:8080/log"));
        settings.addAll(List.of(more));
        if (mongo != null) {
            builder.initializers(context -> ((GenericApplicationContext) context).registerBean(
                    MongoConnection.class, () -> MongoConnection.unchecked(mongo)));
            settings.add("--creditbank.store=mongodb");
            settings.add("--creditbank.mongodb=" + mongo);
        }
        return builder.run(settings.toArray(String[]::new));
    }

    /** As an operator does who has edited users.yaml. */
    public void restart(String... settings) {
        application.close();
        application = start(settings);
    }

    public <T> T part(Class<T> type) {
        return application.getBean(type);
    }

    /** A user for an account, known from the next start on. */
    public void addLearner(String name, String learner) {
        users.add(new User(name, HASH, Role.LEARNER, null, new LearnerId(learner)));
        write();
        restart();
    }

    /** Another user of an institution, known from the next start on. */
    public void addColleague(String name, String institution) {
        users.add(new User(
                name, HASH, Role.INSTITUTION, new InstitutionId(institution), null));
        write();
    }

    private void write() {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Users.write(data.resolve("users.yaml"), users);
    }

    /** A file as a part of an upload. */
    public static String part(String field, String name, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field
                + "\"; filename=\"" + name + "\"\r\nContent-Type: text/csv\r\n\r\n" + content
                + "\r\n";
    }

    /** A request still to be sent. */
    public final class Asking {
        private final HttpRequest.Builder request = HttpRequest.newBuilder();

        private Asking(@Nullable String user) {
            if (user != null) {
                header("Authorization", "Basic " + Base64.getEncoder().encodeToString(
                        (user + ":secret").getBytes(StandardCharsets.UTF_8)));
            }
        }

        public Asking header(String name, String value) {
            request.header(name, value);
            return this;
        }

        public Answer get(String address) {
            return send(request.uri(uri(address)).GET().build());
        }

        public Answer post(String address, String json) {
            return post(address, "application/json", json);
        }

        public Answer post(String address, String contentType, byte[] body) {
            return post(address, contentType, BodyPublishers.ofByteArray(body));
        }

        public Answer post(String address, String contentType, String body) {
            return post(address, contentType, BodyPublishers.ofString(body));
        }

        /** In pieces, without saying beforehand how much it will be. */
        public Answer postInPieces(String address, String json) {
            return post(address, "application/json", BodyPublishers.ofInputStream(() ->
                    new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))));
        }

        private Answer post(String address, String contentType, BodyPublisher body) {
            return send(request.uri(uri(address)).header("Content-Type", contentType)
                    .POST(body).build());
        }

        /** As a browser sends a file. */
        public Answer upload(String address, String name, String content) {
            return uploadParts(address, part("file", name, content));
        }

        /** @param parts each as {@link #part} makes it */
        public Answer uploadParts(String address, String... parts) {
            return post(address, "multipart/form-data; boundary=" + BOUNDARY,
                    String.join("", parts) + "--" + BOUNDARY + "--\r\n");
        }

        /** How an import stands once it has ended, or after a minute. */
        public Answer importEnded(String id) throws InterruptedException {
            long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            while (true) {
                Answer status = get("/api/imports/" + id);
                if (status.text("/percent").equals("100")
                        && !status.text("/state").equals("RUNNING")
                        || status.text("/state").equals("REFUSED")
                        || System.nanoTime() > deadline) {
                    return status;
                }
                Thread.sleep(20);
            }
        }

        private Answer send(HttpRequest request) {
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                return new Answer(response.statusCode(), response.body(), response);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    public record Answer(int status, String body, HttpResponse<String> response) {

        public JsonNode json() {
            return JSON.readTree(body);
        }

        public String text(String pointer) {
            return json().at(pointer).asString();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        /** This answer, after a look that something was written. */
        public Answer made() {
            assertThat(status).as(body).isEqualTo(201);
            return this;
        }

        /** A problem with this code, in words that leave nothing open. */
        public void assertRefused(int expected, String code) {
            assertThat(text("/code")).as(body).isEqualTo(code);
            assertThat(status).isEqualTo(expected);
            assertThat(header("Content-Type")).startsWith("application/problem+json");
            assertThat(text("/detail")).isNotEmpty().doesNotContain("{");
            assertThat(text("/remedy")).isNotEmpty().doesNotContain("{");
        }
    }

    public URI uri(String address) {
        WebServerApplicationContext web = (WebServerApplicationContext) application;
        return URI.create("http://127.0.0.1:"
                + Objects.requireNonNull(web.getWebServer()).getPort() + address);
    }

    public Asking as(String user) {
        return new Asking(user);
    }

    public Asking asAnyone() {
        return new Asking(null);
    }

    // ------------------------------------------------------------------ what many tests need

    public void registerInstitutions() {
        register("college", "试验职业学院", "VOCATIONAL", "COLLEGE");
        register("evaluator", "试验评价中心", "VOCATIONAL", "TRAINING_AND_EVALUATION_ORGANISATION");
    }

    public void register(String id, String name, String sector, String kind) {
        as("registrar").post("/api/institutions", """
                {"id":"%s","name":"%s","sector":"%s","kind":"%s","region":"210600"}"""
                .formatted(id, name, sector, kind));
    }

    public String open(String passport) {
        return as("college").post("/api/learners", """
                {"name":"王小明","documentKind":"PASSPORT","documentNumber":"%s"}"""
                .formatted(passport)).text("/id");
    }

    public static String course(String key, String amount, String on) {
        return """
                {"kind":"COURSE","recordKey":"%s","title":"机械制图","subject":"ME101",
                 "credits":{"amount":"%s","unit":"CN"},"happenedOn":"%s"}"""
                .formatted(key, amount, on);
    }

    @Override
    public void close() {
        application.close();
    }
}
