package creditbank.rulebook;

import creditbank.api.recognition.RefusedLine;
import creditbank.api.recognition.Scope;
import creditbank.api.recognition.Shortfall;
import creditbank.api.rulebook.Mistake;
import creditbank.words.Words.Said;
import creditbank.words.Words;
import java.time.Period;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        return Words.text(BUNDLE, key, Map.of("name", name(missing.name(), locale), "needed",
                missing.needed(), "found", found), locale);
    }

    /** What people call an attribute; its own name where a rulebook made it up. */
    private static String name(String attribute, Locale locale) {
        return Words.known(BUNDLE, "attribute." + attribute, locale).orElse(attribute);
    }

    /** Which evidence is counted for a requirement, met or not. */
    public static String counted(Door.Demand demand, Locale locale) {
        Requirement requirement = demand.requirement();
        Condition of = requirement.of().condition();
        StringBuilder words = new StringBuilder(say("counted."
                + requirement.among().name().toLowerCase(Locale.ROOT), Map.of(), locale));
        if (!of.tests().isEmpty()) {
            words.append(say("counted.if", Map.of("test", of(of, locale)), locale));
        }
        if (requirement.within() != null) {
            words.append(say("counted.within",
                    Map.of("time", of(requirement.within(), locale)), locale));
        }
        return words.toString();
    }

    private static String of(Condition condition, Locale locale) {
        return switch (condition) {
            case Condition.All(List<Condition> parts) -> joined(parts, "counted.and", locale);
            case Condition.Any(List<Condition> parts) ->
                    "(" + joined(parts, "counted.or", locale) + ")";
            case Condition.Not(Condition part) -> of(part.contrary(), locale);
            case Condition.Test test -> say("test." + Node.written(test.how()),
                    Map.of("name", name(test.attribute().name(), locale), "needed",
                            test.written()), locale);
        };
    }

    private static String joined(List<Condition> parts, String between, Locale locale) {
        return parts.stream().filter(part -> !part.tests().isEmpty())
                .map(part -> of(part, locale))
                .collect(Collectors.joining(say(between, Map.of(), locale)));
    }

    private static String of(Period time, Locale locale) {
        return Stream.of(Map.entry("years", time.getYears()),
                        Map.entry("months", time.getMonths()), Map.entry("days", time.getDays()))
                .filter(part -> part.getValue() != 0)
                .map(part -> say("time." + part.getKey(),
                        Map.of("number", part.getValue().toString()), locale))
                .collect(Collectors.joining(" "));
    }

    private static String say(String key, Map<String, String> parts, Locale locale) {
        return Words.text(BUNDLE, key, parts, locale);
    }

    private static boolean chinese(Locale locale) {
        return Words.language(locale).equals(Locale.CHINESE);
    }
}
