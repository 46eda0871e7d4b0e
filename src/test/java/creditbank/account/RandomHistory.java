package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Command;
import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.Refused;
import creditbank.api.account.AccountCommand;
import creditbank.api.account.AccountCommand.CorrectAchievement;
import creditbank.api.account.AccountCommand.CorrectIdentity;
import creditbank.api.account.AccountCommand.EraseLearner;
import creditbank.api.account.AccountCommand.LiftRestriction;
import creditbank.api.account.AccountCommand.OpenAccount;
import creditbank.api.account.AccountCommand.RecordAchievement;
import creditbank.api.account.AccountCommand.RestrictAccount;
import creditbank.api.account.AccountCommand.RevokeAchievement;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionCommand;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionCommand.ReinstateInstitution;
import creditbank.api.institution.InstitutionCommand.SuspendInstitution;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.Attributes;
import creditbank.api.value.Claim;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Sealed;
import creditbank.api.value.Sector;
import creditbank.formats.Samples;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A bank without a disk that is sent commands at random: few learners, institutions and keys, so
 * that they meet. Every draw comes from one source, so a seed tells the whole history.
 */
final class RandomHistory {

    private static final int LEARNERS = 6;
    private static final int INSTITUTIONS = 4;
    private static final int KEYS = 60;
    private static final AchievementKind[] KINDS = {AchievementKind.COURSE,
        AchievementKind.APPRENTICESHIP, AchievementKind.SKILL_CERTIFICATE};

    final Map<LearnerId, Account> accounts = new LinkedHashMap<>();
    final Map<InstitutionId, Institution> institutions = new LinkedHashMap<>();
    final List<Recorded> entries = new ArrayList<>();
    /** What stands by the claims and releases of the entries alone. */
    final Map<Claim, Long> held = new HashMap<>();
    final Set<String> refusals = new TreeSet<>();
    final KnownSurroundings around;
    LocalDate today = LocalDate.of(2020, 1, 1);
    /** The account of the last command, as it was decided on. */
    Account before = Account.NONE;

    private final RandomGenerator random;
    private final RandomStudies studies;
    private final List<LearnerId> learners = new ArrayList<>();
    private final List<InstitutionId> issuers = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();

    RandomHistory(RandomGenerator random) {
        this.random = random;
        this.studies = new RandomStudies(random);
        for (int i = 0; i < LEARNERS; i++) {
            learners.add(LearnerId.ofRandom(random.nextLong(), random.nextLong()));
        }
        for (int i = 0; i < INSTITUTIONS; i++) {
            issuers.add(new InstitutionId("school-" + i));
        }
        around = Schools.around(today);
    }

    /** Sends one command; answers whether it stands. */
    boolean step() {
        today = today.plusDays(random.nextInt(8));
        around.today(today);
        Command command = command();
        try {
            List<? extends Event> events = switch (command) {
                case AccountCommand c -> {
                    before = account(c.learner());
                    yield Account.decide(before, c, around);
                }
                case InstitutionCommand c -> Institution.decide(institution(c.institution()), c);
                default -> throw new AssertionError(command);
            };
            return append(command.stream(), events);
        } catch (Refused e) {
            refusals.add(e.refusal().code());
            return false;
        }
    }

    Account account(LearnerId learner) {
        return accounts.getOrDefault(learner, Account.NONE);
    }

    Institution institution(InstitutionId institution) {
        return institutions.getOrDefault(institution, Institution.NONE);
    }

    /** As a store does: releases first, and a claim that stands refuses the whole commit. */
    private boolean append(String stream, List<? extends Event> events) {
        for (Event event : events) {
            for (Claim claim : event.claims()) {
                if (held.containsKey(claim) && !event.releases().contains(claim)) {
                    refusals.add("taken: " + claim.kind());
                    return false;
                }
            }
        }
        for (Event event : events) {
            long position = entries.size();
            for (Claim claim : event.releases()) {
                assertThat(held.remove(claim)).as("%s was held", claim).isNotNull();
            }
            event.claims().forEach(claim -> held.put(claim, position));
            entries.add(new Recorded(position, "entry-" + position, stream,
                    sequences.merge(stream, 1L, Long::sum) - 1,
                    today.atStartOfDay().toInstant(ZoneOffset.UTC), "user/random", null,
                    "command-" + position, null, null, event));
            evolve(event);
        }
        return true;
    }

