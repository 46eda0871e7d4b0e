package creditbank;

import creditbank.account.AchievementForm;
import creditbank.account.AchievementForm.CreditsForm;
import creditbank.account.IdentityForm;
import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.institution.InstitutionForm;
import creditbank.ledger.Receipt;
import creditbank.ledger.Sender;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.LongConsumer;

/** Ordinary business for tests that need a bank with something in it. */
public final class Sample {

    /** The origin of the log. */
    public static final String LOG = "bank.example.org/log";
    public static final String COLLEGE = "test-college";
    public static final Clock CLOCK = Clock.system(ZoneId.of("Asia/Shanghai"));

    private static final LongConsumer SILENT = _ -> { };

    private Sample() {
    }

    /** A bank in the folders data and keys of {@code folder}. */
    public static Bank open(Path folder) {
        return Bank.open(folder.resolve("data"), folder.resolve("keys"), CLOCK);
    }

    public static Sender sender(String command) {
        return new Sender("user/test", "institution/" + COLLEGE, UUID.nameUUIDFromBytes(
                command.getBytes(StandardCharsets.UTF_8)).toString(), null);
    }

    public static void register(Bank bank) {
        bank.commands().send(new InstitutionForm(COLLEGE, "试验学院", "VOCATIONAL", "COLLEGE",
                "210600", null, null).read(bank.claims()), sender("register"));
    }

    public static LearnerId account(Bank bank, String person) {
        return new LearnerId(
                bank.counter().open(sender("open " + person), person(person)).id());
    }

    public static IdentityForm person(String name) {
        return new IdentityForm("学员" + name, "PASSPORT", null, "P-" + name, "2001-02-03");
    }

    public static AchievementForm course(String key, String credits) {
        return new AchievementForm("COURSE", COLLEGE, null, key, "机械制图", "ME101", null, "64",
                "90", new CreditsForm(credits, "CN"), "2024-06-30", "2030-06-30", null, null,
                null);
    }

    public static Receipt record(Bank bank, LearnerId learner, String key) {
        return bank.counter().record(sender("record " + key), learner, course(key, "4.50"));
    }

    public static Receipt correct(Bank bank, AchievementId id, String key) {
        return bank.counter().correct(
                sender("correct " + id), id, course(key, "3.00"), "登记有误");
    }

    public static Receipt revoke(Bank bank, AchievementId id) {
        return bank.counter().revoke(sender("revoke " + id), id, new InstitutionId(COLLEGE),
                null, "成绩作废");
    }

    /**
     * An institution at position 0, and then two learners: the first with a record, one corrected
     * and one revoked; the second with one record and erased. Ten entries, views folded.
     */
    public static void business(Bank bank) {
        register(bank);
        LearnerId first = account(bank, "one");
        record(bank, first, "K-1");
        record(bank, first, "K-2");
        record(bank, first, "K-3");
        correct(bank, new AchievementId(first, 2), "K-2b");
        revoke(bank, new AchievementId(first, 3));
        LearnerId second = account(bank, "two");
        record(bank, second, "L-1");
        bank.counter().erase(sender("erase two"), second, "本人申请");
        bank.follower().catchUp(SILENT);
    }
}
