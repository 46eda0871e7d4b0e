package creditbank.account;

import creditbank.api.account.AccountCommand.RecordAchievement;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.institution.Institution;
import creditbank.ledger.CommandScope;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Sender;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides as an account would, on what stands now, and writes nothing: for telling beforehand what
 * a file or a form would be refused for.
 */
public final class Rehearsal {

    private static final Sender NOBODY = new Sender("system/rehearsal", null, "rehearsal", null);
    /** Stands for the account of a person who has none yet. */
    private static final LearnerId NEWCOMER = new LearnerId("0".repeat(LearnerId.LENGTH));

    private final LedgerReader ledger;
    private final Function<InstitutionId, Institution> institutions;
    private final Clock clock;

    /** @param institutions how an institution stands; asked within a {@link CommandScope} */
    public Rehearsal(LedgerReader ledger, Function<InstitutionId, Institution> institutions,
            Clock clock) {
        this.ledger = ledger;
        this.institutions = institutions;
        this.clock = clock;
    }

    /**
     * Recording this achievement, up to the claims, which only the ledger decides on.
     *
     * @param learner the account; {@code null} for one that is still to be opened
     * @throws creditbank.api.Refused as the account would refuse it
     */
    public void record(@Nullable LearnerId learner, AchievementForm.Read read) {
        LearnerId whose = learner == null ? NEWCOMER : learner;
        Account state = learner == null
                ? new Account.Open(NEWCOMER, List.of()) : load(learner);
        RecordAchievement command =
                new RecordAchievement(whose, read.achievement(), read.claims());
        new CommandScope(NOBODY, null).around(() ->
                Account.record(state, command, institutions, LocalDate.now(clock)));
    }

    private Account load(LearnerId learner) {
        Account state = Account.NONE;
        for (Entry entry : ledger.readStream(learner.stream(), 0)) {
            state = Account.evolve(state, (AccountEvent) EntryFormat.read(entry).event());
        }
        return state;
    }
}
