package creditbank.agreement;

import static creditbank.agreement.Terms.ID;
import static creditbank.agreement.Terms.RULES;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.agreement.Agreement.Wish;
import creditbank.api.Recorded;
import creditbank.api.Refused;
import creditbank.api.agreement.AgreementCommand;
import creditbank.api.agreement.AgreementCommand.AcceptAgreement;
import creditbank.api.agreement.AgreementCommand.EndAgreement;
import creditbank.api.agreement.AgreementCommand.ProposeAgreement;
import creditbank.api.agreement.AgreementEvent;
import creditbank.api.agreement.AgreementEvent.AgreementAccepted;
import creditbank.api.agreement.AgreementEvent.AgreementEnded;
import creditbank.api.agreement.AgreementEvent.AgreementProposed;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.agreement.Direction;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.recognition.RulebookId;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.value.Reason;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import creditbank.institution.Institution;
import creditbank.ledger.Entry;
import creditbank.ledger.EntryFormat;
import creditbank.projections.Agreements;
import creditbank.projections.Agreements.Status;
import creditbank.projections.Views;
import creditbank.views.memory.MemoryViews;
import creditbank.views.sqlite.SqliteViews;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds in any history of an agreement: three people propose, accept and end at random for
 * seven parties while days go by and an institution is suspended now and then. The seed in a name
 * makes the history again.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AgreementHistoriesTest {

    private static final LocalDate BEGIN = LocalDate.of(2026, 1, 1);
    private static final int COMMANDS = 60;
    private static final int SPAN = 80;
    private static final List<Party> PARTIES = Stream.of("institution/college",
                    "institution/university", "institution/nowhere", "region/210600",
                    "region/330000", "country/CN", "bank/kr-acbs").map(Party::new).toList();
    private static final Set<String> MET = new ConcurrentSkipListSet<>();

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    /** A history, with the entries it left and the state it lived in. */
    private static final class History {
        private final Random dice;
        private final List<Recorded> entries = new ArrayList<>();
        private Agreement state = Agreement.NONE;
        private LocalDate today = BEGIN;
        private boolean suspended;

        History(long seed) {
            this.dice = new Random(seed);
        }

        /** Answers whether the command stood. */
        boolean step() {
            today = dice.nextInt(4) == 0 ? today.plusDays(1) : today;
            suspended = dice.nextInt(6) == 0;
            try {
                AgreementCommand command = command();
                for (AgreementEvent event : Agreement.decide(
                        state, command, this::institution, RULES::equals, today)) {
                    state = Agreement.evolve(state, event);
                    entries.add(new Recorded(entries.size(), "id-" + entries.size(),
                            ID.stream(), entries.size(), Instant.EPOCH, "user/a", null,
                            "command-" + entries.size(), null, command.reason(), event));
                    MET.add(event.getClass().getSimpleName());
                }
                return true;
            } catch (Refused refused) {
                MET.add(refused.refusal().code());
                return false;
            }
        }

        private Institution institution(InstitutionId id) {
            return switch (id.text()) {
                case "college" -> suspended
                        ? new Institution.Suspended(Sector.VOCATIONAL, InstitutionKind.COLLEGE,
                                new Region("210600"), null)
                        : new Institution.Active(Sector.VOCATIONAL, InstitutionKind.COLLEGE,
                                new Region("210600"), null);
                case "university" -> new Institution.Active(
                        Sector.ADULT, InstitutionKind.OPEN_UNIVERSITY, new Region("330100"), null);
                default -> Institution.NONE;
            };
        }

        private AgreementCommand command() {
            return switch (dice.nextInt(8)) {
                case 0 -> new ProposeAgreement(ID, terms(), party(), actor());
                case 1, 2, 3, 4, 5 -> new AcceptAgreement(ID, party(), actor());
                default -> new EndAgreement(ID, party(), dice.nextBoolean() ? null : day(),
                        new Reason.Clear("试验"));
            };
        }

        private AgreementTerms terms() {
            List<Party> shuffled = new ArrayList<>(PARTIES);
            // One that nobody registered is among them, but seldom.
            shuffled.removeIf(p -> p.text().endsWith("nowhere") && dice.nextInt(8) > 0);
            Collections.shuffle(shuffled, dice);
            List<Party> parties = shuffled.subList(0, 2 + dice.nextInt(3));
            LocalDate from = day();
            return new AgreementTerms("协议", parties,
                    List.of(dice.nextInt(10) == 0 ? new RulebookId("never") : RULES),
                    List.of(new Direction(parties.getFirst(), parties.getLast())),
                    new DaysInForce(from,
                            dice.nextBoolean() ? null : from.plusDays(dice.nextInt(30))));
        }

        private Party party() {
            return PARTIES.get(dice.nextInt(PARTIES.size()));
        }

        private String actor() {
            return "user/" + "abc".charAt(dice.nextInt(3));
        }

        private LocalDate day() {
            return BEGIN.plusDays(dice.nextInt(SPAN));
        }
    }

    /** What the entries say, counted without the fold that is tried. */
    private record Counted(@Nullable AgreementProposed proposal, Set<Party> agreed,
            @Nullable LocalDate last) {

        static Counted of(List<Recorded> entries) {
            AgreementProposed proposal = null;
            Set<Party> agreed = new HashSet<>();
            LocalDate last = null;
            for (Recorded entry : entries) {
                switch ((AgreementEvent) entry.event()) {
                    case AgreementProposed e -> {
                        proposal = e;
                        agreed.add(e.party());
                    }
                    case AgreementAccepted e -> agreed.add(e.party());
                    case AgreementEnded e when e.until() == null -> {
                        proposal = null;
                        agreed.clear();
                    }
                    case AgreementEnded e -> last = e.until();
                }
            }
            return new Counted(proposal, agreed, last);
        }

        boolean inForce(LocalDate day) {
            return proposal != null && agreed.equals(Set.copyOf(proposal.terms().parties()))
                    && proposal.terms().inForce().includes(day)
                    && (last == null || !day.isAfter(last));
        }
    }

    private static List<LocalDate> days() {
        return BEGIN.minusDays(1).datesUntil(BEGIN.plusDays(SPAN + 40)).toList();
    }

    private static boolean allows(Agreement state, LocalDate day) {
        return state instanceof Agreement.Concluded concluded && concluded.terms().directions()
                .stream().allMatch(d -> Agreement.objection(state, ID,
                        new Wish(List.of(d.from()), List.of(d.to()), RULES, day)) == null);
    }

    /** Histories in which nothing happens would prove nothing. */
    @AfterAll
    static void every_event_and_every_refusal_was_met() {
        assertThat(MET).containsAll(Stream.of(AgreementEvent.class.getPermittedSubclasses())
                .map(Class::getSimpleName).toList());
        assertThat(MET).contains("agreement-already-accepted", "agreement-already-concluded",
                "agreement-already-proposed", "agreement-accepted-by-proposer",
                "agreement-circular", "agreement-day-passed", "agreement-ends-sooner",
                "agreement-not-concluded", "agreement-taken-back", "agreement-unknown",
                "institution-suspended", "institution-unknown", "not-a-party-of-agreement",
                "rulebook-never-approved");
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void it_is_in_force_only_when_all_have_agreed_and_never_after_its_end(long seed) {
        History history = new History(seed);
        Set<LocalDate> relied = new HashSet<>();
        for (int i = 0; i < COMMANDS; i++) {
            if (history.step()) {
                Counted counted = Counted.of(history.entries);
                for (LocalDate day : days()) {
                    boolean allowed = allows(history.state, day);
                    assertThat(allowed).as(day + "").isEqualTo(counted.inForce(day));
                    if (relied.contains(day)) {
                        assertThat(allowed).as(day + " has come").isTrue();
                    }
                    if (allowed && !day.isAfter(history.today)) {
                        relied.add(day);
                    }
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void no_one_stands_on_both_sides_of_an_agreement(long seed) {
        AgreementProposed proposal = null;
        for (Recorded entry : run(seed).entries) {
            if (entry.event() instanceof AgreementProposed e) {
                proposal = e;
            }
            if (entry.event() instanceof AgreementAccepted e) {
                assertThat(e.acceptedBy())
                        .isNotEqualTo(Objects.requireNonNull(proposal).proposedBy());
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_replay_of_the_stored_bytes_ends_where_the_living_agreement_stands(long seed) {
        History history = run(seed);
        Agreement state = Agreement.NONE;
        for (Recorded entry : history.entries) {
            Recorded stored = EntryFormat.read(new Entry(
                    entry.position(), "", 0, bytes(entry)));
            assertThat(stored).isEqualTo(entry);
            state = Agreement.evolve(state, (AgreementEvent) stored.event());
        }
        assertThat(state).isEqualTo(history.state);
    }

    private static byte[] bytes(Recorded entry) {
        byte[] bytes = EntryFormat.write(entry.id(), entry.stream(), entry.sequence(),
                entry.actor(), entry.onBehalfOf(), entry.commandId(), entry.part(),
                entry.reason(), entry.event());
        EntryFormat.setTime(bytes, EntryFormat.time(entry.recordedAt()));
        return bytes;
    }

    // ------------------------------------------------------------------ views

    /** Fewer, because each writes a file. */
    static LongStream someSeeds() {
        return LongStream.rangeClosed(1, 25);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("someSeeds")
    void both_keepers_of_views_show_what_decisions_know_under_every_party_and_no_other(
            long seed) {
        History history = run(seed);
        MemoryViews memory = new MemoryViews();
        history.entries.forEach(e -> memory.fold(List.of(new Agreements()), List.of(e)));
        try (SqliteViews sqlite = new SqliteViews(
                folder.resolve("views.db"), List.of(new Agreements()))) {
            sqlite.fold(List.of(new Agreements()), history.entries);
            assertShown(history, memory.views());
            assertShown(history, sqlite.views());
            assertThat(Agreements.get(sqlite.views(), ID))
                    .isEqualTo(Agreements.get(memory.views(), ID));
        }
    }

    private static void assertShown(History history, Views views) {
        Agreements.Agreement shown = Agreements.get(views, ID);
        if (shown == null) {
            assertThat(history.state).isEqualTo(Agreement.NONE);
            return;
        }
        switch (history.state) {
            case Agreement.Unproposed _ -> throw new AssertionError(shown);
            case Agreement.Proposed proposed -> {
                assertThat(shown.status()).isEqualTo(Status.PROPOSED);
                assertThat(shown.terms()).isEqualTo(proposed.terms());
                assertThat(shown.inForce()).isNull();
                assertThat(Stream.concat(Stream.of(shown.proposed()), shown.accepted().stream())
                        .map(Agreements.Act::party))
                        .containsExactlyInAnyOrderElementsOf(proposed.agreed());
            }
            case Agreement.Concluded concluded -> {
                assertThat(shown.status()).isEqualTo(
                        shown.ended() == null ? Status.IN_FORCE : Status.ENDED);
                assertThat(shown.inForce()).isEqualTo(concluded.inForce());
            }
            case Agreement.TakenBack _ -> {
                assertThat(shown.status()).isEqualTo(Status.ENDED);
                assertThat(shown.inForce()).isNull();
            }
        }
        assertThat(Agreements.page(views, null, null, 10))
                .extracting(Views.Row::document).containsExactly(shown);
        for (Party party : PARTIES) {
            assertThat(Agreements.page(views, party, null, 10)).as(party + "")
                    .hasSize(shown.terms().parties().contains(party) ? 1 : 0);
        }
    }

    private static History run(long seed) {
        History history = new History(seed);
        for (int i = 0; i < COMMANDS; i++) {
            history.step();
        }
        return history;
    }
}
