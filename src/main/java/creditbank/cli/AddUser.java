package creditbank.cli;

import creditbank.api.Refused;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Forms;
import creditbank.ledger.LedgerRows;
import creditbank.ledger.LedgerRows.Row;
import creditbank.ledger.sqlite.SqliteLedgerRows;
import creditbank.security.Role;
import creditbank.security.Users;
import creditbank.security.Users.User;
import creditbank.store.Cursor;
import creditbank.words.Words;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds a user to {@code users.yaml}, or gives one a new password. */
@Command(name = "add-user", mixinStandardHelpOptions = true,
        description = {"Add a user with a random password, shown once; a user of the same name is"
            + " replaced. Takes effect at the next start.", "添加用户，口令只显示一次；下次启动生效。"})
final class AddUser implements Callable<Integer> {

    @Mixin
    private FolderOptions folders = new FolderOptions();

    @Parameters(paramLabel = "NAME", description = {"What they sign in with.", "登录名。"})
    private String name = "";

    @Option(names = "--role", required = true,
            description = {"One of ${COMPLETION-CANDIDATES}.", "角色。"})
    private Role role = Role.AUDITOR;

    @Option(names = "--institution", paramLabel = "ID",
            description = {"Whom an INSTITUTION acts for.", "机构编号。"})
    private @Nullable String institution;

    @Option(names = "--learner", paramLabel = "ACCOUNT",
            description = {"Whose account a LEARNER reads.", "学习账户。"})
    private @Nullable String learner;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        folders.mustHoldABank();
        boundAsTheRoleSays();
        Path file = folders.data.resolve("users.yaml");
        String password = Users.randomPassword(new SecureRandom());
        List<User> users = new ArrayList<>(Users.read(file).all());
        users.removeIf(u -> u.name().equals(name));
        users.add(new User(name, Users.hash(password), role,
                bound("--institution", institution, InstitutionId::new),
                bound("--learner", learner, LearnerId::new)));
        Users.write(file, users);
        spec.commandLine().getOut().printf(
                "%s %s%nThis password is shown once; it works from the next start on."
                        + " 口令只显示一次，下次启动生效。%n", name, password);
        String stream = institution != null ? new InstitutionId(institution).stream()
                : learner != null ? new LearnerId(learner).stream() : null;
        if (stream != null && !stands(stream)) {
            spec.commandLine().getErr().println("Beware: this bank knows no " + stream
                    + " yet. 注意：本库尚无此机构或账户。");
        }
        return 0;
    }

    private void boundAsTheRoleSays() {
        mustHave(Role.INSTITUTION, institution, "--institution ID");
        mustHave(Role.LEARNER, learner, "--learner ACCOUNT");
    }

    private void mustHave(Role bound, @Nullable String to, String option) {
        if ((role == bound) != (to != null)) {
            throw new ParameterException(spec.commandLine(), role == bound
                    ? "A user with the role " + bound + " needs " + option
                            + ". 该角色须指定 " + option + "。"
                    : option + " is only for the role " + bound + ". 只有 " + bound
                            + " 角色可指定 " + option + "。");
        }
    }

    private static <T> @Nullable T bound(
            String option, @Nullable String text, Function<String, T> reading) {
        try {
            return Refused.inField(option, () -> Forms.optional(text, reading));
        } catch (Refused e) {
            Words.Said said = Words.of(e.refusal(), Locale.getDefault());
            throw new IllegalStateException(said.what() + " " + said.remedy(), e);
        }
    }

    /** The bank may be open meanwhile, so it is looked at from outside. */
    private boolean stands(String stream) {
        try (LedgerRows ledger = new SqliteLedgerRows(folders.data.resolve("ledger.db"),
                folders.data.resolve("index.db")); Cursor<Row> rows = ledger.entries()) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                if (row.entry().stream().equals(stream)) {
                    return true;
                }
            }
            return false;
        }
    }
}
