package creditbank.cli;

import creditbank.audit.BundleVerification;
import creditbank.audit.KeysCheck;
import creditbank.audit.Known;
import creditbank.audit.LogCheck;
import creditbank.audit.Verification;
import creditbank.audit.Verification.Check;
import creditbank.audit.Verification.Report;
import creditbank.projections.Projection;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds a whole ledger, or a bundle of evidence, against itself and against what was signed. */
@Command(name = "verify", mixinStandardHelpOptions = true,
        description = {"Walk the whole ledger and say whether positions, bytes, commands, claims,"
            + " decisions, books, views and the public log hold. The bank may be open meanwhile;"
            + " nothing is changed. Or check a bundle of evidence, for which no bank is needed.",
            "核对整个账本：位置、字节、命令、唯一标识、决定、总账、视图与公开日志；或核对证据包（无需学分银行）。"
            + "不作任何改动。"})
final class Verify implements Callable<Integer> {

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Parameters(arity = "0..1", paramLabel = "BUNDLE|FOLDER",
            description = {"A bundle of evidence, or a data folder (the same as --data).",
                "证据包或数据目录。"})
    private @Nullable Path what;

    @Option(names = "--verifier-key", paramLabel = "KEY",
            description = {"The log's verifier key as you got it from somebody you trust.",
                "日志的公钥（得自您信任的人）。"})
    private @Nullable String key;

    @Option(names = "--witness-key", paramLabel = "KEY",
            description = {"The verifier key of a witness that is to have cosigned; may be given"
                + " several times.", "见证人的公钥（可多次给出）。"})
    private List<String> witnesses = new ArrayList<>();

    @Option(names = "--checkpoint", paramLabel = "FILE",
            description = {"A checkpoint that you kept: says whether anything of it was changed or"
                + " removed since.", "您保存的检查点。"})
    private @Nullable Path checkpoint;

    @Option(names = "--scratch", paramLabel = "FOLDER",
            description = {"Where temporary files go, about as large as views.db and index.db"
                + " (default: the system's folder). SQLite sorts in a folder of its own choosing:"
                + " set SQLITE_TMPDIR for that.", "临时文件目录（排序目录另由 SQLITE_TMPDIR 指定）。"})
    private @Nullable Path scratch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Known known = new Known(LogOptions.key(spec, "--verifier-key", key),
                LogOptions.keys(spec, "--witness-key", witnesses),
                LogOptions.note(spec, "--checkpoint", checkpoint));
        if (what != null && !Files.exists(what)) {
            throw new IllegalStateException("There is no " + what + ". 没有该文件。");
        }
        if (what != null && !Files.isDirectory(what)) {
            refuseProof(what);
            try (Progress progress = Progress.ofEntries("verify", 1)) {
                return say(new BundleVerification(what, known, Locale.getDefault())
                        .verify(progress::at));
            }
        }
        if (what != null) {
            folders.data = what;
        }
        return say(ofFolder(known));
    }

    /** Whoever holds one would else be told that something sound is none. */
    private static void refuseProof(Path file) throws IOException {
        byte[] mark = "c2sp.org/tlog-proof@".getBytes(StandardCharsets.US_ASCII);
        try (InputStream in = Files.newInputStream(file)) {
            if (Arrays.equals(in.readNBytes(mark.length), mark)) {
                throw new IllegalStateException(file + " is the proof of one record, not a bundle"
                        + " of evidence. A bundle holds such proofs with the entries that they are"
                        + " of: creditbank evidence, or /api/audit/evidence and"
                        + " /api/learners/ID/evidence. 这是单条记录的证明，不是证据包。");
            }
        }
    }

    private int say(Report report) {
        PrintWriter out = spec.commandLine().getOut();
        for (Check check : report.checks()) {
            out.println(mark(check) + "  " + check.sentence());
        }
        out.println(report.holds() ? "Everything holds. 全部成立。"
                : "Not everything holds, or not everything could be checked. 并非全部成立或可核对。");
        return report.holds() ? 0 : CommandLineOfTheBank.INCOMPLETE;
    }

    private Report ofFolder(Known known) {
        folders.mustHoldABank();
        Verification verification = new Verification(
                folders.data, Projection.all(), folders.zone, Locale.getDefault());
        List<Check> checks;
        try (Progress progress = Progress.ofEntries("verify", 1)) {
            checks = new ArrayList<>(verification.verify(
                    scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch,
                    progress::at).checks());
        }
        Path keys = folders.keys == null && !Files.exists(folders.keys()) ? null : folders.keys();
        try (Progress progress = Progress.ofEntries("log", 1)) {
            checks.addAll(LogCheck.of(
                    folders.data, keys, known, Locale.getDefault(), progress::at));
        }
        return withKeys(new Report(checks), spec.commandLine().getOut());
    }

    /** A ledger may be verified by somebody to whom the keys are not given. */
    private Report withKeys(Report report, PrintWriter out) {
        Path keys = folders.keys().resolve("keys.db");
        if (folders.keys == null && !Files.exists(keys)) {
            out.println("The keys of personal data are not looked at: there is no " + keys
                    + ". 未核对个人数据的密钥。");
            return report;
        }
        List<Check> checks = new ArrayList<>(report.checks());
        checks.add(KeysCheck.of(keys, Locale.getDefault()));
        return new Report(checks);
    }

    private static String mark(Check check) {
        return switch (check.outcome()) {
            case HOLDS -> "[holds 成立]";
            case DOES_NOT_HOLD -> "[DOES NOT HOLD 不成立]";
            case NOT_CHECKED -> "[NOT CHECKED 未能核对]";
        };
    }
}
