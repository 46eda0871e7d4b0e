package creditbank.projections;

import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.AchievementCorrected;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AccountEvent.IdentityCorrected;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AccountEvent.RestrictionLifted;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.EnrolmentEvent;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionEvent;
import creditbank.api.account.RedemptionEvent;
import creditbank.api.account.TransferEvent;
import creditbank.api.account.SealedIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whose account is this, and is it open? */
public final class Accounts implements Projection {

    public enum Status {
        OPEN,
        RESTRICTED,
        ERASED
    }

    /**
     * @param identity sealed; absent once erased
     * @param position of the entry that opened it
     */
    public record Account(
            LearnerId learner,
            Status status,
            @Nullable SealedIdentity identity,
            Instant openedAt,
            long position) {

        Account as(Status now) {
            return new Account(learner, now, now == Status.ERASED ? null : identity, openedAt,
                    position);
        }

        Account known(SealedIdentity as) {
            return new Account(learner, status, as, openedAt, position);
        }
    }

    /** Key: the learner's id. */
    public static final View<Account> ACCOUNTS = new View<>("accounts", Account.class, List.of());

    @Override
    public String name() {
        return "accounts";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<View<?>> views() {
        return List.of(ACCOUNTS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof AccountEvent event) {
            switch (event) {
                case AccountOpened e -> put(documents, new Account(e.learner(), Status.OPEN,
                        e.identity(), entry.recordedAt(), entry.position()));
                case IdentityCorrected e -> put(documents, known(documents, e).known(e.identity()));
                case AccountRestricted e -> put(documents, known(documents, e).as(Status.RESTRICTED));
                case RestrictionLifted e -> put(documents, known(documents, e).as(Status.OPEN));
                case LearnerErased e -> put(documents, known(documents, e).as(Status.ERASED));
                case AchievementRecorded _, AchievementCorrected _, AchievementRevoked _,
                        EnrolmentEvent _, ApplicationEvent _, RecognitionEvent _,
                        RedemptionEvent _, TransferEvent _ -> {
                    // What lies in the account is Achievements' question, what it is used for
                    // that of Enrolments, where it goes that of Transfers.
                }
            }
        }
    }

    private static void put(Documents documents, Account account) {
        documents.put(ACCOUNTS, account.learner().text(), account);
    }

    private static Account known(Documents documents, AccountEvent event) {
        return Objects.requireNonNull(documents.get(ACCOUNTS, event.learner().text()),
                () -> "No account " + event.learner() + " was ever opened");
    }
}