    private void evolve(Event event) {
        switch (event) {
            case AccountEvent e ->
                    accounts.put(e.learner(), Account.evolve(account(e.learner()), e));
            case InstitutionEvent e -> {
                Institution now = Institution.evolve(institution(e.institution()), e);
                institutions.put(e.institution(), now);
                around.institution(e.institution(), now);
            }
            default -> throw new AssertionError(event);
        }
    }

    // ------------------------------------------------------------------ commands

    private Command command() {
        LearnerId learner = oneOf(learners);
        if (account(learner) instanceof Account.Open open && random.nextInt(2) == 0) {
            return random.nextInt(4) == 0 ? studies.transfer(open, today)
                    : studies.command(open, today);
        }
        int draw = random.nextInt(100);
        if (draw < 4) {
            return new RegisterInstitution(oneOf(issuers), "学校", oneOf(Sector.values()),
                    InstitutionKind.SCHOOL, null, null, null, null);
        } else if (draw < 6) {
            return new SuspendInstitution(oneOf(issuers), Samples.REASON);
        } else if (draw < 10) {
            return new ReinstateInstitution(oneOf(issuers), Samples.REASON);
        } else if (draw < 20) {
            return new OpenAccount(learner, null, Samples.identity("王小明"), person());
        } else if (draw < 23) {
            return new CorrectIdentity(
                    learner, Samples.identity("王晓明"), person(), Samples.REASON);
        } else if (draw < 25) {
            return new RestrictAccount(learner, Samples.REASON);
        } else if (draw < 29) {
            return new LiftRestriction(learner, Samples.REASON);
        } else if (draw == 29 && random.nextInt(4) == 0) {
            return new EraseLearner(learner, Samples.REASON);
        } else if (draw < 65) {
            Achievement achievement = achievement(oneOf(KINDS), oneOf(issuers));
            return new RecordAchievement(learner, achievement, claims(achievement));
        } else if (draw < 85) {
            @Nullable Held held = held(learner);
            Achievement after = achievement(
                    held == null || random.nextInt(10) == 0 ? oneOf(KINDS) : held.kind(),
                    held == null || random.nextInt(10) == 0 ? oneOf(issuers) : held.issuer());
            return new CorrectAchievement(
                    id(learner, held), after, claims(after), Samples.REASON);
        } else {
            @Nullable Held held = held(learner);
            return new RevokeAchievement(id(learner, held),
                    held == null || random.nextInt(10) == 0 ? oneOf(issuers) : held.issuer(),
                    random.nextBoolean() ? null : today.minusDays(random.nextInt(-3, 400)),
                    Samples.REASON);
        }
    }

    private Achievement achievement(AchievementKind kind, InstitutionId issuer) {
        LocalDate happenedOn = today.minusDays(random.nextInt(-2, 500));
        return new Achievement(kind, issuer,
                kind == AchievementKind.APPRENTICESHIP && random.nextBoolean()
                        ? otherThan(issuer) : null,
                new Sealed("a2V5"), "机械制图", random.nextBoolean() ? "C1" : null, null, null,
                null, new Credits(random.nextInt(2_000), random.nextBoolean()
                        ? CreditUnit.CN : oneOf(CreditUnit.values())), happenedOn,
                random.nextBoolean() ? null : happenedOn.plusDays(random.nextInt(900)), null,
                kind.isNumbered() ? new Sealed("bnVtYmVy") : null, null, Attributes.NONE);
    }

    private InstitutionId otherThan(InstitutionId issuer) {
        return issuers.get((issuers.indexOf(issuer) + 1) % INSTITUTIONS);
    }

    private List<Claim> claims(Achievement achievement) {
        Claim key = Samples.claim(Claim.Kind.RECORD,
                achievement.issuer().text() + "-" + random.nextInt(KEYS));
        return achievement.kind().isNumbered() ? List.of(key, Samples.claim(
                Claim.Kind.NUMBER, "number-" + random.nextInt(KEYS))) : List.of(key);
    }

    private Claim person() {
        return Samples.claim(Claim.Kind.IDENTITY, "person-" + random.nextInt(LEARNERS + 2));
    }

    /** An achievement of the learner, if there is any. */
    private @Nullable Held held(LearnerId learner) {
        return account(learner) instanceof Account.Open open && !open.achievements().isEmpty()
                ? oneOf(open.achievements()) : null;
    }

    private AchievementId id(LearnerId learner, @Nullable Held held) {
        return new AchievementId(learner,
                held != null && account(learner) instanceof Account.Open open
                        ? open.achievements().indexOf(held) + 1 : 1);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    @SafeVarargs
    private <T> T oneOf(T... all) {
        return all[random.nextInt(all.length)];
    }
}
