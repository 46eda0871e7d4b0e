package creditbank.audit;

import creditbank.audit.Verification.Check;
import creditbank.audit.Verification.Outcome;
import java.text.ChoiceFormat;
import java.text.Format;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** What one check has come to so far; of what is at odds only the first entry is kept. */
final class Finding {

    /** Begins the sentences that name no values, but what was not checked. */
    private static final String NOT_CHECKED = "not-checked.";

    private final String name;
    private Outcome outcome = Outcome.HOLDS;
    private String sentence;
    private List<Object> values = List.of();
    private @Nullable Long position;

    /** @param name stable; what stands before a slash names the sentence */
    Finding(String name) {
        this.name = name;
        int slash = name.indexOf('/');
        this.sentence = (slash < 0 ? name : name.substring(0, slash)) + ".holds";
    }

    /** What the sentence counts where all is well. */
    void counted(Object... now) {
        if (outcome == Outcome.HOLDS) {
            values = List.of(now);
        }
    }

    /** All is well because there is nothing yet that could be otherwise. */
    void nothing(String what) {
        if (outcome == Outcome.HOLDS) {
            sentence = what;
        }
    }

    /** Something is at odds at a position. */
    void fails(long at, String what, Object... now) {
        if (outcome != Outcome.DOES_NOT_HOLD || position != null && at < position) {
            settle(Outcome.DOES_NOT_HOLD, what, now);
            position = at;
        }
    }

    /** Something is at odds that stands at no position. */
    void failsAtLarge(String what, Object... now) {
        if (outcome != Outcome.DOES_NOT_HOLD) {
            settle(Outcome.DOES_NOT_HOLD, what, now);
        }
    }

    void notChecked(String what, Object... now) {
        if (outcome == Outcome.HOLDS) {
            settle(Outcome.NOT_CHECKED, what, now);
        }
    }

    private void settle(Outcome now, String what, Object... with) {
        outcome = now;
        sentence = what;
        values = List.of(with);
    }

    boolean holds() {
        return outcome == Outcome.HOLDS;
    }

    boolean isSettled() {
        return outcome != Outcome.HOLDS;
    }

    @Nullable Long position() {
        return position;
    }

    Check check(Locale locale) {
        ResourceBundle words = ResourceBundle.getBundle("verification", locale,
                ResourceBundle.Control.getNoFallbackControl(
                        ResourceBundle.Control.FORMAT_PROPERTIES));
        MessageFormat format = new MessageFormat(words.getString(sentence), locale);
        Object[] shown = sentence.startsWith(NOT_CHECKED) ? new Object[] {subject(words, locale)}
                : shown(format);
        return new Check(name, outcome, format.format(shown), position);
    }

    /** Numbers choose words where the sentence says so; elsewhere their digits are not grouped. */
    private Object[] shown(MessageFormat format) {
        Format[] formats = format.getFormatsByArgumentIndex();
        Object[] shown = new Object[values.size()];
        for (int i = 0; i < shown.length; i++) {
            boolean chooses = i < formats.length && formats[i] instanceof ChoiceFormat;
            shown[i] = chooses ? values.get(i) : String.valueOf(values.get(i));
        }
        return shown;
    }

    private String subject(ResourceBundle words, Locale locale) {
        int slash = name.indexOf('/');
        return slash < 0 ? words.getString("what." + name)
                : new MessageFormat(words.getString("what." + name.substring(0, slash)), locale)
                        .format(new Object[] {name.substring(slash + 1)});
    }
}
