package creditbank.cli;

import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.audit.LogFolder;
import creditbank.audit.evidence.Entries;
import creditbank.audit.evidence.Evidence;
import creditbank.audit.evidence.Selection;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.proof.Note;
import creditbank.proof.VerifierKey;
import creditbank.words.Words;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes entries into a file that can be checked without the bank. */
@Command(name = "evidence", mixinStandardHelpOptions = true,
        description = {"Write a bundle of evidence: entries with all that is needed to check them"
            + " without the bank (creditbank verify BUNDLE). The bank may be open meanwhile."
            + " Personal data stays sealed.", "制作证据包：分录及离线核验所需的一切。个人信息保持密封。"})
final class MakeEvidence implements Callable<Integer> {

    private static final Pattern RANGE = Pattern.compile("([0-9]{1,18})-([0-9]{1,18})");
    private static final MessageFormat WRITTEN = new MessageFormat(
            "{0}: {1,choice,1#1 entry|1<{1} entries}. 已写入。", Locale.ROOT);

    /** One of them. */
    static final class What {
        @Option(names = "--learner", required = true, paramLabel = "ID",
                description = {"All entries of a learner's account.", "一位学习者的全部分录。"})
        @Nullable String learner;

        @Option(names = "--institution", required = true, paramLabel = "ID",
                description = {"All entries of an institution's own stream.", "一个机构自身的全部分录（不含其为学习者登记的分录）。"})
        @Nullable String institution;

        @Option(names = "--range", required = true, paramLabel = "FROM-TO",
                description = {"All entries from a position to another, such as 0-99.",
                    "自某位置至另一位置的全部分录。"})
        @Nullable String range;
    }

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @ArgGroup(multiplicity = "1")
    private What what = new What();

    @Option(names = "--since", paramLabel = "CHECKPOINT",
            description = {"A checkpoint that was kept: the bundle shows that the log begins with"
                + " it.", "以前保存的检查点。"})
    private @Nullable Path since;

    @Option(names = {"-o", "--output"}, required = true, paramLabel = "FILE",
            description = {"The zip to write; it must not be there yet.", "要写入的文件。"})
    private Path output = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        folders.mustHoldABank();
        Note older = LogOptions.note(spec, "--since", since);
        if (Files.exists(output)) {
            throw new IllegalStateException(output + " is there already. 文件已存在。");
        }
        try {
            Selection selection = selection();
            // What is signed first: its entries are then in the ledger's snapshot for certain.
            LogFolder log = new LogFolder(folders.data);
            VerifierKey key = LogFolder.verifierKey(folders.keys());
            try (LedgerRows ledger = new SqliteLedgerRows(
                    folders.data.resolve("ledger.db"), folders.data.resolve("index.db"))) {
                Evidence evidence =
                        Evidence.gather(selection, Entries.of(ledger), log, key, older);
                write(evidence);
                spec.commandLine().getOut().println(
                        WRITTEN.format(new Object[] {output.toString(), evidence.size()}));
            }
            return 0;
        } catch (Refused e) {
            Words.Said said = Words.of(e.refusal(), Locale.getDefault());
            throw new IllegalStateException(said.what() + " " + said.remedy(), e);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("There is no " + e.getFile() + ": nothing was signed"
                    + " for yet. Serve the bank once; it signs within a second. 尚无已签名的检查点。", e);
        }
    }

    private Selection selection() {
        if (what.learner != null) {
            String id = what.learner;
            return new Selection.Learner(Refused.inField("--learner", () -> new LearnerId(id)));
        }
        if (what.institution != null) {
            String id = what.institution;
            return new Selection.Institution(
                    Refused.inField("--institution", () -> new InstitutionId(id)));
        }
        Matcher range = RANGE.matcher(String.valueOf(what.range));
        if (!range.matches()) {
            throw new ParameterException(spec.commandLine(),
                    "--range takes two positions, such as 0-99. 请给出起止位置，如 0-99。");
        }
        return new Selection.Range(
                Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
    }

    /** A part of a bundle never stands under its name. */
    private void write(Evidence evidence) throws IOException {
        Path unfinished = output.resolveSibling(output.getFileName() + ".new");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unfinished))) {
            evidence.writeTo(out);
        }
        Files.move(unfinished, output, StandardCopyOption.ATOMIC_MOVE);
    }
}
