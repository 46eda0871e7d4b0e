package creditbank.cli;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.formats.Committed;
import creditbank.http.BankOverHttp;
import creditbank.ledger.Ledger;
import creditbank.publishing.PublishedLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the walk in {@code docs/trust.md} do what the page says, as they are written. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrustWalkTest {

    private static final String HOST = "http://localhost:8080";
    private static final String JAR = "java -jar target/creditbank.jar ";
    /** A word, or several in quotation marks. */
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void every_command_of_the_walk_works() throws Exception {
        try (BankOverHttp bank = new BankOverHttp(folder.resolve("data"))) {
            bank.registerInstitutions();
            String learner = bank.open("WALK-1");
            awaitAll(bank);
            List<String> commands = commands();
            assertThat(commands).hasSize(8);
            for (String command : commands) {
                if (command.startsWith("curl ")) {
                    curl(bank, command.replace("ACCOUNT", learner));
                    awaitAll(bank);
                } else {
                    run(command.replace("ACCOUNT", learner));
                }
            }
        }
    }

    private static void awaitAll(BankOverHttp bank) throws InterruptedException {
        assertThat(bank.part(PublishedLog.class).awaitPublished(
                bank.part(Ledger.class).reader().size(), Duration.ofSeconds(30))).isTrue();
    }

    /** What stands in the blocks of the walk, but for how the bank is made and started. */
    private static List<String> commands() {
        String page = Committed.page("../trust.md");
        String walk = page.substring(page.indexOf("\n## From a fresh start"));
        walk = walk.substring(0, walk.indexOf("\n## ", 1));
        List<String> commands = new ArrayList<>();
        for (String block : walk.split("```sh\n")) {
            if (block.contains("\n```")) {
                block.substring(0, block.indexOf("\n```")).replace("\\\n", " ").lines()
                        .filter(l -> !l.startsWith("mvn ")).forEach(commands::add);
            }
        }
        return commands;
    }

    private List<String> words(String command) throws IOException {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1)
                    : word.group(2) != null ? word.group(2) : word.group(3));
        }
        Pattern content = Pattern.compile("\\$\\(cat (\\S+)\\)");
        for (int i = 0; i < words.size(); i++) {
            Matcher file = content.matcher(words.get(i));
            if (file.matches()) {
                words.set(i, Files.readString(folder.resolve(file.group(1))).strip());
            }
        }
        return words;
    }

    private void curl(BankOverHttp bank, String command) throws Exception {
        List<String> words = words(command);
        String address = words.getLast();
        assertThat(address).startsWith(HOST);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(bank.uri(address.substring(HOST.length())));
        Path output = null;
        for (int i = 1; i < words.size() - 1; i += 2) {
            String value = words.get(i + 1);
            switch (words.get(i)) {
                case "-o" -> output = folder.resolve(value);
                case "-u" -> request.header("Authorization", "Basic "
                        + Base64.getEncoder().encodeToString(value.replace("PASSWORD", "secret")
                                .getBytes(StandardCharsets.UTF_8)));
                case "-H" -> request.header(value.split(": ")[0], value.split(": ")[1]);
                case "-d" -> request.POST(HttpRequest.BodyPublishers.ofString(value));
                default -> throw new AssertionError(words.get(i));
            }
        }
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        assertThat(answer.statusCode()).as(command).isLessThan(300);
        if (output != null) {
            Files.write(output, answer.body());
        }
    }

    /** Whatever names a file names one of this test's folder. */
    private void run(String command) throws IOException {
        assertThat(command).startsWith(JAR);
        List<String> words = new ArrayList<>(words(command.substring(JAR.length())));
        words.replaceAll(w -> w.matches("[a-z-]+\\.(zip|key|checkpoint)|data")
                ? folder.resolve(w).toString() : w);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandLineOfTheBank.execute(new PrintWriter(out, true),
                new PrintWriter(err, true), words.toArray(String[]::new));
        assertThat(code).as(command + "\n" + out + err).isZero();
        if (words.getFirst().equals("verify")) {
            assertThat(out.toString()).contains("Everything holds");
        }
    }
}
