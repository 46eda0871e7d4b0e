package creditbank.words;

import creditbank.api.Refusal;
import creditbank.api.Refusal.ValueInvalid;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says a refusal in plain words: what happened, and what to do. */
public final class Words {

    /** A refusal in words. */
    public record Said(String what, String remedy) {
    }

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
        ResourceBundle bundle =
                ResourceBundle.getBundle("creditbank.refusals", language(locale), NO_FALLBACK);
        Map<String, String> parts = parts(refusal);
        String what = bundle.getString(refusal.code());
        if (refusal instanceof ValueInvalid invalid) {
            String frame = invalid.field().isEmpty() ? "value-invalid" : "value-invalid-in-field";
            parts.put("expected", what);
            what = bundle.getString(invalid.found().isEmpty() ? frame + "-missing" : frame);
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

    /** What a fault of the request itself is called, by its HTTP status. */
    public static Said ofStatus(int status, Locale locale) {
        ResourceBundle bundle =
                ResourceBundle.getBundle("creditbank.refusals", language(locale), NO_FALLBACK);
        String key = bundle.containsKey("http-" + status) ? "http-" + status : "http-other";
        return new Said(bundle.getString(key), bundle.getString(key + ".remedy"));
    }

    /** The components of a refusal by name, as a client sees them too. */
    public static Map<String, String> parts(Refusal refusal) {
        Map<String, String> parts = new LinkedHashMap<>();
        for (RecordComponent component : refusal.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(refusal);
                if (value != null) {
                    parts.put(component.getName(), value.toString());
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(refusal + " cannot be put into words", e);
            }
        }
        return parts;
    }

    private static String filled(String text, Map<String, String> parts) {
        return NAME.matcher(text).replaceAll(found -> Matcher.quoteReplacement(
                parts.getOrDefault(found.group(1), found.group())));
    }
}
