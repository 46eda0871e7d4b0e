package creditbank.projections;

import static creditbank.projections.IndicatorFacts.INSTITUTIONS;
import static creditbank.projections.IndicatorFacts.learner;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.AchievementKind;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import creditbank.projections.Indicators.Span;
import creditbank.projections.Indicators.Total;
import creditbank.projections.Place.Scope;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A seed tells a whole history; a plain list of what stands is counted anew for every question. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IndicatorHistoriesTest {

    private static final int EVENTS = 150;
    private static final YearMonth FIRST = YearMonth.of(2024, 11);
    private static final int MONTHS = 8;
    private static final List<Scope> SCOPES = List.of(Scope.ALL,
            Scope.of(IndicatorFacts.COLLEGE), Scope.of(new Region("210000"), null),
            Scope.of(new Region("210604"), null), Scope.of((Region) null, Sector.ADULT),
            Scope.of(new Region("210000"), Sector.ADULT));

    private static final class Standing {
        private final LearnerId learner;
        private final int number;
        private InstitutionId issuer;
        private LocalDate on;
        private boolean revoked;

        private Standing(LearnerId learner, int number, InstitutionId issuer, LocalDate on) {
            this.learner = learner;
            this.number = number;
            this.issuer = issuer;
            this.on = on;
        }
    }

    private final IndicatorFacts facts = new IndicatorFacts();
    private final List<Standing> all = new ArrayList<>();
    private final int[] numbers = new int[5];

    private void history(Random random) {
        for (int i = 0; i < EVENTS; i++) {
            InstitutionId issuer = INSTITUTIONS.get(random.nextInt(3));
            LocalDate on = FIRST.plusMonths(random.nextInt(MONTHS)).atDay(1 + random.nextInt(28));
            int draw = random.nextInt(10);
            List<Standing> standing = all.stream().filter(s -> !s.revoked).toList();
            if (draw < 6 || standing.isEmpty()) {
                int n = random.nextInt(numbers.length);
                facts.record(learner(n), AchievementKind.TRAINING, issuer, on.toString());
                all.add(new Standing(learner(n), ++numbers[n], issuer, on));
            } else {
                Standing one = standing.get(random.nextInt(standing.size()));
                if (draw < 8) {
                    facts.revoke(one.learner, one.number);
                    one.revoked = true;
                } else {
                    facts.correct(one.learner, one.number, issuer, on.toString());
                    one.issuer = issuer;
                    one.on = on;
                }
            }
        }
    }

    private Total recount(Scope scope, Span span) {
        List<Standing> in = all.stream().filter(s -> {
            Place place = facts.shelf.get(Indicators.PLACES, s.issuer.text());
            YearMonth month = YearMonth.from(s.on);
            return place != null && scope.covers(place) && !month.isBefore(span.from())
                    && !month.isAfter(span.until());
        }).toList();
        return new Total(span.from(), span.until(),
                in.stream().filter(s -> !s.revoked).count(),
                in.stream().filter(s -> !s.revoked).map(s -> s.learner).distinct().count(),
                in.stream().filter(s -> s.revoked).count());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void every_figure_of_every_span_is_what_a_recount_finds(long seed) {
        history(new Random(seed));
        for (int from = 0; from < MONTHS; from++) {
            for (int until = from; until < MONTHS; until++) {
                Span span = new Span(FIRST.plusMonths(from), FIRST.plusMonths(until));
                for (Scope scope : SCOPES) {
                    assertThat(Indicators.of(facts.shelf, Figure.TRAINING, scope, List.of(span)))
                            .as(scope.toString()).containsExactly(recount(scope, span));
                    assertThat(new Behind(facts.shelf, Figure.TRAINING, span)
                            .page(scope, null, EVENTS).counted()).as(scope.toString())
                            .hasSize((int) (recount(scope, span).personTimes()
                                    + recount(scope, span).takenBack()));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 7})
    void the_same_entries_folded_again_leave_the_same_documents(long seed) {
        history(new Random(seed));
        Shelf again = new Shelf();
        Projection projection = new Indicators();
        facts.entries.forEach(entry -> projection.fold(entry, again));

        projection.views().forEach(view ->
                assertThat(again.all(view)).isEqualTo(facts.shelf.all(view)));
    }
}
