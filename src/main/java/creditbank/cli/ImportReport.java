package creditbank.cli;

import creditbank.api.value.Credits;
import creditbank.intake.FileReading;
import creditbank.intake.Outcome;
import creditbank.words.Words;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Says what became of a file, in Chinese or English. */
final class ImportReport {

    private static final int PROBLEMS_SHOWN = 20;

    private final PrintWriter out;
    private final Locale locale;
    private final ResourceBundle words;

    /** @param asked the language wanted; anything but Chinese is answered in English */
    ImportReport(PrintWriter out, Locale asked) {
        this.out = out;
        this.locale = Words.language(asked);
        this.words = ResourceBundle.getBundle("creditbank.import", locale,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    void begun(Path data) {
        say("begun", data.toAbsolutePath());
    }

    void print(Outcome o, Path back) {
        FileReading reading = o.reading();
        say("read", reading.form(), reading.encoding(), reading.mark() ? said("read.mark") : "",
                reading.separator() == ' ' ? ""
                        : said("read.separated", reading.separator()),
                rows(o.rows()));
        if (!reading.unused().isEmpty()) {
            say("unused", String.join(", ", reading.unused()));
        }
        if (o.institutionRegistered()) {
            say(o.dryRun() ? "institution.would-be-registered" : "institution.registered");
        }
        say(o.dryRun() ? "dry-run" : "done", o.recorded(), o.alreadyThere(),
                o.accountsOpened());
        o.credits().forEach((unit, amount) ->
                say("credits.recorded", Credits.amount(amount), unit));
        o.creditsAlreadyThere().forEach((unit, amount) ->
                say("credits.stood", Credits.amount(amount), unit));
        o.passedOver().forEach((reason, rows) -> say("left-out", rows(rows), reason));
        o.rejected().forEach((code, rows) -> say("rejected", rows(rows), code));
        o.problems().stream().limit(PROBLEMS_SHOWN).forEach(p -> out.println(p.said(locale)));
        if (o.rejectedInAll() > 0) {
            say("rejected.file", back);
        }
        if (o.stoppedBy() != null) {
            Words.Said why = Words.of(o.stoppedBy(), locale);
            say("not-all", why.what(), why.remedy());
        }
    }

    /** What stands beside the bar of an import under way. */
    String soFar(creditbank.intake.Progress now) {
        return said("so-far", now.rows(), now.recorded(), now.rejected());
    }

    private String rows(long rows) {
        return said("rows", rows);
    }

    private void say(String sentence, Object... values) {
        out.println(said(sentence, values));
    }

    private String said(String sentence, Object... values) {
        return new MessageFormat(words.getString(sentence), locale).format(values);
    }
}
