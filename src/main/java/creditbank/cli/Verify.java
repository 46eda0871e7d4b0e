package creditbank.cli;

import creditbank.audit.KeysCheck;
import creditbank.audit.Verification;
import creditbank.audit.Verification.Check;
import creditbank.audit.Verification.Report;
import creditbank.projections.Projection;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Holds the whole ledger against itself and against everything that was made of it. */
@Command(name = "verify", mixinStandardHelpOptions = true,
        description = {"Walk the whole ledger and say whether positions, bytes, commands, claims,"
            + " decisions, books and views hold. The bank may be open meanwhile; nothing is"
            + " changed.", "核对整个账本：位置、字节、命令、唯一标识、决定、总账与视图。不作任何改动。"})
final class Verify implements Callable<Integer> {

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Option(names = "--scratch", paramLabel = "FOLDER",
            description = {"Where temporary files go, about as large as views.db and index.db"
                + " (default: the system's folder). SQLite sorts in a folder of its own choosing:"
                + " set SQLITE_TMPDIR for that.", "临时文件目录（排序目录另由 SQLITE_TMPDIR 指定）。"})
    private @Nullable Path scratch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        folders.mustHoldABank();
        Verification verification = new Verification(
                folders.data, Projection.all(), folders.zone, Locale.getDefault());
        Report report;
        try (Progress progress = Progress.ofEntries("verify", 1)) {
            report = verification.verify(
                    scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch,
                    progress::at);
        }
        PrintWriter out = spec.commandLine().getOut();
        report = withKeys(report, out);
        for (Check check : report.checks()) {
            out.println(mark(check) + "  " + check.sentence());
        }
        out.println(report.holds() ? "Everything holds. 全部成立。"
                : "Not everything holds, or not everything could be checked. 并非全部成立或可核对。");
        return report.holds() ? 0 : CommandLineOfTheBank.INCOMPLETE;
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
