package creditbank.cli;

import creditbank.Bank;
import creditbank.projections.Projection;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes views anew from the ledger while the bank is closed. */
@Command(name = "rebuild-views", mixinStandardHelpOptions = true,
        description = {"Make the views anew from the ledger. The bank must not be open; in an"
            + " open bank a registrar does the same with POST /api/views/NAME/rebuild.",
            "从账本重建视图（服务须已停止）。"})
final class RebuildViews implements Callable<Integer> {

    private static final MessageFormat MADE_ANEW = new MessageFormat("{0}: made anew from"
            + " {1,choice,0#no entries|1#1 entry|1<{1} entries}. 已重建。", Locale.ROOT);

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Parameters(arity = "0..1", paramLabel = "NAME",
            description = {"One projection; all of them if left out.", "只重建一个；缺省为全部。"})
    private @Nullable String only;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        folders.mustHoldABank();
        if (only != null && Projection.all().stream().noneMatch(p -> p.name().equals(only))) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "There is no projection " + only + "; there are "
                            + Projection.all().stream().map(Projection::name).toList());
        }
        try (Bank bank = Bank.open(folders.data, folders.keys(), folders.clock())) {
            for (Projection projection : Projection.all()) {
                if (only == null || only.equals(projection.name())) {
                    try (Progress progress = Progress.ofEntries(
                            projection.name(), bank.ledger().reader().size())) {
                        bank.follower().rebuild(projection, progress);
                    }
                    spec.commandLine().getOut().println(MADE_ANEW.format(new Object[] {
                        projection.name(), bank.ledger().reader().size()}));
                }
            }
        }
        return 0;
    }
}
