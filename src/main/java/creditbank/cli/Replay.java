package creditbank.cli;

import creditbank.Bank;
import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.digest.StateDigest;
import creditbank.audit.History;
import creditbank.audit.Moment;
import creditbank.audit.StatedDigests;
import creditbank.audit.StatedDigests.StatedDigest;
import creditbank.audit.WholeReplay;
import creditbank.http.LearnerAnswers;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.Sender;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.projections.Projection;
import creditbank.words.Words;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The bank as it stood once: digests of all it kept, or all it said about one learner. */
@Command(name = "replay", mixinStandardHelpOptions = true,
        description = {"Fold the ledger up to a position or an instant and print a digest of what"
            + " each projection came to, beside what the bank stated itself. The bank may be open"
            + " meanwhile; nothing is changed, and no keys are needed. With --learner print all"
            + " that was answered about a learner then; for that the bank must be closed.",
            "把账本重放到某一位置或时刻，输出各投影的摘要；或用 --learner 输出某学习者当时的全部信息。"})
final class Replay implements Callable<Integer> {

    /** One moment is asked for, or the newest entry. */
    static final class Place {
        @Option(names = "--position", paramLabel = "N",
                description = {"The last entry to fold.", "最后一条记录的位置。"})
        private @Nullable Long position;

        @Option(names = "--at", paramLabel = "INSTANT",
                description = {"The last entry recorded by then, such as"
                    + " 2026-11-22T12:00:00+08:00.", "截至该时刻的最后一条记录。"})
        private @Nullable String at;
    }

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @ArgGroup
    private Place place = new Place();

    @Option(names = "--learner", paramLabel = "ID",
            description = {"Print all about this account.", "只输出该账户。"})
    private @Nullable String learner;

    @Option(names = "--scratch", paramLabel = "FOLDER",
            description = {"Where a temporary file goes, about as large as views.db (default: the"
                + " system's folder).", "临时文件目录。"})
    private @Nullable Path scratch;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        folders.mustHoldABank();
        try {
            return learner == null ? digests() : about(learner);
        } catch (Refused refused) {
            Words.Said said = Words.of(refused.refusal(), Locale.getDefault());
            throw new IllegalStateException(said.what() + " " + said.remedy(), refused);
        }
    }

    private Moment moment(History history) {
        Long position = place.position;
        String at = place.at;
        if (position != null) {
            if (position < 0) {
                throw new CommandLine.ParameterException(spec.commandLine(),
                        "Positions are counted from 0, and " + position + " is none.");
            }
            return history.at(position);
        }
        try {
            return at == null ? history.newest()
                    : history.at(OffsetDateTime.parse(at).toInstant());
        } catch (DateTimeException e) {
            throw new CommandLine.ParameterException(spec.commandLine(),
                    "--at is an instant such as 2026-11-22T12:00:00+08:00, not " + at);
        }
    }

    // ------------------------------------------------------------------ the whole bank

    private int digests() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        Path room = Files.createTempDirectory(
                scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch,
                "creditbank-replay-");
        try (LedgerRows ledger = new SqliteLedgerRows(
                folders.data.resolve("ledger.db"), folders.data.resolve("index.db"))) {
            WholeReplay replay = new WholeReplay(ledger, room);
            Moment moment = moment(new History(ledger));
            List<StateDigest> digests;
            StatedDigests stated;
            try (Progress progress = Progress.ofEntries("replay", moment.position() + 1)) {
                digests = replay.digests(moment, Projection.all(), progress::at);
                stated = StatedDigests.behind(moment, ledger);
            }
            out.println("position " + moment.position() + ", recorded at "
                    + moment.recordedAt() + " 位置 " + moment.position());
            boolean agree = true;
            for (StateDigest digest : digests) {
                List<StatedDigest> same = stated.sameAs(digest);
                boolean differs = !same.stream().allMatch(StatedDigest::agrees);
                agree &= !differs;
                out.println(digest.digest() + "  " + digest.projection() + " (version "
                        + digest.version() + ", " + digest.entries() + " entries)"
                        + (same.isEmpty() ? "" : differs
                                ? "  THE BANK STATED ANOTHER ONE 与账本所记不符"
                                : "  as the bank stated 与账本所记一致"));
            }
            return agree ? 0 : CommandLineOfTheBank.INCOMPLETE;
        } finally {
            Files.delete(room);
        }
    }

    // ------------------------------------------------------------------ one learner

    private int about(String id) {
        LearnerId account = new LearnerId(id);
        try (Bank bank = Bank.open(folders.data, folders.keys(), folders.clock())) {
            // Whether an account is open now is asked too.
            bank.follower().catchUp(_ -> { });
            Moment moment = moment(new History(bank.ledger().reader()));
            Sender operator = new Sender(
                    CommandLineOfTheBank.OPERATOR, null, bank.newCommandId(), null);
            spec.commandLine().getOut().println(LearnerAnswers.asJson(bank, operator,
                    new creditbank.audit.Replay(bank.ledger().reader()), moment, account,
                    LocalDate.ofInstant(moment.recordedAt(), folders.zone)));
        }
        return 0;
    }
}
