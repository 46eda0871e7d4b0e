package creditbank.intake;

import creditbank.account.Counter;
import creditbank.account.Rehearsal;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.institution.InstitutionCommand.RegisterInstitution;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Rule;
import creditbank.institution.Institution;
import creditbank.institution.InstitutionForm;
import creditbank.institution.Standings;
import creditbank.ledger.LedgerReader;
import creditbank.ledger.Sender;
import creditbank.ledger.axon.Commands;
import creditbank.privacy.Claims;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings a file of achievements into the bank. First the file is looked through as a whole, so that
 * one that cannot be read leaves nothing behind; then row by row. A row that stands already changes
 * nothing, so a file can be sent again at any time: after a correction, or because an import was
 * cut short.
 */
public final class Intake {

    /** As many commits as the ledger writes together: with fewer, the disk waits for rows. */
    private static final int LANES = 2_048;
    private static final int WAITING_IN_A_LANE = 8;
    private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final String BLANK_ROW = "blank row";

    private final Commands commands;
    private final Counter counter;
    private final LedgerReader ledger;
    private final Claims claims;
    private final Clock clock;
    private final Function<RowProblem, String> words;

    /** @param words says of a problem what is wrong and what to do, for the rejected rows */
    public Intake(Commands commands, Counter counter, LedgerReader ledger, Claims claims,
            Clock clock, Function<RowProblem, String> words) {
        this.commands = commands;
        this.counter = counter;
        this.ledger = ledger;
        this.claims = claims;
        this.clock = clock;
        this.words = words;
    }

    /** Imports a file to its end; see the other method. */
    public Outcome run(Path file, Profile profile, Options options, Consumer<Progress> progress) {
        return run(file, String.valueOf(file.getFileName()), profile, options, progress,
                () -> false);
    }

    /**
     * Imports a file, on the calling thread and some virtual ones.
     *
     * @param fileName  as the user knows it; its ending tells the forms apart
     * @param progress  told of a few times a second, on the calling thread
     * @param stopAsked looked at before each row, on any thread; what was recorded by then stays
     * @throws Refused if the file or the profile cannot be used at all; then nothing was recorded
     */
    public Outcome run(Path file, String fileName, Profile profile, Options options,
            Consumer<Progress> progress, BooleanSupplier stopAsked) {
        FileReading sniffed = Sniffing.of(file, fileName);
        RegisterInstitution newcomer = newcomer(profile, options);
        try (Scratch scratch = new Scratch()) {
            Tally tally = new Tally();
            FileReading reading = survey(file, sniffed, profile, scratch, progress);
            Reported reported = new Reported(progress, tally, reading.bytes());
            if (newcomer != null) {
                if (!options.dryRun()) {
                    commands.send(newcomer, new Sender(options.actor(), null, claims.commandId(
                            "intake-institution", newcomer.institution().text()), null));
                }
                tally.institutionRegistered();
                reported.now(Progress.Step.RECORDING, 0);
            }
            boolean allReached;
            try (RejectedRows rejected = rejected(options, reading)) {
                RowWork work = new RowWork(counter, ledger, claims,
                        new Rehearsal(ledger, institutions(newcomer), clock), profile, options,
                        scratch, tally, rejected);
                allReached = rows(file, reading, profile, scratch, work, tally, reported,
                        stopAsked);
            } catch (IOException e) {
                tally.stop(new Refusal.FileNotStored(String.valueOf(e.getMessage())));
                allReached = false;
            }
            Outcome outcome = tally.outcome(options.dryRun(), reading, allReached);
            if (outcome.finished()) {
                reported.now(Progress.Step.ENDED, reading.bytes());
            }
            return outcome;
        }
    }

    private @Nullable RejectedRows rejected(Options options, FileReading reading)
            throws IOException {
        return options.rejected() == null ? null
                : new RejectedRows(options.rejected(), reading.form(), words);
    }

    // ------------------------------------------------------------------ the institution

    /** The profile's institution, if the bank does not know it yet. */
    private @Nullable RegisterInstitution newcomer(Profile profile, Options options) {
        InstitutionForm form = profile.institution();
        if (form == null) {
            return null;
        }
        RegisterInstitution registering = form.read(claims);
        InstitutionId id = registering.institution();
        boolean theirs = options.as() == null || id.equals(options.as());
        if (!theirs || ledger.lastSequence(id.stream()) >= 0) {
            return null;
        }
        Refused.refuseIf(!options.registerInstitution(),
                () -> new Refusal.InstitutionUnknown(id.text()));
        return registering;
    }

    /** How institutions stand, or in a dry run would stand. */
    private Function<InstitutionId, Institution> institutions(
            @Nullable RegisterInstitution newcomer) {
        Standings standings = new Standings(ledger);
        return id -> newcomer != null && id.equals(newcomer.institution())
                ? new Institution.Active(
                        newcomer.sector(), newcomer.kind(), newcomer.region(),
                        newcomer.country())
                : standings.apply(id);
    }

    // ------------------------------------------------------------------ survey

    /** Looks at every row once, before anything is recorded. */
    private FileReading survey(Path file, FileReading sniffed, Profile profile, Scratch scratch,
            Consumer<Progress> progress) {
        long rows = 0;
        List<String> unused = List.of();
        Reported reported = new Reported(progress, new Tally(), sniffed.bytes());
        try (RowSource source = RowSource.open(file, sniffed)) {
            if (source instanceof CsvRows csv) {
                refuseUnfit(csv.columns(), profile);
                unused = unused(csv.columns(), profile);
            }
            for (Row row = source.next(); row != null; row = source.next()) {
                if (rows == 0 && !(source instanceof CsvRows)) {
                    unused = unused(row.columns(), profile);
                }
                rows++;
                if (!profile.alike().isEmpty()) {
                    refuseIfBroken(row);
                    scratch.count(alikeKey(row, profile));
                }
                reported.sometimes(Progress.Step.SURVEYING, source.bytes());
            }
        }
        return sniffed.surveyed(rows, unused);
    }

