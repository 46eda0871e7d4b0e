package creditbank.cli;

import creditbank.Bank;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Credits;
import creditbank.api.value.Forms;
import creditbank.intake.Options;
import creditbank.intake.Outcome;
import creditbank.intake.Profile;
import creditbank.intake.Profiles;
import creditbank.words.Words;
import java.io.IOException;
import java.io.PrintWriter;
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
            "导入成果文件(服务须已停止)。已登记的行不会重复登记。"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every row went in, stood before or was left out by the profile",
            "1:rows were rejected, or not all were reached",
            "2:the command was not understood", "3:the file cannot be imported at all"})
final class Import implements Callable<Integer> {

    private static final int PROBLEMS_SHOWN = 20;
    private static final String OPERATOR = "system/operator";

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Parameters(paramLabel = "FILE", description = {"The file.", "文件。"})
    private Path file = Path.of("");

    @Option(names = "--profile", defaultValue = Profiles.NATIVE, paramLabel = "NAME|FILE",
            description = {"How the file is read: native, oulad, or a profile of your own in"
                + " YAML (default: ${DEFAULT-VALUE}).", "读取方案。"})
    private String profile = Profiles.NATIVE;

    @Option(names = "--as", paramLabel = "INSTITUTION",
            description = {"Import as this institution; only its own rows are taken.",
                "以该机构名义导入。"})
    private @Nullable String as;

    @Option(names = "--dry-run",
            description = {"Decide everything, record nothing.", "试运行,不登记。"})
    private boolean dryRun;

    @Option(names = "--rejected", paramLabel = "FILE",
            description = {"Where rejected rows are written, to be corrected and sent again"
                + " (default: FILE.rejected). They hold personal data.", "退回行的文件。"})
    private @Nullable Path rejected;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        try {
            Profile how = Profiles.nameOrPath(profile);
            InstitutionId institution = Refused.inField(
                    "--as", () -> Forms.optional(as, InstitutionId::new));
            Path back = rejected == null
                    ? file.resolveSibling(file.getFileName() + ".rejected") : rejected;
            Outcome outcome = folders.holdABank() || !dryRun
                    ? run(folders.data, folders.keys(), how,
                            new Options(dryRun, institution, true, OPERATOR, back))
                    : tryWithoutABank(how,
                            new Options(true, institution, true, OPERATOR, back));
            print(outcome, back);
            return outcome.finished() && outcome.rejectedInAll() == 0
                    ? 0 : CommandLineOfTheBank.INCOMPLETE;
        } catch (Refused e) {
            Words.Said said = Words.of(e.refusal(), Locale.getDefault());
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
                spec.commandLine().getOut().println("A new bank was begun in "
                        + data.toAbsolutePath() + ". 已新建学分银行。");
            }
            Outcome outcome = run(bank, how, options);
            if (!dryRun) {
                try (Progress bar = new Progress("views", bank.ledger().reader().size())) {
                    bank.follower().catchUp(bar);
                }
            }
            return outcome;
        }
    }

    private Outcome run(Bank bank, Profile how, Options options) {
        try (Progress bar = new Progress(dryRun ? "dry run" : "import", 100)) {
            return bank.intake().run(file, how, options, now -> {
                bar.accept(now.percent());
                bar.say("%,d rows, %,d recorded, %,d rejected".formatted(
                        now.rows(), now.recorded(), now.rejected()));
            });
        }
    }

    private void print(Outcome o, Path back) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Read as %s, %s%s%s; %,d rows.%n", o.reading().form(), o.reading().encoding(),
                o.reading().mark() ? " with byte order mark" : "",
                o.reading().separator() == ' ' ? ""
                        : ", separated by \"" + o.reading().separator() + "\"",
                o.rows());
        if (!o.reading().unused().isEmpty()) {
            out.println("Columns the profile does not look at: "
                    + String.join(", ", o.reading().unused()));
        }
        if (o.institutionRegistered()) {
            out.println(o.dryRun() ? "The profile's institution would be registered."
                    : "The profile's institution was registered.");
        }
        out.printf("%s: %,d achievements recorded, %,d stood already, %,d accounts opened.%n",
                o.dryRun() ? "Dry run, nothing was changed 试运行" : "Done 完成",
                o.recorded(), o.alreadyThere(), o.accountsOpened());
        o.credits().forEach((unit, amount) -> out.printf("Credits recorded: %s %s%n",
                Credits.amount(amount), unit));
        o.creditsAlreadyThere().forEach((unit, amount) -> out.printf(
                "Credits that stood already: %s %s%n", Credits.amount(amount), unit));
        o.passedOver().forEach((reason, rows) ->
                out.printf("Left out: %,d rows, %s%n", rows, reason));
        o.rejected().forEach((code, rows) -> out.printf("Rejected: %,d rows, %s%n", rows, code));
        o.problems().stream().limit(PROBLEMS_SHOWN).forEach(p -> out.println(
                p.said(Locale.getDefault())));
        if (o.rejectedInAll() > 0) {
            out.println("The rejected rows stand in " + back
                    + "; correct them and import that file. 退回的行在该文件中。");
        }
        if (o.stoppedBy() != null) {
            Words.Said said = Words.of(o.stoppedBy(), Locale.getDefault());
            out.println("Not all rows were reached: " + said.what() + " " + said.remedy());
        }
    }
}
