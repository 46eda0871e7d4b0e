package creditbank.words;

import creditbank.api.Refusal;
import creditbank.api.Refusal.AchievementAlreadyRecorded;
import creditbank.api.Refusal.ValueInvalid;
import creditbank.api.value.Rule;
import creditbank.api.value.Title;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says a refusal in plain words: what happened, and what to do. */
public final class Words {

    /** A refusal in words. */
    public record Said(String what, String remedy) {
    }

    private static final Pattern LENGTH = Pattern.compile("\\((\\d+) characters\\)");
    private static final Pattern NAME = Pattern.compile("\\{(\\w+)}");
    private static final Control NO_FALLBACK =
            Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

    private Words() {
    }

    /** The languages that words exist in; anything but Chinese is answered in English. */
    public static Locale language(Locale asked) {
        return Locale.CHINESE.getLanguage().equals(asked.getLanguage())
                ? Locale.CHINESE : Locale.ROOT;
    }

    public static Said of(Refusal refusal, Locale locale) {
        ResourceBundle bundle = bundle(locale);
        Map<String, Object> parts = parts(refusal, locale);
        String what = bundle.getString(refusal.code());
        if (refusal instanceof ValueInvalid invalid) {
            String frame = invalid.field().isEmpty() ? "value-invalid" : "value-invalid-in-field";
            Matcher length = LENGTH.matcher(invalid.found());
            if (length.matches()) {
                parts.put("found", filled(bundle.getString("value-length"),
                        Map.of("length", length.group(1))));
            }
            parts.put("expected", filled(what, parts));
            what = bundle.getString(invalid.found().isEmpty() ? frame + "-missing" : frame);
        }
        if (refusal instanceof AchievementAlreadyRecorded recorded) {
            parts.put("key", bundle.getString("key-" + recorded.key()));
        }
        return new Said(filled(what, parts),
                filled(bundle.getString(refusal.code() + ".remedy"), parts));
    }

    /** The words of a bundle for a key and for its remedy, with their parts filled in. */
    public static Said said(String bundle, String key, Map<String, String> parts,
            Locale locale) {
        return new Said(text(bundle, key, parts, locale),
                text(bundle, key + ".remedy", parts, locale));
    }

    /** The words of a bundle for a key, with their parts filled in. */
    public static String text(String bundle, String key, Map<String, String> parts,
            Locale locale) {
        return filled(ResourceBundle.getBundle(bundle, language(locale), NO_FALLBACK)
                .getString(key), parts);
    }

    /** The words of a bundle for a key, if it has any. */
    public static Optional<String> known(String bundle, String key, Locale locale) {
        ResourceBundle words = ResourceBundle.getBundle(bundle, language(locale), NO_FALLBACK);
        return words.containsKey(key) ? Optional.of(words.getString(key)) : Optional.empty();
    }

    /** What a fault of the request itself is called, by its HTTP status. */
    public static Said ofStatus(int status, Locale locale) {
        ResourceBundle bundle = bundle(locale);
        String key = bundle.containsKey("http-" + status) ? "http-" + status : "http-other";
        return new Said(bundle.getString(key), bundle.getString(key + ".remedy"));
    }

    /** What answers of an HTTP status are called in general, if that has a name. */
    public static Optional<String> title(int status, Locale locale) {
        ResourceBundle bundle = bundle(locale);
        String key = "title-" + status;
        return bundle.containsKey(key) ? Optional.of(bundle.getString(key)) : Optional.empty();
    }

    /** A place in a text, both from 1. */
    public static String place(long line, long column, Locale locale) {
        return filled(bundle(locale).getString("place"), Map.of("line", line, "column", column));
    }

    private static ResourceBundle bundle(Locale locale) {
        return ResourceBundle.getBundle("creditbank.refusals", language(locale), NO_FALLBACK);
    }

    /**
     * The components of a refusal by name, as a client sees them too: numbers as numbers, all else
     * as text, what has words in both languages in the one asked for. The rule of a value is its
     * code already.
     */
    public static Map<String, Object> parts(Refusal refusal, Locale locale) {
        Map<String, Object> parts = new LinkedHashMap<>();
        for (RecordComponent component : refusal.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(refusal);
                if (value != null && !(value instanceof Rule)) {
                    parts.put(component.getName(), switch (value) {
                        case Number number -> number;
                        case Title(String zh, String en) ->
                                language(locale).equals(Locale.CHINESE) ? zh : en;
                        default -> value.toString();
                    });
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(refusal + " cannot be put into words", e);
            }
        }
        return parts;
    }

    private static String filled(String text, Map<String, ?> parts) {
        return NAME.matcher(text).replaceAll(found -> {
            Object part = parts.get(found.group(1));
            return Matcher.quoteReplacement(part == null ? found.group() : part.toString());
        });
    }
}
