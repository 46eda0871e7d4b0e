package creditbank.projections;

import creditbank.api.EventTypes;
import creditbank.api.Recorded;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * At which positions did an actor do something, is an institution concerned, did something of a
 * kind happen? Positions alone are kept, in runs; all else stands in the entries. What is of a
 * learner stands in their streams, so nothing is kept of it here.
 */
public final class Trail implements Projection {

    /**
     * How many positions a run holds. A longer one is written anew for more of the entries that
     * come one by one; a shorter one makes more documents of a file that is read in.
     */
    static final int LONGEST_RUN = 250;

    /** By what entries are found. */
    public enum Facet {
        /** As the entry names it: {@code user/registrar}. */
        ACTOR,
        /** Its id, see {@link Concerned#institutions}. */
        INSTITUTION,
        /** The stored name of its event: {@code account.opened}. */
        KIND
    }

    /** @param positions in their order, at least one */
    public record Run(List<Long> positions) {
        public Run {
            positions = List.copyOf(positions);
        }

        private Run plus(long position) {
            List<Long> longer = new ArrayList<>(positions.size() + 1);
            longer.addAll(positions);
            longer.add(position);
            return new Run(longer);
        }

        private long last() {
            return positions.getLast();
        }
    }

    /** @param first the position with which the run begins that is being added to */
    record Newest(long first) {
    }

    /** Key: facet, bar, value, bar, first position. */
    static final View<Run> RUNS = new View<>("trail_runs", Run.class, List.of());

    /** Key: facet, bar, value. */
    static final View<Newest> NEWEST = new View<>("trail_newest", Newest.class, List.of());

    private static String key(Facet facet, String value) {
        return facet + "|" + value;
    }

    // ------------------------------------------------------------------ questions

    /**
     * Part of an answer.
     *
     * @param positions in their order
     * @param next      from where to go on; null where there is nothing more
     */
    public record Found(List<Long> positions, @Nullable Long next) {
    }

    /**
     * The positions at which all is as asked for, by going from list to list to the next position
     * that the one before has too.
     *
     * @param where     at least one facet with its value
     * @param from      inclusive
     * @param until     exclusive
     * @param most      how many positions are wanted
     * @param mostReads how many documents may be read for it, about; where they are read and
     *                  something is left, {@link Found#next} says so even if nothing was found
     */
    public static Found find(Views views, Map<Facet, String> where, long from, long until,
            int most, int mostReads) {
        List<Line> lines = where.entrySet().stream()
                .map(each -> new Line(views, key(each.getKey(), each.getValue()))).toList();
        List<Long> found = new ArrayList<>();
        long at = from;
        while (at < until) {
            if (found.size() == most
                    || lines.stream().mapToInt(line -> line.reads).sum() >= mostReads) {
                return new Found(found, at);
            }
            long next = at;
            for (Line line : lines) {
                next = line.atOrBehind(next);
            }
            if (next == at) {
                found.add(at);
                at++;
            } else {
                at = next;
            }
        }
        return new Found(found, null);
    }

    /** All positions of one value, of which one run is in the hand. */
    private static final class Line {
        private static final long NONE = Long.MAX_VALUE;

        private final Views views;
        private final String prefix;
        private @Nullable Run run;
        private int reads;

        Line(Views views, String key) {
            this.views = views;
            this.prefix = key + "|";
        }

        /** The first position not before another, which never goes back; or {@link #NONE}. */
        long atOrBehind(long position) {
            if (position == NONE) {
                return NONE;
            }
            Run held = run;
            if (held == null || held.last() < position) {
                held = read(position);
                run = held;
            }
            if (held == null) {
                return NONE;
            }
            int place = Collections.binarySearch(held.positions, position);
            return held.positions.get(place >= 0 ? place : -place - 1);
        }

        /** The run that holds the first position not before another. */
        private @Nullable Run read(long position) {
            Views.Range all = Views.Range.ofKeys(prefix, 1);
            String behind = prefix + View.ordered(position) + '\0';
            Run before = one(new Views.Range(null, all.from(), behind, true, 1));
            return before != null && before.last() >= position ? before
                    : one(new Views.Range(null, behind, all.to(), false, 1));
        }

        private @Nullable Run one(Views.Range range) {
            reads++;
            return views.page(RUNS, range).stream().map(Views.Row::document).findFirst()
                    .orElse(null);
        }
    }

    // ------------------------------------------------------------------ fold

    @Override
    public String name() {
        return "trail";
    }

    @Override
    public int version() {
        return 1;
    }

    /** An auditor can wait a moment; who writes should not. */
    @Override
    public boolean isPrompt() {
        return false;
    }

    @Override
    public List<View<?>> views() {
        return List.of(RUNS, NEWEST);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        add(Facet.ACTOR, entry.actor(), entry, documents);
        add(Facet.KIND, EventTypes.of(entry.event()).name(), entry, documents);
        Concerned.institutions(entry).forEach(institution ->
                add(Facet.INSTITUTION, institution.text(), entry, documents));
    }

    private static void add(Facet facet, String value, Recorded entry, Documents documents) {
        String key = key(facet, value);
        long position = entry.position();
        Newest newest = documents.get(NEWEST, key);
        Run run = newest == null ? null : documents.get(RUNS, runKey(key, newest.first));
        if (newest == null || run == null || run.positions.size() == LONGEST_RUN) {
            documents.put(NEWEST, key, new Newest(position));
            documents.put(RUNS, runKey(key, position), new Run(List.of(position)));
        } else {
            documents.put(RUNS, runKey(key, newest.first), run.plus(position));
        }
    }

    private static String runKey(String key, long first) {
        return key + "|" + View.ordered(first);
    }
}
