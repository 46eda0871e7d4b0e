package creditbank.cli;

import creditbank.proof.Checkpoint;
import creditbank.proof.VerifierKey;
import creditbank.witness.Addresses;
import creditbank.witness.Answer;
import creditbank.witness.Following;
import creditbank.witness.LogOverHttp;
import creditbank.witness.Sight;
import creditbank.witness.Watched;
import creditbank.witness.Witness;
import creditbank.witness.WitnessServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Follows a bank from outside, and cosigns what it publishes as long as nothing is taken back. */
@Command(name = "witness", mixinStandardHelpOptions = true,
        description = {"Follow a bank's public log: remember its last checkpoint, cosign what"
            + " continues it, refuse and keep what does not. Needs no bank of its own, and should"
            + " not run where the bank does.",
            "见证：跟踪学分银行的公开日志，会签与此前一致的检查点；不一致的拒签并留存备查。"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:what was seen is cosigned", "1:what was seen is refused",
            "2:the command was not understood",
            "3:the log could not be looked at, or the witness's folder cannot be used"})
final class Witnessing implements Callable<Integer> {

    private static final int NOTHING_SEEN = 3;
    private static final int MOST_SECONDS = 86_400;
    private static final Duration TO_LOOK = Duration.ofSeconds(60);

    @Parameters(paramLabel = "URL",
            description = {"The bank's address, or that of its log.", "学分银行（或其日志）的网址。"})
    private String url = "";

    @Option(names = "--state", paramLabel = "FOLDER", defaultValue = "witness",
            description = {"What the witness remembers (default: ${DEFAULT-VALUE}). Never put an"
                + " older copy of it in place.", "见证记录目录；切勿以旧副本覆盖。"})
    private Path state = Path.of("witness");

    @Option(names = "--key-file", paramLabel = "FILE",
            description = {"The witness's key; made at first start (default: witness.key in the"
                + " state folder).", "见证密钥文件，首次启动时生成。"})
    private @Nullable Path keyFile;

    @Option(names = "--name", paramLabel = "NAME",
            description = {"The name of the key if it is made now, best the witness's own address"
                + " without https:// (default: witness- and eight digits by chance).",
                "新密钥的名称；未指定则随机生成。"})
    private @Nullable String name;

    @Option(names = "--verifier-key", paramLabel = "VKEY",
            description = {"The key of the bank's log, got another way than from the bank. Without"
                + " it, the first start believes the key that the bank shows.",
                "日志公钥（宜由其他途径取得）；未指定则首次采信对方出示的公钥。"})
    private @Nullable String verifierKey;

    @Option(names = "--every", paramLabel = "SECONDS", defaultValue = "10",
            description = {"How often to look, 1 to 86400 (default: ${DEFAULT-VALUE}).",
                "查看间隔（秒）。"})
    private int every = 10;

    @Option(names = "--once", description = {"Look once and end.", "只查看一次。"})
    private boolean once;

