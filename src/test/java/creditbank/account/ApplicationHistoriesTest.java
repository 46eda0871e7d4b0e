package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Recorded;
import creditbank.api.Refused;
import creditbank.api.account.AccountCommand;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.ApplicationCommand.AppealDecision;
import creditbank.api.account.ApplicationCommand.DismissAppeal;
import creditbank.api.account.ApplicationCommand.EndorseApplication;
import creditbank.api.account.ApplicationCommand.RejectApplication;
import creditbank.api.account.ApplicationCommand.ResubmitApplication;
import creditbank.api.account.ApplicationCommand.ReturnApplication;
import creditbank.api.account.ApplicationCommand.SubmitApplication;
import creditbank.api.account.ApplicationCommand.UpholdAppeal;
import creditbank.api.account.ApplicationCommand.WithdrawApplication;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.ApplicationStanding;
import creditbank.api.account.Asking;
import creditbank.api.account.EnrolmentCommand.WithdrawEnrolment;
import creditbank.api.account.RecognitionCommand.WithdrawRecognition;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.Turn;
import creditbank.api.institution.InstitutionId;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Wish;
import creditbank.formats.Samples;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.projections.Applications;
import creditbank.views.memory.MemoryViews;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One learner's applications in any order, beside what else becomes of the evidence. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApplicationHistoriesTest {

    private static final int COMMANDS = 200;
    private static final List<RulebookVersion> RULEBOOKS =
            List.of(Campus.STEPPED, Campus.STEPPED, Campus.STEPPED, Campus.SHORT, Campus.RULES);
    private static final Set<String> MET = new TreeSet<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @AfterAll
    static void every_event_and_every_refusal_was_met() {
        assertThat(MET).containsAll(Arrays.stream(ApplicationEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName).toList());
        assertThat(MET).contains("RecognitionDecided", "application-unknown",
                "no-application-needed", "not-one-issuer", "application-not-waiting",
                "application-not-returned", "application-open", "application-decided",
                "nothing-to-appeal", "appeal-too-late", "application-not-appealed", "not-your-step",
                "decided-by-yourself", "submitted-by-yourself", "enrolment-ended");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void credits_are_bound_by_what_binds_them_and_views_and_snapshots_say_the_same(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Campus.Story story = Campus.holding(Campus.theirs(450), Campus.theirs(300),
                Campus.own("ME102", 300)).then(Campus.enrol(Campus.MECHATRONICS));
        MemoryViews views = new MemoryViews();
        long position = 0;
        for (int i = 0; i < COMMANDS; i++) {
            if (random.nextInt(6) == 0) {
                story.around().today(story.around().today().plusDays(random.nextInt(9)));
            }
            Account.Open before = story.account();
            List<AccountEvent> events;
            try {
                events = story.decided(command(random, before));
            } catch (Refused refused) {
                MET.add(refused.refusal().code());
                continue;
            }
            for (AccountEvent event : events) {
                MET.add(event.getClass().getSimpleName());
                story.and(event);
                views.fold(List.of(new Applications()), List.of(recorded(position++, event)));
            }
            Uses.hold(story.account());
            if (events.getLast() instanceof RecognitionDecided e) {
                assertThat(EntryFormat.JSON.writeValueAsBytes(Recognition.again(
                        before, e, Attributes.NONE, story.around())))
                        .isEqualTo(EntryFormat.JSON.writeValueAsBytes(e));
            }
            assertThat(AccountSnapshots.read(AccountSnapshots.write(story.account(), "last"), i)
                    .state()).isEqualTo(story.account());
            sameInViews(story.account(), views);
        }
    }

    private static void sameInViews(Account.Open open, MemoryViews views) {
        for (Application application : open.applications()) {
            Applications.Application seen = Objects.requireNonNull(
                    Applications.get(views.views(), application.id()));
            assertThat(seen.standing()).isEqualTo(application.standing());
        }
    }

    private static Recorded recorded(long position, AccountEvent event) {
        byte[] bytes = EntryFormat.write("id" + position, event.learner().stream(), position,
                "user/test", null, "command" + position, null, null, event);
        EntryFormat.setTime(bytes, EntryFormat.time(Instant.EPOCH));
        return EntryFormat.read(new Entry(
                position, event.learner().stream(), position, bytes));
    }

    // ------------------------------------------------------------------ commands

    private static AccountCommand command(RandomGenerator random, Account.Open open) {
        int applications = open.applications().size();
        int draw = random.nextInt(100);
        if (draw < 12 || applications == 0) {
            return random.nextBoolean()
                    ? new SubmitApplication(Campus.enrolment(1), null, "user/learner",
                            asking(random), Attributes.NONE, null)
                    : new SubmitApplication(Campus.enrolment(1), Samples.COLLEGE,
                            actor(random), asking(random), Attributes.NONE, null);
        } else if (draw < 16 && !open.recognitions().isEmpty()) {
            return new WithdrawRecognition(new RecognitionId(open.learner(),
                    1 + random.nextInt(open.recognitions().size())),
                    Samples.achievement(1 + random.nextInt(3)), Samples.COLLEGE, Samples.REASON);
        } else if (draw < 19) {
            return Campus.recognise(1, Campus.RULES, wish(random));
        } else if (draw == 19 && random.nextInt(4) == 0) {
            return new WithdrawEnrolment(
                    Campus.enrolment(1), Samples.COLLEGE, null, Samples.REASON);
        }
        int number = random.nextInt(30) == 0 ? applications + 1
                : random.nextBoolean() ? applications : 1 + random.nextInt(applications);
        return step(random, new ApplicationId(open.learner(), number),
                number > applications ? null : open.applications().get(number - 1).standing());
    }

    /** Mostly what can be done, by who may; now and then anything by anybody. */
    private static AccountCommand step(RandomGenerator random, ApplicationId id,
            @Nullable ApplicationStanding standing) {
        String actor = actor(random);
        int draw = random.nextInt(10);
        return switch (standing) {
            case ApplicationStanding.Waiting(Turn turn, _, _) when draw > 0 -> {
                InstitutionId by = random.nextInt(12) == 0
                        ? Samples.COLLEGE : turn.at().institution();
                yield draw > 2 ? new EndorseApplication(id, by, actor, null)
                        : draw == 2 ? new ReturnApplication(id, by, actor, null, Samples.REASON)
                        : new RejectApplication(id, by, actor, null, Samples.REASON);
            }
            case ApplicationStanding.Returned _ when draw > 1 -> new ResubmitApplication(
                    id, null, "user/learner", asking(random), Attributes.NONE, null);
            case ApplicationStanding.Appealed _ when draw > 4 ->
                    new UpholdAppeal(id, actor, Samples.REASON);
            case ApplicationStanding.Appealed _ ->
                    new DismissAppeal(id, actor, Samples.REASON);
            case null, default -> draw < 2 ? new WithdrawApplication(id, null)
                    : draw == 2 ? new DismissAppeal(id, actor, Samples.REASON)
                    : draw == 3 ? new EndorseApplication(id, null, actor, null)
                    : draw == 4 ? new ResubmitApplication(
                            id, null, "user/learner", asking(random), Attributes.NONE, null)
                    : new AppealDecision(id, null, Samples.REASON);
        };
    }

    private static String actor(RandomGenerator random) {
        return random.nextBoolean() ? "user/one" : "user/other";
    }

    private static Asking asking(RandomGenerator random) {
        RulebookVersion rulebook = RULEBOOKS.get(random.nextInt(RULEBOOKS.size()));
        return random.nextInt(8) == 0 ? Campus.asking(rulebook)
                : Campus.asking(rulebook, wish(random));
    }

    private static Wish wish(RandomGenerator random) {
        List<TargetId> targets = List.of(Campus.ME101, Campus.ME102, Campus.FREE);
        return Campus.wish(1 + random.nextInt(3), targets.get(random.nextInt(3)));
    }
}
