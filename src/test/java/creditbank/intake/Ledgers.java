package creditbank.intake;

import creditbank.Bank;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.LearnerId;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.EntryFormat;
import creditbank.ledger.Sender;
import java.util.List;
import java.util.stream.Stream;

/** A small bank, and what stands in its ledger. */
final class Ledgers {

    private Ledgers() {
    }

    static Sender sender(String command) {
        return new Sender("user/test", null, command, null);
    }

    static void register(Bank bank, String id) {
        bank.commands().send(new InstitutionForm(id, id, "VOCATIONAL", "COLLEGE",
                "210600", null, null).read(bank.claims()), sender("register-" + id));
    }

    private static Stream<AchievementRecorded> recorded(Bank bank) {
        return bank.ledger().reader().read(0, 100_000).stream().map(EntryFormat::read)
                .filter(e -> e.event() instanceof AchievementRecorded)
                .map(e -> (AchievementRecorded) e.event());
    }

    static List<String> titles(Bank bank) {
        return recorded(bank).map(e -> e.achievement().title()).toList();
    }

    static List<String> days(Bank bank) {
        return recorded(bank).map(e -> e.achievement().happenedOn().toString()).toList();
    }

    /** In hundredths, in the order they were recorded. */
    static List<Long> credits(Bank bank, LearnerId learner) {
        return recorded(bank).filter(e -> e.learner().equals(learner))
                .map(e -> e.achievement().credits().hundredths()).toList();
    }
}