    @Option(names = "--port", paramLabel = "PORT",
            description = {"Serve /checkpoint, /key and /add-checkpoint on this port; 0 takes a"
                + " free one.", "在该端口提供服务。"})
    private @Nullable Integer port;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
            description = {"Where to serve (default: ${DEFAULT-VALUE}, this machine only).",
                "服务地址。"})
    private String host = "127.0.0.1";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private String told = "";

    @Override
    public Integer call() throws IOException {
        URI address = understood(() -> Addresses.ofLog(url));
        String text = verifierKey;
        VerifierKey given = text == null ? null : understood(() -> givenKey(text));
        if (every < 1 || every > MOST_SECONDS || once && port != null
                || port != null && (port < 0 || port > 65_535)) {
            throw new ParameterException(spec.commandLine(), "--every takes 1 to 86400, --port 0"
                    + " to 65535 and not with --once. --every 为 1 至 86400，"
                    + "--port 为 0 至 65535，且不可与 --once 同用。");
        }
        PrintWriter out = spec.commandLine().getOut();
        Path file = keyFile == null ? state.resolve("witness.key") : keyFile;
        SecureRandom random = new SecureRandom();
        String byChance = "witness-" + HexFormat.of().toHexDigits(random.nextInt());
        try (HttpClient client = LogOverHttp.client();
                Witness witness = new Witness(state, file, name == null ? byChance : name,
                        Clock.systemUTC(), random, this::alarm)) {
            out.println("This witness's key is " + witness.verifier() + " 见证方公钥。");
            if (witness.verifier().name().equals(byChance)) {
                out.println("Nothing was named with --name, so the key is called " + byChance
                        + " from now on. 未指定 --name，密钥名称随机定为 " + byChance + "。");
            }
            VerifierKey log = trusted(witness, address, given, client);
            Following following = new Following(
                    witness, log, () -> new LogOverHttp(client, address, TO_LOOK));
            return once ? lookOnce(following) : follow(witness, log, following);
        }
    }

    /** Also where it was not this witness that looked, but somebody who asked it. */
    private void alarm(Answer.Forked forked) {
        tell(new Sight.Inconsistent(Checkpoint.parse(forked.known().text()),
                Checkpoint.parse(forked.shown().text()), forked.kept()));
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private <T> T understood(Callable<T> reading) {
        try {
            return reading.call();
        } catch (Exception e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static VerifierKey givenKey(String text) {
        VerifierKey key = VerifierKey.parse(text);
        if (key.kind() != VerifierKey.Kind.ED25519) {
            throw new IllegalArgumentException(
                    "this is the key of a witness, not of a log: " + text);
        }
        return key;
    }

    /** A key that was given or is remembered; else what the log shows, this one time. */
    private VerifierKey trusted(Witness witness, URI address, @Nullable VerifierKey given,
            HttpClient client) throws IOException {
        List<Watched> known = witness.watched().stream()
                .filter(w -> w.address().equals(address)).toList();
        if (given == null && known.size() > 1) {
            throw new IllegalStateException("This witness knows several logs at " + address
                    + ": say which one with --verifier-key. 该网址对应多个日志，请用 --verifier-key"
                    + " 指定。");
        }
        if (given == null && !known.isEmpty()) {
            return known.getFirst().key();
        }
        VerifierKey key = given != null ? given
                : new LogOverHttp(client, address, TO_LOOK).key();
        if (given == null) {
            if (key.kind() != VerifierKey.Kind.ED25519) {
                throw new IOException(address + " shows a key that is no log's: " + key);
            }
            spec.commandLine().getOut().println("The key of this log is believed because the bank"
                    + " shows it now: " + key + ". Compare it with one from elsewhere. From now on"
                    + " no other is believed. 首次采信对方出示的公钥，请与其他途径取得的公钥核对；"
                    + "此后不再采信其他公钥。");
        }
        witness.trust(key, address);
        return key;
    }

    private int lookOnce(Following following) {
        Sight sight = following.look();
        tell(sight);
        return switch (sight) {
            case Sight.Good _ -> 0;
            case Sight.Refused _ -> CommandLineOfTheBank.INCOMPLETE;
            case Sight.Nothing _ -> NOTHING_SEEN;
        };
    }

    /** Until it is interrupted. */
    private int follow(Witness witness, VerifierKey log, Following following)
            throws IOException {
        try (WitnessServer server = port == null ? null : new WitnessServer(
                witness, log.name(), new InetSocketAddress(host, port))) {
            if (server != null) {
                spec.commandLine().getOut().println("Serving on http://" + host + ":"
                        + server.address().getPort() + " 服务已启动。");
            }
            Sight before = new Sight.Nothing("not looked at yet");
            while (true) {
                Sight sight = following.look();
                // A log at rest after it has grown is no news.
                if (!(before instanceof Sight.Good && sight instanceof Sight.Unchanged)) {
                    tell(sight);
                }
                before = sight;
                Thread.sleep(Duration.ofSeconds(every));
            }
        } catch (InterruptedException e) {
            return 0;
        }
    }

    /** What stays as it is, is told once. */
    private synchronized void tell(Sight sight) {
        String now = said(sight);
        if (now.equals(told)) {
            return;
        }
        told = now;
        PrintWriter to = sight instanceof Sight.Good ? spec.commandLine().getOut() : err();
        to.println(now);
        to.flush();
    }

    // ------------------------------------------------------------------ in words

    static String said(Sight sight) {
        return switch (sight) {
            case Sight.First(Checkpoint now) -> "[cosigned 已会签] The first checkpoint of "
                    + now.origin() + " that this witness sees has " + now.size() + " entries."
                    + " 首次见证，共 " + now.size() + " 条分录。";
            case Sight.Grown(Checkpoint before, Checkpoint now) -> "[cosigned 已会签] The log has "
                    + now.size() + " entries and begins with the " + before.size()
                    + " that were cosigned before. 日志现有 " + now.size() + " 条分录，与此前会签的 "
                    + before.size() + " 条一致。";
            case Sight.Unchanged(Checkpoint now) -> "[cosigned 已会签] The log still has the "
                    + now.size() + " entries that were cosigned. 日志未变，仍为 " + now.size()
                    + " 条分录。";
            case Sight.Inconsistent(Checkpoint known, Checkpoint shown, @Nullable Path kept) ->
                    "[REFUSED 拒签] The log has signed a history of " + shown.size()
                    + " entries with the root " + shown.root() + " that does not begin with the "
                    + known.size() + " entries with the root " + known.root()
                    + " that it had signed before: something was changed or removed."
                    + " 日志签署了与此前不一致的历史：有分录被改动或删除。" + inFile(kept);
            case Sight.Shorter(Checkpoint known, Checkpoint shown, @Nullable Path kept) ->
                    "[REFUSED 拒签] The log shows " + shown.size() + " entries, but had signed "
                    + known.size() + ": entries were taken back, or something on the way answers"
                    + " with an old copy. 日志现有 " + shown.size() + " 条分录，少于此前签署的 "
                    + known.size() + " 条：可能被删减，或途中返回了旧副本。" + inFile(kept);
            case Sight.TilesAstray(Checkpoint shown, @Nullable Path kept) ->
                    "[REFUSED 拒签] The tiles of the log do not lead to its own checkpoint over "
                    + shown.size() + " entries. 日志的瓦片与其检查点（" + shown.size()
                    + " 条分录）不符。" + inFile(kept);
            case Sight.NotBelieved(String why) -> "[REFUSED 拒签] What the log shows as its"
                    + " checkpoint is not to be believed: " + why + " 日志出示的检查点不可采信。";
            case Sight.Nothing(String why) -> "[NOT SEEN 未能查看] The log could not be looked at: "
                    + why + ". 未能查看日志。";
        };
    }

    private static String inFile(@Nullable Path kept) {
        return kept == null ? "" : " Kept in 已留存于: " + kept;
    }
}
