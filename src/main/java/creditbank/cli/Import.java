package creditbank.cli;

import creditbank.Bank;
import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Forms;
import creditbank.intake.Options;
import creditbank.intake.Outcome;
import creditbank.intake.Profile;
import creditbank.intake.Profiles;
import creditbank.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings a file of achievements into a bank that is not open otherwise. */
@Command(name = "import", mixinStandardHelpOptions = true,
        description = {"Record a file of achievements (CSV or JSON Lines). A row that stands"
            + " already changes nothing, so a file can be sent again at any time. The bank must"
            + " not be open; into an open bank files go by POST /api/imports.",
            "导入成果文件（服务须已停止）。已登记的行不会重复登记。"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every row went in, stood before or was left out by the profile",
            "1:rows were rejected, or not all were reached",
            "2:the command was not understood", "3:the file cannot be imported at all"})
final class Import implements Callable<Integer> {

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Parameters(paramLabel = "FILE", description = {"The file.", "文件。"})
    private Path file = Path.of("");

    @Option(names = "--profile", defaultValue = Profiles.NATIVE, paramLabel = "NAME|FILE",
            description = {"How the file is read: native, oulad, elmo, or a profile of your"
                + " own in YAML (default: ${DEFAULT-VALUE}).", "读取方案。"})
    private String profile = Profiles.NATIVE;

    @Option(names = "--as", paramLabel = "INSTITUTION",
            description = {"Import as this institution; only its own rows are taken.",
                "以该机构名义导入。"})
    private @Nullable String as;

    @Option(names = "--dry-run",
            description = {"Decide everything, record nothing.", "试运行，不登记。"})
    private boolean dryRun;

    @Option(names = "--rejected", paramLabel = "FILE",
            description = {"Where rejected rows are written, to be corrected and sent again"
                + " (default: FILE.rejected). They hold personal data.", "退回行的文件。"})
    private @Nullable Path rejected;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        ImportReport report =
                new ImportReport(spec.commandLine().getOut(), Locale.getDefault());
        try {
            Profile how = Profiles.nameOrPath(profile);
            InstitutionId institution = Refused.inField(
                    "--as", () -> Forms.optional(as, InstitutionId::new));
            Path back = rejected == null
                    ? file.resolveSibling(file.getFileName() + ".rejected") : rejected;
            Outcome outcome = folders.holdABank() || !dryRun
                    ? run(folders.data, folders.keys(), how,
                            new Options(dryRun, institution, true, CommandLineOfTheBank.OPERATOR, back))
                    : tryWithoutABank(how,
                            new Options(true, institution, true, CommandLineOfTheBank.OPERATOR, back));
            report.print(outcome, back);
            return outcome.finished() && outcome.rejectedInAll() == 0
                    ? 0 : CommandLineOfTheBank.INCOMPLETE;
        } catch (Refused e) {
            // What is wrong with the file itself names no field of it.
            Refusal why = e.refusal() instanceof ValueInvalid v && v.field().isEmpty()
                    ? v.in(file.toString()) : e.refusal();
            Words.Said said = Words.of(why, Locale.getDefault());
            throw new IllegalStateException(said.what() + " " + said.remedy(), e);
        }
    }

    /** A dry run leaves no bank behind where there was none. */
    private Outcome tryWithoutABank(Profile how, Options options) throws IOException {
        Path passing = Files.createTempDirectory("creditbank-dry-run");
        try {
            return run(passing.resolve("data"), passing.resolve("keys"), how, options);
        } finally {
            try (Stream<Path> all = Files.walk(passing)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private Outcome run(Path data, Path keys, Profile how, Options options) {
        boolean begun = !folders.holdABank() && !dryRun;
        try (Bank bank = Bank.open(data, keys, folders.clock())) {
            if (begun) {
                new ImportReport(spec.commandLine().getOut(), Locale.getDefault()).begun(data);
            }
            Outcome outcome = run(bank, how, options);
            if (!dryRun) {
                long size = bank.ledger().reader().size();
                try (Progress bar = Progress.ofEntries("views", size)) {
                    bank.follower().catchUp(bar);
                    bar.accept(size);
                }
            }
            return outcome;
        }
    }

    private Outcome run(Bank bank, Profile how, Options options) {
        ImportReport report =
                new ImportReport(spec.commandLine().getOut(), Locale.getDefault());
        try (Progress bar = Progress.inPercent(dryRun ? "dry run" : "import")) {
            return bank.intake().run(file, how, options, now -> {
                bar.accept(now.percent());
                bar.say(report.soFar(now));
            });
        }
    }
}