    /** Whose share of an amount an unreadable row has is unknown, so all shares would be. */
    private static void refuseIfBroken(Row row) {
        if (row.broken() instanceof Refusal.ValueInvalid broken) {
            throw new Refused(new Refusal.ValueInvalid(
                    "row " + row.line(), broken.rule(), broken.found()));
        }
    }

    private static void refuseUnfit(Columns columns, Profile profile) {
        profile.columns().forEach((column, optional) -> {
            if (!optional && columns.place(column) < 0) {
                throw new Refused(new Refusal.ValueInvalid(column, Rule.COLUMN_MISSING,
                        columns.names().stream().limit(40).map(Intake::discreet)
                                .collect(Collectors.joining(", "))));
            }
        });
        for (String twice : columns.twice()) {
            if (profile.columns().containsKey(twice)) {
                throw new Refused(new Refusal.ValueInvalid(twice, Rule.COLUMN_TWICE, twice));
            }
        }
    }

    /** A file without a header has a row where the names of its columns should be. */
    private static String discreet(String name) {
        return !name.isEmpty() && Character.isLetter(name.codePointAt(0))
                ? RowProblem.discreet(name) : Rule.lengthOf(name);
    }

    private static List<String> unused(Columns columns, Profile profile) {
        List<String> unused = new ArrayList<>(columns.names());
        unused.removeAll(profile.columns().keySet());
        unused.removeIf(name -> name.startsWith(Columns.OWN));
        return unused;
    }

    private String alikeKey(Row row, Profile profile) {
        String[] parts = new String[profile.alike().size() + 1];
        parts[0] = "intake-alike";
        for (int i = 1; i < parts.length; i++) {
            parts[i] = row.text(profile.alike().get(i - 1));
        }
        return claims.commandId(parts);
    }

    /** In how many equal parts the row's amount is divided. */
    private long alike(Row row, Profile profile, Scratch scratch) {
        if (profile.alike().isEmpty()) {
            return 1;
        }
        long counted = scratch.counted(alikeKey(row, profile));
        String told = row.text(RejectedRows.ALIKE);
        // A corrected file holds a part of the rows; how many there were is told in it.
        return told.matches("[1-9]\\d{0,8}") ? Math.max(counted, Long.parseLong(told)) : counted;
    }

    // ------------------------------------------------------------------ rows

    /** Answers whether every row was reached. */
    private boolean rows(Path file, FileReading reading, Profile profile, Scratch scratch,
            RowWork work, Tally tally, Reported reported, BooleanSupplier stopAsked) {
        AtomicBoolean leftOut = new AtomicBoolean();
        Lanes<RowWork.Job> lanes = new Lanes<>(
                work.writes() ? LANES : 1, WAITING_IN_A_LANE, job -> {
                    // Thousands of rows wait in the lanes, more than whoever asks would wait for.
                    if (stopAsked.getAsBoolean()) {
                        leftOut.set(true);
                    } else {
                        work.accept(job);
                    }
                });
        boolean stopped = false;
        try (RowSource source = RowSource.open(file, reading)) {
            Row row = source.next();
            while (row != null && !stopped) {
                tally.row();
                bring(row, profile, scratch, work, tally, lanes);
                reported.sometimes(Progress.Step.RECORDING, source.bytes());
                row = source.next();
                stopped = row != null && (tally.isStopped() || stopAsked.getAsBoolean());
            }
        } catch (InterruptedException e) {
            stopped = true;
            Thread.currentThread().interrupt();
        } catch (Refused e) {
            // The file itself fails half-way, as when a disk is taken out.
            tally.stop(e.refusal());
        } finally {
            lanes.finish();
        }
        return !stopped && !leftOut.get();
    }

    private void bring(Row row, Profile profile, Scratch scratch, RowWork work, Tally tally,
            Lanes<RowWork.Job> lanes) throws InterruptedException {
        if (row.broken() != null) {
            work.reject(row, row.broken(), 1);
            return;
        }
        String passedOver = row.isBlank() ? BLANK_ROW : profile.passedOver(row);
        if (passedOver != null) {
            tally.passedOver(passedOver);
            return;
        }
        long alike = alike(row, profile, scratch);
        try {
            Profile.Forms forms = profile.read(row, alike);
            lanes.put(forms.laneKey(), new RowWork.Job(row, forms, alike));
        } catch (Refused e) {
            work.reject(row, e.refusal(), alike);
        }
    }

    /** Tells of progress, but not more often than anybody can look. */
    private static final class Reported {
        private final Consumer<Progress> progress;
        private final Tally tally;
        private final long totalBytes;
        private long last = System.nanoTime() - PROGRESS_NANOS;

        Reported(Consumer<Progress> progress, Tally tally, long totalBytes) {
            this.progress = progress;
            this.tally = tally;
            this.totalBytes = totalBytes;
        }

        void sometimes(Progress.Step step, long bytes) {
            long now = System.nanoTime();
            if (now - last >= PROGRESS_NANOS) {
                last = now;
                now(step, bytes);
            }
        }

        void now(Progress.Step step, long bytes) {
            progress.accept(tally.progress(step, bytes, totalBytes));
        }
    }
}
