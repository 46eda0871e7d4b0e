package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.Event;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.ApplicationEvent;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.RecognitionEvent.RecognitionDecided;
import creditbank.api.account.RedemptionEvent.CreditsRedeemed;
import creditbank.api.account.RedemptionPurpose.Diploma;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.institution.InstitutionEvent;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.value.Claim;
import creditbank.institution.Institution;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.projections.Balance;
import creditbank.projections.Books;
import creditbank.projections.Projection;
import creditbank.projections.View;
import creditbank.projections.Views;
import creditbank.rulebook.Rulebook;
import creditbank.views.memory.MemoryViews;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds at every position of any history. The seed in a name makes the history again. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HistoriesTest {

    private static final int COMMANDS = 400;
    private static final List<Projection> PROJECTIONS = Projection.all();
    private static final Set<String> MET = new ConcurrentSkipListSet<>();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 25);
    }

    /** In hundredths. */
    private record Sums(long recorded, long available, long reserved, long redeemed, long expired,
            long revoked, long transferred) {

        static final Sums NOTHING = new Sums(0, 0, 0, 0, 0, 0, 0);

        Sums plus(Sums other) {
            return new Sums(recorded + other.recorded, available + other.available,
                    reserved + other.reserved, redeemed + other.redeemed,
                    expired + other.expired, revoked + other.revoked,
                    transferred + other.transferred);
        }
    }

    /** Histories in which nothing happens would prove nothing. */
    @AfterAll
    static void every_event_and_every_refusal_of_a_decision_was_met() {
        assertThat(MET).contains("account-already-open", "account-erased",
                "account-not-restricted", "account-restricted", "achievement-already-revoked",
                "achievement-unknown", "date-in-future", "effective-before-happened",
                "institution-already-registered", "institution-not-suspended",
                "institution-suspended", "institution-unknown", "kind-cannot-change",
                "learner-unknown", "not-your-institution",
                "already-enrolled", "enrolment-ended", "enrolment-unknown",
                "enrolment-cannot-move", "employer-is-school", "date-before-basis",
                "rulebook-not-in-force", "rulebook-of-another-jurisdiction",
                "agreement-not-in-force", "agreement-without-direction",
                "achievement-does-not-hold", "recognition-unknown", "nothing-recognised",
                "programme-not-complete", "credits-not-available",
                "redemption-unknown", "redemption-reversed",
                "transfer-to-oneself", "evidence-of-another-institution",
                "programme-of-another-institution", "transfer-of-nothing",
                "answer-day-out-of-bounds", "transfer-ended", "transfer-answer-too-late",
                "transfer-still-waits",
                "taken: IDENTITY", "taken: NUMBER", "taken: RECORD");
        assertThat(MET).containsAll(Stream.of(AccountEvent.class, InstitutionEvent.class)
                .flatMap(HistoriesTest::events).map(Class::getSimpleName).toList());
    }

    private static Stream<Class<?>> events(Class<?> type) {
        // Applications have histories of their own.
        return type == ApplicationEvent.class ? Stream.empty()
                : type.isSealed() ? Stream.of(type.getPermittedSubclasses())
                .flatMap(HistoriesTest::events) : Stream.of(type);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_books_balance_and_no_claim_is_held_twice_at_every_position(long seed) {
        RandomHistory history = history(seed);
        MemoryViews views = new MemoryViews();
        for (int i = 0; i < COMMANDS; i++) {
            int stood = history.entries.size();
            if (history.step()) {
                views.fold(PROJECTIONS,
                        history.entries.subList(stood, history.entries.size()));
                booksBalance(history, views.views(), history.today);
                booksBalance(history, views.views(), history.today.minusDays(i));
                booksBalance(history, views.views(), history.today.plusDays(i));
                claimsAreHeldOnce(history);
            }
        }
        MET.addAll(history.refusals);
        history.entries.forEach(e -> MET.add(e.event().getClass().getSimpleName()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void credits_are_bound_by_what_binds_them_and_evidence_serves_one_purpose(long seed) {
        RandomHistory history = history(seed);
        for (int i = 0; i < COMMANDS; i++) {
            if (history.step()) {
                history.accounts.values().stream().filter(Account.Open.class::isInstance)
                        .map(Account.Open.class::cast).forEach(Uses::hold);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_rulebook_tried_on_what_it_decided_changes_nothing_and_an_empty_one_takes_it_all(
            long seed) {
        RandomHistory history = history(seed);
        for (int i = 0; i < COMMANDS; i++) {
            history.step();
        }
        for (RulebookVersion rulebook : List.of(Schools.STRICT, Schools.SHARING)) {
            Rulebook same = history.around.rulebook(rulebook);
            Rulebook empty = new Rulebook(same.version(), same.jurisdiction(), same.title(),
                    same.source(), same.inForce(), same.unit(), same.conversions(),
                    same.scales(), same.groups(), same.procedure(), List.of());
            history.accounts.forEach((learner, account) -> {
                List<AccountEvent> events = history.entries.stream()
                        .map(entry -> entry.event()).filter(AccountEvent.class::isInstance)
                        .map(AccountEvent.class::cast)
                        .filter(e -> e.learner().equals(learner)).toList();
                assertThat(impact(history, same).on(events)).isEmpty();
                Map<EnrolmentId, List<Impact.Change>> lost = impact(history, empty).on(events);
                if (account instanceof Account.Open open) {
                    assertThat(lost.keySet()).isEqualTo(standing(open, rulebook));
                    assertThat(lost.values()).allSatisfy(changes -> assertThat(changes)
                            .allSatisfy(c -> assertThat(c.after()).isNull()));
                    IMPACTS.addAndGet(lost.size());
                }
            });
        }
    }

    private static final AtomicInteger IMPACTS = new AtomicInteger();
    private static final AtomicInteger TRANSFERS = new AtomicInteger();

    @AfterAll
    static void some_rulebook_had_decided_something() {
        assertThat(IMPACTS.get()).isPositive();
        assertThat(TRANSFERS.get()).isPositive();
    }

    private static Impact impact(RandomHistory history, Rulebook rulebook) {
        return new Impact(_ -> Attributes.NONE, history.around, rulebook);
    }

    /** The studies to which something counts under a rulebook. */
    private static Set<EnrolmentId> standing(Account.Open open, RulebookVersion rulebook) {
        return open.recognitions().stream()
                .filter(r -> r.rulebook().equals(rulebook) && !r.lines().isEmpty())
                .map(Recognition::enrolment)
                .filter(e -> Enrolment.known(open, e).status() != Enrolment.Status.WITHDRAWN)
                .collect(Collectors.toSet());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_decision_is_made_again_to_the_byte_from_what_stood_before_it(long seed) {
        RandomHistory history = history(seed);
        int made = 0;
        for (int i = 0; i < COMMANDS; i++) {
            if (!history.step()) {
                continue;
            }
            Event last = history.entries.getLast().event();
            if (last instanceof RecognitionDecided e) {
                isTheSame(Recognition.again((Account.Open) history.before, e, Attributes.NONE,
                        history.around), e);
                made++;
            } else if (last instanceof TransferRequested e) {
                isTheSame(Transfer.again((Account.Open) history.before, e, Attributes.NONE,
                        history.around), e);
                TRANSFERS.incrementAndGet();
                made++;
            }
        }

        assertThat(made).isPositive();
    }

    private static void isTheSame(Event again, Event stands) {
        assertThat(EntryFormat.JSON.writeValueAsBytes(again))
                .isEqualTo(EntryFormat.JSON.writeValueAsBytes(stands));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_graduation_is_decided_again_to_the_byte_from_what_stood_before_it(long seed) {
        RandomHistory history = history(seed);
        for (int i = 0; i < COMMANDS; i++) {
            if (history.step()
                    && history.entries.getLast().event() instanceof CreditsRedeemed e
                    && e.purpose() instanceof Diploma diploma) {
                CreditsRedeemed again = Redemption.again((Account.Open) history.before, e, diploma,
                        Attributes.NONE, history.around);
                assertThat(EntryFormat.JSON.writeValueAsBytes(again))
                        .isEqualTo(EntryFormat.JSON.writeValueAsBytes(e));
                GRADUATIONS.incrementAndGet();
            }
        }
    }

    private static final AtomicInteger GRADUATIONS = new AtomicInteger();

    @AfterAll
    static void somebody_had_graduated() {
        assertThat(GRADUATIONS.get()).isPositive();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_replay_of_the_stored_bytes_ends_where_the_living_bank_stands(long seed) {
        RandomHistory history = run(seed);
        Map<LearnerId, Account> accounts = new HashMap<>();
        Map<Object, Institution> institutions = new HashMap<>();
        List<Recorded> stored = history.entries.stream().map(HistoriesTest::stored).toList();
        assertThat(stored).isEqualTo(history.entries);
        for (Recorded entry : stored) {
            if (entry.event() instanceof AccountEvent e) {
                accounts.put(e.learner(), Account.evolve(
                        accounts.getOrDefault(e.learner(), Account.NONE), e));
            } else if (entry.event() instanceof InstitutionEvent e) {
                institutions.put(e.institution(), Institution.evolve(
                        institutions.getOrDefault(e.institution(), Institution.NONE), e));
            }
        }
        assertThat(accounts).isEqualTo(history.accounts);
        assertThat(institutions).isEqualTo(history.institutions);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void an_account_picked_up_from_any_snapshot_is_the_account(long seed) {
        RandomHistory history = run(seed);
        for (LearnerId learner : history.accounts.keySet()) {
            List<AccountEvent> events = history.entries.stream()
                    .filter(e -> e.stream().equals(learner.stream()))
                    .map(e -> (AccountEvent) e.event()).toList();
            Account full = fold(Account.NONE, events);
            Account middle = Account.NONE;
            for (int cut = 0; cut < events.size(); cut++) {
                middle = Account.evolve(middle, events.get(cut));
                if (middle instanceof Account.Open open) {
                    Account again = AccountSnapshots.read(
                            AccountSnapshots.write(open, "last"), cut).state();
                    assertThat(again).isEqualTo(open);
                    assertThat(fold(again, events.subList(cut + 1, events.size())))
                            .isEqualTo(full);
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void views_made_anew_are_the_views_that_followed(long seed) {
        RandomHistory history = run(seed);
        MemoryViews followed = new MemoryViews();
        history.entries.forEach(e -> followed.fold(PROJECTIONS, List.of(e)));
        MemoryViews anew = new MemoryViews();
        anew.fold(PROJECTIONS, history.entries);
        // What was folded before is passed over.
        anew.fold(PROJECTIONS, history.entries.subList(0, history.entries.size() / 2));
        assertThat(documents(anew.views())).isEqualTo(documents(followed.views())).isNotEmpty();
    }

    // ------------------------------------------------------------------ books

    private static void booksBalance(RandomHistory history, Views views, LocalDate day) {
        Map<String, Sums> byPool = new TreeMap<>();
        for (LearnerId learner : history.accounts.keySet()) {
            for (Balance.Line line : Balance.of(views, learner, day).lines()) {
                add(byPool, line.sector() + "|" + line.unit(), balanced(new Sums(line.recorded(),
                        line.available(), line.reserved(), line.redeemed(), line.expired(),
                        line.revoked(), line.transferred())));
            }
        }
        Map<String, Sums> byIssuer = new TreeMap<>();
        Map<String, Sums> inAll = new TreeMap<>();
        for (Books.Line line : Books.on(views, null, day)) {
            Sums sums = balanced(new Sums(
                    line.recorded(), line.available(), line.reserved(), line.redeemed(),
                    line.expired(), line.revoked(), line.transferred()));
            String pool = line.sector() + "|" + line.unit();
            add(byIssuer, line.institution() + "|" + pool, sums);
            add(inAll, pool, sums);
        }
        assertThat(inAll).isEqualTo(byPool);
        if (day.equals(history.today) && nobodyIsErased(history)) {
            assertThat(byIssuer).isEqualTo(byIssuerInAccounts(history));
        }
    }

    /** An erased account is not decided on any more, so its state forgets what lay there. */
    private static boolean nobodyIsErased(RandomHistory history) {
        return history.accounts.values().stream().noneMatch(Account.Erased.class::isInstance);
    }

    private static Map<String, Sums> byIssuerInAccounts(RandomHistory history) {
        Map<String, Sums> sums = new TreeMap<>();
        for (Account account : history.accounts.values()) {
            if (account instanceof Account.Open open) {
                for (Held held : open.achievements()) {
                    add(sums, held.issuer() + "|" + held.deposit().sector() + "|"
                            + held.deposit().credits().unit(), sums(held, history.today));
                }
            }
        }
        return sums;
    }

    private static Sums sums(Held held, LocalDate today) {
        long amount = held.deposit().credits().hundredths();
        LocalDate validUntil = held.deposit().validUntil();
        boolean expired = validUntil != null && today.isAfter(validUntil);
        return new Sums(amount, expired ? 0 : held.available(), held.reserved(),
                held.redeemed(), expired ? held.available() : 0,
                held.revoked() ? amount : 0, held.transferred());
    }

    private static void add(Map<String, Sums> all, String key, Sums sums) {
        // Where a correction moved everything elsewhere, a line of zeros says what no line says.
        Sums now = all.getOrDefault(key, Sums.NOTHING).plus(sums);
        if (now.equals(Sums.NOTHING)) {
            all.remove(key);
        } else {
            all.put(key, now);
        }
    }

    private static Sums balanced(Sums sums) {
        assertThat(sums.available() + sums.reserved() + sums.redeemed() + sums.expired()
                + sums.revoked() + sums.transferred()).isEqualTo(sums.recorded());
        assertThat(List.of(sums.available(), sums.reserved(), sums.redeemed(), sums.expired(),
                sums.revoked(), sums.transferred())).allMatch(s -> s >= 0);
        return sums;
    }

    // ------------------------------------------------------------------ claims

    /** What decisions believe to be held is what the entries say is held, each once. */
    private static void claimsAreHeldOnce(RandomHistory history) {
        List<Claim> believed = new ArrayList<>();
        for (Account account : history.accounts.values()) {
            if (account instanceof Account.Open open) {
                believed.addAll(open.identity());
                open.achievements().forEach(h -> believed.addAll(h.claims()));
            }
        }
        assertThat(believed).doesNotHaveDuplicates();
        assertThat(history.held.keySet()).containsAll(believed);
        if (nobodyIsErased(history)) {
            assertThat(history.held.keySet()).containsExactlyInAnyOrderElementsOf(believed);
        }
    }

    // ------------------------------------------------------------------

    private static RandomHistory history(long seed) {
        return new RandomHistory(RandomGeneratorFactory.of("L64X128MixRandom").create(seed));
    }

    private static RandomHistory run(long seed) {
        RandomHistory history = history(seed);
        for (int i = 0; i < COMMANDS; i++) {
            history.step();
        }
        return history;
    }

    private static Recorded stored(Recorded entry) {
        byte[] bytes = EntryFormat.write(entry.id(), entry.stream(), entry.sequence(),
                entry.actor(), entry.onBehalfOf(), entry.commandId(), entry.part(), entry.reason(),
                entry.event());
        EntryFormat.setTime(bytes, EntryFormat.time(entry.recordedAt()));
        return EntryFormat.read(
                new Entry(entry.position(), entry.stream(), entry.sequence(), bytes));
    }

    private static Account fold(Account from, Collection<AccountEvent> events) {
        Account state = from;
        for (AccountEvent event : events) {
            state = Account.evolve(state, event);
        }
        return state;
    }

    /** Everything, in the order of the keys and of every index. */
    private static List<Object> documents(Views views) {
        List<Object> documents = new ArrayList<>();
        for (Projection projection : PROJECTIONS) {
            for (View<?> view : projection.views()) {
                Set<String> indexes = new TreeSet<>();
                view.indexes().forEach(i -> indexes.add(i.name()));
                documents.addAll(views.page(view, Views.Range.ofKeys("", 100_000)));
                indexes.forEach(i -> documents.addAll(
                        views.page(view, Views.Range.of(i, "", 100_000))));
            }
        }
        return documents;
    }
}
