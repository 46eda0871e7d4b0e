package creditbank.rulebook;

import creditbank.api.recognition.Names;
import creditbank.api.recognition.Scope;
import java.util.Locale;
import java.util.Optional;

/** The name of an attribute and whose it is; written {@code evidence.level}. */
public record Attribute(Scope of, String name) {

    /** Empty if it is not written so. */
    static Optional<Attribute> parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0 || !Names.isName(text.substring(dot + 1))) {
            return Optional.empty();
        }
        for (Scope scope : Scope.values()) {
            if (scope != Scope.SUM && written(scope).equals(text.substring(0, dot))) {
                return Optional.of(new Attribute(scope, text.substring(dot + 1)));
            }
        }
        return Optional.empty();
    }

    static String written(Scope scope) {
        return scope.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return written(of) + "." + name;
    }
}
