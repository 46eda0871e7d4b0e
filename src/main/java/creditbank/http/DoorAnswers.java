package creditbank.http;

import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.Shortfall;
import creditbank.api.rulebook.Jurisdiction;
import creditbank.enactment.Rulebooks;
import creditbank.http.DecisionAnswers.ClauseAnswer;
import creditbank.projections.Views;
import creditbank.rulebook.Door;
import creditbank.rulebook.Rulebook;
import creditbank.rulebook.RulebookWords;
import creditbank.words.Words;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The doors (资格) that rulebooks open, as people read them. */
@Component
class DoorAnswers {

    private static final int AT_ONCE = 500;

    private final Rulebooks rulebooks;
    private final Views views;

    DoorAnswers(Rulebooks rulebooks, Views views) {
        this.rulebooks = rulebooks;
        this.views = views;
    }

    /**
     * A requirement of a door.
     *
     * @param counts   which evidence is counted, in plain words
     * @param evidence the pieces that were counted
     */
    record RequiredAnswer(String name, boolean met, String found, String needed, String counts,
            List<EvidenceId> evidence) {
    }

    /**
     * What would open a door.
     *
     * @param says  in plain words
     * @param facts the same for programs
     */
    record RemedyAnswer(@Nullable EvidenceId nearest, List<String> says, List<Shortfall> facts) {
    }

    /**
     * A door, open or shut.
     *
     * @param to       the rulebook's name for it
     * @param openedBy the pieces of evidence that open it
     * @param remedy   of a shut door, beside the requirements that are not met
     */
    record DoorAnswer(RulebookVersion rulebook, Jurisdiction jurisdiction, ClauseAnswer clause,
            String to, boolean open, List<EvidenceId> openedBy,
            List<RequiredAnswer> requirements, @Nullable RemedyAnswer remedy) {
    }

    DoorAnswer of(RulebookVersion version, Door door, Locale locale) {
        Rulebook rulebook = rulebooks.get(version);
        boolean chinese = Words.language(locale).equals(Locale.CHINESE);
        return new DoorAnswer(version, rulebook.jurisdiction(),
                new ClauseAnswer(door.clause(), rulebook.summary(door.clause())
                        .map(words -> chinese ? words.zh() : words.en()).orElse("")),
                door.to(), door.open(), door.openedBy(),
                door.requires().stream().map(demand -> required(demand, locale)).toList(),
                door.open() ? null : new RemedyAnswer(door.nearest(), door.missing().stream()
                        .map(each -> RulebookWords.of(each, locale)).toList(), door.missing()));
    }

    static RequiredAnswer required(Door.Demand demand, Locale locale) {
        return new RequiredAnswer(demand.line().name(), demand.line().met(),
                demand.line().found(), demand.line().needed(),
                RulebookWords.counted(demand, locale), demand.evidence());
    }

    /** The versions in force on a day that open doors at all, by id. */
    List<Rulebook> inForce(LocalDate day, Predicate<Jurisdiction> whose) {
        List<Rulebook> found = new ArrayList<>();
        Views.Range range = creditbank.projections.Rulebooks.of(null, AT_ONCE);
        while (true) {
            var rows = views.page(creditbank.projections.Rulebooks.RULEBOOKS, range);
            for (var row : rows) {
                if (row.document().isInForce(day)
                        && whose.test(row.document().head().jurisdiction())) {
                    Rulebook rulebook = rulebooks.get(row.document().rulebook());
                    if (!rulebook.doors().isEmpty()) {
                        found.add(rulebook);
                    }
                }
            }
            if (rows.size() < AT_ONCE) {
                return found;
            }
            range = range.behind(rows.getLast().at());
        }
    }
}
