package creditbank;

import com.mongodb.client.MongoDatabase;
import creditbank.access.Accesses;
import creditbank.account.AccountAggregate;
import creditbank.account.ApplicationsCounter;
import creditbank.account.AccountSnapshots;
import creditbank.account.Counter;
import creditbank.account.StudiesCounter;
import creditbank.agreement.AgreementAggregate;
import creditbank.agreement.Agreements;
import creditbank.api.account.PersonalField;
import creditbank.enactment.RulebookAggregate;
import creditbank.enactment.Rulebooks;
import creditbank.institution.InstitutionAggregate;
import creditbank.institution.Standings;
import creditbank.intake.Intake;
import creditbank.intake.RowProblem;
import creditbank.ledger.Ledger;
import creditbank.ledger.LedgerStore;
import creditbank.ledger.axon.AxonEngine;
import creditbank.ledger.axon.Commands;
import creditbank.ledger.axon.LedgerEventStorage;
import creditbank.ledger.mongodb.MongoLedgerStore;
import creditbank.ledger.sqlite.SqliteLedgerStore;
import creditbank.privacy.Claims;
import creditbank.privacy.LearnerKeys;
import creditbank.privacy.Sealing;
import creditbank.privacy.Secrets;
import creditbank.programme.ProgrammeAggregate;
import creditbank.programme.Programmes;
import creditbank.projections.Projection;
import creditbank.projections.Views;
import creditbank.publishing.Cosigning;
import creditbank.publishing.PublishedLog;
import creditbank.views.Follower;
import creditbank.views.sqlite.SqliteViews;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An open bank: everything behind HTTP, files and the command line, put together once. */
public final class Bank implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final DataFolder folder;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Randomness randomness;
    private final Ledger ledger;
    private final SqliteViews keeper;
    private final Follower follower;
    private final Claims claims;
    private final Sealing sealing;
    private final Commands commands;
    private final Accesses accesses;
    private final Counter counter;
    private final StudiesCounter studies;
    private final ApplicationsCounter applications;
    private final Rulebooks rulebooks;
    private final Programmes programmes;
    private final Agreements agreements;
    private final Intake intake;
    private final LapsingTransfers lapsing;
    private final RecordingDigests digests;
    private final String place;
    private final boolean isNew;

    /**
     * Opens the bank in a folder that this process has taken; closing the bank gives it back.
     *
     * @param clock the bank's time; its zone says which business day it is
     */
    public Bank(DataFolder folder, Clock clock) {
        this(folder, clock, null);
    }

    /** @param mongo where the ledger is; null where it is in the folder */
    Bank(DataFolder folder, Clock clock, @Nullable MongoDatabase mongo) {
        this.folder = opened(folder);
        this.clock = clock;
        this.place = mongo == null ? folder.ledger().toAbsolutePath().toString()
                : "MongoDB, database " + mongo.getName();
        try {
            this.randomness = new Randomness(random);
            LedgerStore store = mongo == null
                    ? new SqliteLedgerStore(folder.ledger(), folder.index())
                    : inMongo(mongo, random);
            this.ledger = opened(new Ledger(store, clock));
            this.isNew = store.size() == 0;
            Secrets secrets = Secrets.open(folder.keys(), isNew, random);
            LearnerKeys keys = opened(new LearnerKeys(keysFile(), secrets, random));
            this.claims = new Claims(secrets);
            this.sealing = new Sealing(keys, random);
            List<Projection> projections = Projection.all();
            this.keeper = opened(new SqliteViews(folder.views(), projections));
            AccountSnapshots snapshots = opened(new AccountSnapshots(store, keeper.file()));
            Standings standings = new Standings(store);
            this.rulebooks = new Rulebooks(store);
            this.programmes = new Programmes(store);
            this.agreements = new Agreements(store, standings);
            Registers registers = new Registers(
                    standings, programmes, rulebooks, agreements, (learner, sealed) ->
                    sealing.open(learner, PersonalField.OF_LEARNER, sealed), clock);
            AxonEngine engine = new AxonEngine(
                    new LedgerEventStorage(ledger, randomness::uuid, snapshots::read),
                    List.of(standings, rulebooks, clock, registers));
            engine.handle(InstitutionAggregate.class);
            engine.handle(RulebookAggregate.class);
            engine.handle(ProgrammeAggregate.class);
            engine.handle(AgreementAggregate.class);
            engine.handle(AccountAggregate.class, snapshots.trigger());
            this.commands = engine.commands(ledger, stream -> {
                standings.forget(stream);
                agreements.forget(stream);
                rulebooks.forget(stream);
            });
            this.accesses = new Accesses(ledger, randomness::uuid);
            this.counter = new Counter(
                    commands, store, keys, sealing, claims, randomness::learnerId);
            counter.finishErasing();
            this.studies = new StudiesCounter(
                    counter, commands, store, sealing, registers);
            this.applications = new ApplicationsCounter(counter, studies, commands, registers);
            this.intake = new Intake(commands, counter, store, claims, clock,
                    RowProblem::inBothLanguages);
            this.follower = opened(new Follower(ledger, keeper, projections));
            this.lapsing = opened(new LapsingTransfers(keeper.views(), studies, clock,
                    transfer -> claims.commandId("lapse", transfer)));
            this.digests = opened(new RecordingDigests(ledger, keeper, projections,
                    randomness::uuid, day -> claims.commandId("digest", day), clock));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private LedgerStore inMongo(MongoDatabase mongo, SecureRandom random) {
        if (folder.ledger().toFile().length() > 0) {
            throw new IllegalStateException("The data folder " + folder.data().toAbsolutePath()
                    + " holds a bank whose ledger is in SQLite. Name another folder for a node of"
                    + " a bank in MongoDB, or serve this one with --creditbank.store=sqlite.");
        }
        Secrets secrets = Secrets.open(folder.keys(), MongoLedgerStore.isNew(mongo), random);
        return new MongoLedgerStore(mongo, secrets.mark(), folder.index());
    }

    /** An old bank's keys, once gone, are not quietly replaced by none. */
    private Path keysFile() {
        Path file = folder.keys().resolve("keys.db");
        if (!isNew && !Files.exists(file)) {
            throw new IllegalStateException(file + " is missing, but the ledger already holds"
                    + " entries sealed with keys in it. Put the backup of the keys folder back,"
                    + " or name the right one: --creditbank.keys=FOLDER to serve,"
                    + " --keys FOLDER with another command.");
        }
        try {
            DataFolder.makePrivate(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be made: " + e.getMessage(), e);
        }
        return file;
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** Opens the bank in its usual folders. */
    public static Bank open(Path data, Path keys, Clock clock) {
        return new Bank(DataFolder.take(data, keys), clock);
    }

    /** Whether the ledger was empty when it was opened. */
    public boolean isNew() {
        return isNew;
    }

    public DataFolder folder() {
        return folder;
    }

    public Clock clock() {
        return clock;
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Where the ledger is, for people. */
    String placeOfLedger() {
        return place;
    }

    public Views views() {
        return keeper.views();
    }

    public Follower follower() {
        return follower;
    }

    public Claims claims() {
        return claims;
    }

    public Sealing sealing() {
        return sealing;
    }

    public Commands commands() {
        return commands;
    }

    public Accesses accesses() {
        return accesses;
    }

    public Counter counter() {
        return counter;
    }

    public StudiesCounter studies() {
        return studies;
    }

    public ApplicationsCounter applications() {
        return applications;
    }

    public Rulebooks rulebooks() {
        return rulebooks;
    }

    public Programmes programmes() {
        return programmes;
    }

    /** For decisions inside a command; questions from outside go to the views. */
    public Agreements agreements() {
        return agreements;
    }

    /** Follows the ledger with the views, and does what is due by them. */
    public void start() {
        follower.start();
        lapsing.start();
        digests.start();
    }

    /**
     * Publishes the ledger as a log from now on, until the bank is closed.
     *
     * @param origin the log's address without scheme; fixed by the first start
     * @throws IllegalStateException with what to do, if the log's key is not for it
     */
    public PublishedLog publish(String origin) {
        PublishedLog log = opened(new PublishedLog(
                ledger, folder.data(), folder.keys(), origin, random));
        log.start();
        return log;
    }

    /**
     * Asks witnesses to cosign what the log publishes, until the bank is closed.
     *
     * @param witnesses each {@code verifier-key URL}; with none, nobody is contacted
     * @throws IllegalStateException with what to do, if one is not written so
     */
    public Cosigning cosign(PublishedLog log, List<String> witnesses) {
        Cosigning cosigning = opened(new Cosigning(log, witnesses));
        cosigning.start();
        return cosigning;
    }

    /** Ends transfers that nobody answered, at some time after {@link #start} too. */
    LapsingTransfers lapsing() {
        return lapsing;
    }

    /** States what the views came to, at some time after {@link #start} too. */
    public RecordingDigests digests() {
        return digests;
    }

    /** The name of a command that nobody will send again. */
    public String newCommandId() {
        return randomness.timeOrderedUuid(clock.millis()).toString();
    }

    public Intake intake() {
        return intake;
    }

    /** Closes what was opened, the last first. */
    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                // The rest still has to be closed; what was acknowledged is on the disk.
                System.getLogger(Bank.class.getName())
                        .log(System.Logger.Level.WARNING, "A part of the bank did not close", e);
            }
        }
    }
}
