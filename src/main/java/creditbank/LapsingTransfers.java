package creditbank;

import creditbank.account.StudiesCounter;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.TransferId;
import creditbank.ledger.Sender;
import creditbank.projections.Transfers;
import creditbank.projections.Transfers.Transfer;
import creditbank.projections.Views;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Ends transfers that nobody answered, by the command that anybody concerned could send. Nothing
 * rests on when that happens: a transfer cannot be answered once its last day has passed, and the
 * entry says from which day on the credits are available.
 */
final class LapsingTransfers implements AutoCloseable {

    /** The actor of these entries. */
    static final String ACTOR = "system/bank";

    private static final System.Logger LOG =
            System.getLogger(LapsingTransfers.class.getName());
    private static final Duration BETWEEN = Duration.ofHours(1);
    private static final int AT_ONCE = 100;
    /** Of one round; the rest is left to the next. */
    private static final int MOST = 10_000;

    private final Views views;
    private final Clock clock;
    private final Consumer<TransferId> command;
    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lapsing-transfers").daemon().factory());

    /** @param commandIds the same for the same transfer, so that each lapses once */
    LapsingTransfers(Views views, StudiesCounter studies, Clock clock,
            Function<String, String> commandIds) {
        this(views, clock, transfer -> studies.lapseTransfer(new Sender(ACTOR, null,
                commandIds.apply(transfer.toString()), null), transfer, null));
    }

    /** @param command has one transfer lapse, or is refused */
    LapsingTransfers(Views views, Clock clock, Consumer<TransferId> command) {
        this.views = views;
        this.clock = clock;
        this.command = command;
    }

    /** Now, and then every hour: a business day ends at an hour that only the zone knows. */
    void start() {
        worker.scheduleWithFixedDelay(this::quietly, 0, BETWEEN.toSeconds(), TimeUnit.SECONDS);
    }

    private void quietly() {
        try {
            round();
        } catch (RuntimeException e) {
            // The next round finds them again.
            LOG.log(System.Logger.Level.WARNING, "Transfers that lapsed are left waiting", e);
        }
    }

    /** Ends those whose last day has passed; answers how many. */
    int round() {
        int lapsed = 0;
        int seen = 0;
        Map<String, List<TransferId>> left = new TreeMap<>();
        Views.Range range = Transfers.overdue(LocalDate.now(clock), AT_ONCE);
        @Nullable String last;
        do {
            List<Views.Row<Transfer>> rows = views.page(Transfers.TRANSFERS, range);
            for (Views.Row<Transfer> row : rows) {
                lapsed += lapse(row.document().id(), left) ? 1 : 0;
            }
            seen += rows.size();
            last = rows.size() < AT_ONCE ? null : rows.getLast().at();
            range = last == null ? range : range.behind(last);
        } while (last != null && seen < MOST && !worker.isShutdown());
        // A line for each cause: what holds up one may hold up all.
        left.forEach((code, transfers) -> LOG.log(System.Logger.Level.WARNING,
                "Transfers that lapsed are left waiting: " + code + ", " + transfers.size()
                        + " of them, the first is " + transfers.getFirst()));
        return lapsed;
    }

    private boolean lapse(TransferId transfer, Map<String, List<TransferId>> left) {
        try {
            command.accept(transfer);
            return true;
        } catch (Refused refused) {
            if (!isNoneOfItsBusiness(refused.refusal())) {
                left.computeIfAbsent(refused.refusal().code(), _ -> new ArrayList<>())
                        .add(transfer);
            }
            return false;
        }
    }

    /**
     * Ended or erased since the view was read. One whose account is restricted meanwhile waits
     * until it is not.
     */
    private static boolean isNoneOfItsBusiness(Refusal refusal) {
        return refusal instanceof Refusal.TransferEnded
                || refusal instanceof Refusal.AccountErased
                || refusal instanceof Refusal.AccountRestricted;
    }

    /** Lets the round under way come to its next page. */
    @Override
    public void close() {
        worker.close();
    }
}
