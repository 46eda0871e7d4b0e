package creditbank.rulebook;

import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.Shortfall;
import creditbank.api.rulebook.Mistake;
import creditbank.words.Words.Said;
import creditbank.words.Words;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says in plain words, Chinese or English, what a mistake is and why a line was refused. */
public final class RulebookWords {

    private static final String BUNDLE = "creditbank.rulebook";

    private RulebookWords() {
    }

    /** Where it stands, what is wrong, and what to do. */
    public static Said of(Mistake mistake, Locale locale) {
        return Words.said(BUNDLE, "mistake." + mistake.kind().code(), Map.of(
                "line", Integer.toString(mistake.line()),
                "column", Integer.toString(mistake.column()), "path", mistake.path(),
                "found", mistake.found(), "expected", mistake.expected()), locale);
    }

    /** Why, in the words of the clause; the remedy tells what would have to change, if anything. */
    public static Said of(RefusedLine line, Rulebook rulebook, Locale locale) {
        String code = "refusal." + line.code().name().toLowerCase(Locale.ROOT).replace('_', '-');
        String clause = Optional.ofNullable(line.clause()).flatMap(rulebook::summary)
                .map(words -> chinese(locale) ? words.zh() : words.en()).orElse("");
        Said said = Words.said(BUNDLE, code, Map.of("clause", clause, "evidence",
                line.evidence().text(), "target",
                line.target() == null ? "" : line.target().text(), "by", usedBy(line, locale)),
                locale);
        String missing = line.missing().stream().map(each -> of(each, locale))
                .collect(Collectors.joining(chinese(locale) ? "；" : "; "));
        return missing.isEmpty() ? said : new Said(said.what(), missing);
    }

    private static String usedBy(RefusedLine line, Locale locale) {
        return line.facts().stream().filter(fact -> fact.of() == Scope.EVIDENCE)
                .filter(fact -> fact.name().equals(RefusedLine.USED_BY))
                .flatMap(fact -> Optional.ofNullable(fact.value()).stream()).findFirst()
                .orElseGet(() -> Words.text(BUNDLE, "refusal.used-by-another", Map.of(), locale));
    }

    /** What would have to change. */
    public static String of(Shortfall missing, Locale locale) {
        String key = "missing." + Node.written(missing.test());
        String found = missing.found() == null
                ? Words.text(BUNDLE, "missing.not-stated", Map.of(), locale)
                : Words.text(BUNDLE, "missing.stated", Map.of("found", missing.found()), locale);
        return Words.text(BUNDLE, key, Map.of("name", missing.name(), "needed", missing.needed(),
                "found", found), locale);
    }

    private static boolean chinese(Locale locale) {
        return Words.language(locale).equals(Locale.CHINESE);
    }
}
