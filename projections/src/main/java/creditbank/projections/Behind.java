package creditbank.projections;

import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.projections.Indicators.Span;
import creditbank.projections.Place.Scope;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of the ledger are behind a figure? Read from the views that hold the facts
 * themselves, institution by institution, so nothing is kept twice for it.
 */
public final class Behind {

    /**
     * A fact that is or was counted.
     *
     * @param id       the achievement, the enrolment, or the recognition it is
     * @param on       its business day
     * @param standing false where it was taken back since
     * @param position of the entry that states it
     */
    public record Counted(InstitutionId institution, LearnerId learner, String id, LocalDate on,
            boolean standing, long position) {
    }

    /** @param next where the next page begins behind; null at the end */
    public record Page(List<Counted> counted, @Nullable String next) {
    }

    private static final int AT_ONCE = 500;
    /** Stands in no institution's id and in no place of a view. */
    private static final String BETWEEN = ";";

    private final Views views;
    private final Figure figure;
    private final Span span;

    public Behind(Views views, Figure figure, Span span) {
        this.views = views;
        this.figure = figure;
        this.span = span;
    }

    /**
     * By institution, and of each the newest first.
     *
     * @param behind where the page before ended; null for the first
     * @param most   how many
     */
    public Page page(Scope scope, @Nullable String behind, int most) {
        String[] at = behind == null ? new String[] {"", ""} : behind.split(BETWEEN, 2);
        List<Counted> found = new ArrayList<>();
        Views.Range institutions = Views.Range.ofKeys("", AT_ONCE);
        if (!at[0].isEmpty()) {
            // The institution in which the page before ended is looked at again.
            institutions = new Views.Range(null, at[0], institutions.to(), false, AT_ONCE);
        }
        while (true) {
            List<Views.Row<Place>> places = scope.institution() == null
                    ? views.page(Indicators.PLACES, institutions) : one(scope.institution());
            for (Views.Row<Place> row : places) {
                InstitutionId id = row.document().institution();
                if (scope.covers(row.document())) {
                    String place = add(found, id,
                            id.text().equals(at[0]) && at.length == 2 ? at[1] : "", most);
                    if (found.size() == most) {
                        return new Page(found, id + BETWEEN + place);
                    }
                }
            }
            if (places.size() < AT_ONCE) {
                return new Page(found, null);
            }
            institutions = institutions.behind(places.getLast().at());
        }
    }

    private List<Views.Row<Place>> one(InstitutionId institution) {
        Place place = views.get(Indicators.PLACES, institution.text());
        return place == null ? List.of() : List.of(new Views.Row<>(institution.text(), place));
    }

    /** Adds what there is of one institution until there are enough; answers how far it came. */
    private String add(List<Counted> found, InstitutionId institution, String behind, int most) {
        return switch (figure) {
            case ENROLMENTS, APPRENTICE_ENROLMENTS -> add(found, Enrolments.ENROLMENTS,
                    Enrolments.begunAt(institution, span, AT_ONCE), behind, most,
                    e -> figure == Figure.ENROLMENTS || e.employer() != null
                            ? new Counted(institution, e.id().learner(), e.id().toString(),
                                    e.begunOn(), true, e.position()) : null);
            case RECOGNISED_OUTCOMES -> add(found, Moves.MOVES,
                    Moves.to(institution, span, AT_ONCE), behind, most,
                    m -> m.recognition() == null ? null : new Counted(institution, m.learner(),
                            m.recognition().toString(), m.on(), m.standing(), m.position()));
            case TRANSFERRED_OUTCOMES -> add(found, Moves.MOVES,
                    Moves.to(institution, span, AT_ONCE), behind, most,
                    m -> m.became() == null ? null : new Counted(institution, m.learner(),
                            m.became().toString(), m.on(), m.standing(), m.position()));
            case COURSES, ONLINE_COURSES, TRAINING, APPRENTICESHIPS, ENTERPRISE_PRACTICE,
                    COMPETITION_AWARDS, EXAMS, SERVICE, COMMUNITY_LEARNING,
                    FOREIGN_QUALIFICATIONS, DIPLOMAS, SKILL_CERTIFICATES,
                    ELEMENTARY_CERTIFICATES, INTERMEDIATE_CERTIFICATES, ADVANCED_CERTIFICATES ->
                    add(found, Achievements.ACHIEVEMENTS, Achievements.ofIssuer(institution,
                                    figure.kind(), span.from().atDay(1),
                                    span.until().atEndOfMonth(), AT_ONCE), behind, most,
                            s -> figure.counts(s.achievement())
                                    ? new Counted(institution, s.id().learner(),
                                            s.id().toString(), s.achievement().happenedOn(),
                                            s.revokedOn() == null, s.position()) : null);
        };
    }

    private <T> String add(List<Counted> found, View<T> view, Views.Range all, String behind,
            int most, Function<T, @Nullable Counted> counted) {
        Views.Range range = behind.isEmpty() ? all : all.behind(behind);
        String at = behind;
        while (true) {
            List<Views.Row<T>> rows = views.page(view, range);
            for (Views.Row<T> row : rows) {
                at = row.at();
                Counted one = counted.apply(row.document());
                if (one != null && found.add(one) && found.size() == most) {
                    return at;
                }
            }
            if (rows.size() < AT_ONCE) {
                return at;
            }
            range = range.behind(at);
        }
    }
}
