package creditbank.cli;

import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Forms;
import creditbank.security.Role;
import creditbank.security.Users;
import creditbank.security.Users.User;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Adds a user to {@code users.yaml}, or gives one a new password. */
@Command(name = "add-user", mixinStandardHelpOptions = true,
        description = {"Add a user with a random password, shown once; a user of the same name is"
            + " replaced. Takes effect at the next start.", "添加用户,口令只显示一次;下次启动生效。"})
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
        Path file = folders.data.resolve("users.yaml");
        String password = Users.randomPassword(new SecureRandom());
        List<User> users = new ArrayList<>(Users.read(file).all());
        users.removeIf(u -> u.name().equals(name));
        users.add(new User(name, Users.hash(password), role,
                Forms.optional(institution, InstitutionId::new),
                Forms.optional(learner, LearnerId::new)));
        Users.write(file, users);
        spec.commandLine().getOut().printf(
                "%s %s%nThis password is shown once; it works from the next start on."
                        + " 口令只显示一次,下次启动生效。%n", name, password);
        return 0;
    }
}
