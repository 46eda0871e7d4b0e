package creditbank.sample;

import creditbank.Bank;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.security.Role;
import creditbank.security.Users;
import creditbank.security.Users.User;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first start of a bank: fills in the sample, makes users, and remembers the passwords just long
 * enough to print them once. {@code users.yaml} is written when they are printed, so a first start
 * that was cut short, by a taken port or a power cut, is a first start again.
 */
public final class FirstStart {

    /** A user whose password nobody has seen yet. */
    private record Fresh(User user, String password, String what) {
    }

    private final Path users;
    private final List<Fresh> fresh = new ArrayList<>();
    private final @Nullable LearnerId learner;
    private final boolean isEmpty;

    private FirstStart(Path users, @Nullable LearnerId learner, boolean isEmpty) {
        this.users = users;
        this.learner = learner;
        this.isEmpty = isEmpty;
    }

    /** Does what is left to do; nothing, in a bank that has its users. */
    public static FirstStart of(Bank bank, boolean sample) {
        Path users = bank.folder().data().resolve("users.yaml");
        if (Files.exists(users)) {
            return new FirstStart(users, null, false);
        }
        boolean filled = sample && (bank.isNew() || SampleBank.begunIn(bank));
        List<LearnerId> learners = filled ? new SampleBank(bank).fill() : List.of();
        FirstStart first =
                new FirstStart(users, learners.isEmpty() ? null : learners.getFirst(),
                        bank.ledger().reader().size() == 0);
        first.makeUsers();
        return first;
    }

    private void makeUsers() {
        SecureRandom random = new SecureRandom();
        add(random, "registrar", Role.REGISTRAR, null, null, "登记员 registers institutions");
        add(random, "auditor", Role.AUDITOR, null, null, "审计员 reads everything");
        if (learner != null) {
            add(random, "approver", Role.REGISTRAR, null, null,
                    "登记员 approves what another registrar proposes");
            add(random, "college", Role.INSTITUTION,
                    new InstitutionId("sample-vocational-college"), null, "示例职业技术学院 records");
            add(random, "university", Role.INSTITUTION,
                    new InstitutionId("sample-open-university"), null,
                    "示例开放大学 records and accepts agreements");
            add(random, "evaluator", Role.INSTITUTION,
                    new InstitutionId("sample-skills-evaluation"), null,
                    "示例职业技能评价中心 issues X certificates");
            add(random, "learner", Role.LEARNER, null, learner, "学习者 reads account " + learner);
        }
    }

    private void add(SecureRandom random, String name, Role role,
            @Nullable InstitutionId institution, @Nullable LearnerId account, String what) {
        String password = Users.randomPassword(random);
        fresh.add(new Fresh(new User(name, Users.hash(password), role, institution, account),
                password, what));
    }

    /** Those of the file, or the ones that are yet to be shown. */
    public Users users() {
        return fresh.isEmpty() ? Users.read(users)
                : new Users(fresh.stream().map(Fresh::user).toList());
    }

    /** Shows the users and three things to try, and keeps the users; once. */
    public void show(PrintStream out, String address) {
        if (fresh.isEmpty()) {
            return;
        }
        Users.write(users, fresh.stream().map(Fresh::user).toList());
        out.println();
        out.println("Users (the passwords are shown this once 口令只显示这一次):");
        fresh.forEach(f -> out.printf("  %-10s %s  %s%n",
                f.user().name(), f.password(), f.what()));
        if (learner == null && isEmpty) {
            out.println();
            out.println("The bank is empty. Register an institution first:");
            out.printf("  curl -u registrar:%s -H 'Content-Type: application/json' \\%n"
                    + "    -d '{\"id\":\"my-college\",\"name\":\"My College\",\"sector\":"
                    + "\"VOCATIONAL\",\"kind\":\"COLLEGE\"}' %s/api/institutions%n",
                    password("registrar"), address);
        } else if (learner != null) {
            out.println();
            out.println("Three things to try 试一试:");
            out.printf("  curl -u learner:%s %s/api/learners/%s/balance%n",
                    password("learner"), address, learner);
            out.printf("  curl -u college:%s -H 'Content-Type: application/json' \\%n"
                    + "    -d '{\"kind\":\"COURSE\",\"recordKey\":\"TRY-1\",\"title\":\"数字电路\","
                    + "\"credits\":{\"amount\":\"3.50\",\"unit\":\"CN\"},"
                    + "\"happenedOn\":\"2025-06-30\"}' %s/api/learners/%s/outcomes%n",
                    password("college"), address, learner);
            out.printf("  curl %s/api/certificates/sample-skills-evaluation/%s%n",
                    address, "Y009921009999212000001");
        }
        out.println();
        fresh.clear();
    }

    private String password(String name) {
        return fresh.stream().filter(f -> f.user().name().equals(name)).findFirst()
                .orElseThrow().password();
    }
}
