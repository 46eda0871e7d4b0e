package creditbank.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** {@code creditbank}: serves, unless a subcommand says otherwise. */
@Command(name = "creditbank", mixinStandardHelpOptions = true,
        versionProvider = CommandLineOfTheBank.Version.class,
        subcommands = {Serve.class, Import.class, Verify.class, Replay.class, MakeEvidence.class,
            RebuildViews.class, AddUser.class, Witnessing.class},
        description = {"A credit bank and certificate ledger. Without a command it serves.",
            "学分银行与证书账本。不带命令则启动服务。"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:something does not hold, or rows were rejected",
            "2:the command was not understood", "3:it could not be carried out"})
public final class CommandLineOfTheBank implements Callable<Integer> {

    /** Something was found that does not hold, or something was left out. */
    static final int INCOMPLETE = 1;
    private static final int IMPOSSIBLE = 3;

    /** Who sits at the command line, as entries name them. */
    static final String OPERATOR = "system/operator";

    private CommandLineOfTheBank() {
    }

    /** Does what the arguments say; ends the process unless it serves. */
    public static void run(String... arguments) {
        if (serves(arguments)) {
            List<String> settings = new ArrayList<>(List.of(arguments));
            settings.remove("serve");
            Serve.start(settings.toArray(String[]::new));
            return;
        }
        System.exit(execute(new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8), arguments));
    }

    /** Carries out a command; answers its exit code. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new CommandLineOfTheBank());
        line.setOut(out);
        line.setErr(err);
        line.setExecutionExceptionHandler((e, where, _) -> {
            // One who typed a command is told what to do, not shown where the program was.
            where.getErr().println(where.getColorScheme().errorText(String.valueOf(
                    e.getMessage() == null ? e : e.getMessage())));
            return IMPOSSIBLE;
        });
        // Asked for help, the library would forgive a command that there is not.
        if (arguments.length > 0 && !arguments[0].startsWith("-")
                && !line.getSubcommands().containsKey(arguments[0])) {
            return line.execute(arguments[0]);
        }
        return line.execute(arguments);
    }

    /** Without a command, or with {@code serve} and settings only, the bank is to be served. */
    private static boolean serves(String[] arguments) {
        for (String argument : arguments) {
            boolean setting = argument.startsWith("--") && argument.contains(".");
            boolean debug = argument.equals("--debug");
            if (!setting && !debug && !argument.equals("serve")) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Integer call() {
        throw new ParameterException(new CommandLine(this), "Say which command. 请指定命令。");
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version =
                    CommandLineOfTheBank.class.getPackage().getImplementationVersion();
            return new String[] {"creditbank " + (version == null ? "(not packaged)" : version)};
        }
    }
}
