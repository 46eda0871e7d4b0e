package creditbank.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.rulebook.Allocation.At;
import creditbank.rulebook.Allocation.Bound;
import creditbank.rulebook.Allocation.Choice;
import creditbank.rulebook.Allocation.Line;
import creditbank.rulebook.Allocation.Measure;
import creditbank.rulebook.Allocation.Option;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BestAllocationTest {

    private static final int MOST_OPTIONS = 11;

    @RepeatedTest(300)
    void it_is_what_trying_everything_finds(RepetitionInfo repetition) {
        Allocation asked = random(new Random(repetition.getCurrentRepetition()));
        Choice choice = BestAllocation.of(asked);
        assertThat(choice.proven()).isTrue();
        assertThat(choice.amounts()).as("%s", asked).isEqualTo(exhaustively(asked));
    }

    @RepeatedTest(200)
    void certificates_packed_into_courses_are_what_trying_everything_finds(
            RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Allocation asked = certificates(random, 2 + random.nextInt(3), 3 + random.nextInt(3), 4);
        Choice choice = BestAllocation.of(asked);
        assertThat(choice.proven()).isTrue();
        assertThat(choice.amounts()).as("%s", asked).isEqualTo(exhaustively(asked));
    }

    @RepeatedTest(100)
    void outcomes_that_replace_one_course_each_under_shares_are_what_trying_everything_finds(
            RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Allocation packed = certificates(random, 3 + random.nextInt(3), 3 + random.nextInt(2), 5);
        List<Bound> bounds = new ArrayList<>(packed.bounds());
        for (int piece = 0; piece < packed.days().size(); piece++) {
            int own = piece;
            bounds.add(new Bound(Measure.TARGETS,
                    lines(packed, at -> packed.options().get(at.option()).piece() == own), 1));
        }
        for (int share = 0; share < 2; share++) {
            int own = share;
            bounds.add(new Bound(Measure.CREDITS,
                    lines(packed, at -> packed.line(at).target() % 2 == own),
                    100L * (2 + random.nextInt(6))));
        }
        Allocation asked = new Allocation(packed.days(), packed.options(), bounds.stream()
                .filter(bound -> !bound.lines().isEmpty()).toList());
        Choice choice = BestAllocation.of(asked);
        assertThat(choice.proven()).isTrue();
        assertThat(choice.amounts()).as("%s", asked).isEqualTo(exhaustively(asked));
    }

    @RepeatedTest(20)
    void forty_certificates_over_forty_courses_get_a_valid_choice_no_worse_than_taking_what_fits(
            RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Allocation asked = certificates(random, 40, 40, 8);
        Choice choice = BestAllocation.of(asked);
        assertThat(fits(asked, choice.amounts())).isTrue();
        assertThat(asked.gain(choice.amounts()))
                .isGreaterThanOrEqualTo(asked.gain(Greedy.fill(asked)))
                .isLessThanOrEqualTo(Ceiling.of(asked));
        assertThat(BestAllocation.of(asked)).isEqualTo(choice);
    }

    /** Each of one of three levels, for courses of one of two kinds, and for both at the third. */
    private static Allocation certificates(Random random, int pieces, int courses, int most) {
        long[] credits = random.longs(courses, 1, 6).map(c -> 100 * c).toArray();
        int[] natures = random.ints(courses, 0, 2).toArray();
        List<Long> days = new ArrayList<>();
        List<Option> options = new ArrayList<>();
        List<Long> worths = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            int level = random.nextInt(3);
            worths.add(100L * (1 + random.nextInt(most)));
            days.add((long) random.nextInt(1_000));
            for (int course = 0; course < courses; course++) {
                if (credits[course] <= worths.getLast() && (level == 2 || level == natures[course])
                        && (pieces > 10 || options.size() < MOST_OPTIONS + 2)) {
                    options.add(new Option(piece, List.of(
                            new Line(course, credits[course], credits[course], 0))));
                }
            }
        }
        Allocation free = new Allocation(days, options, List.of());
        List<Bound> bounds = new ArrayList<>();
        for (int piece = 0; piece < pieces; piece++) {
            int own = piece;
            bounds.add(new Bound(Measure.CREDITS, lines(free,
                    at -> options.get(at.option()).piece() == own), worths.get(piece)));
        }
        for (int course = 0; course < courses; course++) {
            int own = course;
            List<At> lines = lines(free, at -> free.line(at).target() == own);
            bounds.add(new Bound(Measure.CREDITS, lines, credits[course]));
            bounds.add(new Bound(Measure.PIECES, lines, 1));
        }
        return new Allocation(days, options, bounds.stream()
                .filter(bound -> !bound.lines().isEmpty()).toList());
    }

    private static List<At> lines(Allocation asked, Predicate<At> which) {
        return IntStream.range(0, asked.options().size()).mapToObj(i -> new At(i, 0))
                .filter(which).toList();
    }

    @Test
    void nothing_to_choose_from_is_nothing_chosen() {
        assertThat(BestAllocation.of(new Allocation(List.of(), List.of(), List.of())))
                .isEqualTo(new Choice(List.of(), true));
    }

    @Test
    void amounts_beyond_the_solvers_numbers_still_get_a_valid_choice_that_says_what_it_is() {
        Allocation asked = new Allocation(List.of(1L, 2L, 3L), List.of(
                new Option(0, List.of(new Line(0, 99_999_999, 99_999_999, 0))),
                new Option(1, List.of(new Line(0, 60_000_001, 60_000_001, 0))),
                new Option(2, List.of(new Line(0, 50_000_003, 50_000_003, 0)))),
                List.of(new Bound(Measure.CREDITS,
                        List.of(new At(0, 0), new At(1, 0), new At(2, 0)), 115_000_000)));
        Choice choice = BestAllocation.of(asked);
        assertThat(choice.proven()).isFalse();
        assertThat(new Tally(asked, choice.amounts()).of(asked.bounds().getFirst()))
                .isBetween(1L, 115_000_000L);
    }

    @RepeatedTest(20)
    void a_line_that_may_count_in_part_fills_what_is_left(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        long first = 100 + random.nextInt(900);
        long second = 100 + random.nextInt(900);
        long room = 50 + random.nextInt(1500);
        Allocation asked = new Allocation(List.of(1L, 2L), List.of(
                new Option(0, List.of(new Line(0, 1, first, 0))),
                new Option(1, List.of(new Line(0, 1, second, 0)))), List.of(new Bound(
                        Measure.CREDITS, List.of(new At(0, 0), new At(1, 0)), room)));
        Choice choice = BestAllocation.of(asked);
        assertThat(choice.amounts().stream().flatMap(List::stream).mapToLong(a -> a).sum())
                .isEqualTo(Math.min(room, first + second));
        long chosen = choice.amounts().stream().filter(a -> !a.isEmpty()).count();
        assertThat(chosen).isEqualTo(room <= Math.max(first, second) ? 1 : 2);
    }

    @RepeatedTest(200)
    void with_lines_that_count_in_part_nothing_gains_more_with_as_few_and_as_early_pieces(
            RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        List<Option> options = new ArrayList<>();
        for (int piece = 0; piece < 4; piece++) {
            List<Line> lines = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(5) / 4; i++) {
                long most = 25L * (1 + random.nextInt(5));
                lines.add(new Line(random.nextInt(3), random.nextBoolean() ? 1 : most, most, 0));
            }
            options.add(new Option(piece / 2 * 2, lines));
        }
        List<At> all = new ArrayList<>();
        for (int i = 0; i < options.size(); i++) {
            for (int j = 0; j < options.get(i).lines().size(); j++) {
                all.add(new At(i, j));
            }
        }
        List<Bound> bounds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<At> some = all.stream().filter(at -> random.nextInt(3) > 0).toList();
            if (!some.isEmpty()) {
                Measure measure = Measure.values()[random.nextInt(3)];
                bounds.add(new Bound(measure, some, measure == Measure.CREDITS
                        ? 25L * (1 + random.nextInt(10)) : 1 + random.nextInt(2)));
            }
        }
        Allocation asked = new Allocation(List.of(3L, 0L, (long) random.nextInt(6)), options,
                bounds);
        Choice choice = BestAllocation.of(asked);
        assertThat(choice.proven()).isTrue();
        assertThat(fits(asked, choice.amounts())).isTrue();
        assertThat(Arrays.copyOf(score(asked, choice.amounts()), 3)).as("%s", asked)
                .isEqualTo(bestInParts(asked, List.of(), new long[] {-1, 0, 0}));
    }

    private static boolean fits(Allocation asked, List<List<Long>> choice) {
        Tally tally = new Tally(asked, choice);
        return asked.bounds().stream().allMatch(bound -> tally.of(bound) <= bound.most());
    }

    /** Tries all amounts in steps of 25, as all that is given is a multiple of it. */
    private static long[] bestInParts(Allocation asked, List<List<Long>> begun, long[] best) {
        if (begun.size() == asked.options().size()) {
            long[] own = Arrays.copyOf(score(asked, begun), 3);
            return fits(asked, begun) && Arrays.compare(own, best) > 0 ? own : best;
        }
        List<List<Long>> ways = new ArrayList<>(List.of(List.of()));
        for (Line line : asked.options().get(begun.size()).lines()) {
            List<List<Long>> longer = new ArrayList<>();
            for (List<Long> way : ways) {
                for (long amount = line.least() == 1 ? 25 : line.most(); amount <= line.most();
                        amount += 25) {
                    List<Long> next = new ArrayList<>(way);
                    next.add(amount);
                    longer.add(next);
                }
            }
            ways = longer;
        }
        ways.add(List.of());
        long[] found = best;
        for (List<Long> way : ways) {
            List<List<Long>> next = new ArrayList<>(begun);
            next.add(way);
            found = bestInParts(asked, next, found);
        }
        return found;
    }

    private static Allocation random(Random random) {
        int pieces = 2 + random.nextInt(4);
        List<Long> days = new ArrayList<>();
        for (int i = 0; i < pieces; i++) {
            days.add((long) random.nextInt(random.nextBoolean() ? 4 : 40_000));
        }
        List<Option> options = new ArrayList<>();
        int many = 2 + random.nextInt(MOST_OPTIONS - 1);
        for (int i = 0; i < many; i++) {
            List<Line> lines = new ArrayList<>();
            for (int j = 0; j <= random.nextInt(4) / 3; j++) {
                long amount = 50L * (1 + random.nextInt(8));
                boolean exemption = random.nextInt(6) == 0;
                lines.add(new Line(random.nextInt(5), exemption ? 0 : amount,
                        exemption ? 0 : amount, exemption ? amount : 0));
            }
            options.add(new Option(random.nextInt(pieces), lines));
        }
        options.sort(Comparator.comparingInt(Option::piece));
        List<Bound> bounds = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(6); i++) {
            List<At> lines = new ArrayList<>();
            for (int option = 0; option < options.size(); option++) {
                for (int line = 0; line < options.get(option).lines().size(); line++) {
                    if (random.nextInt(3) > 0) {
                        lines.add(new At(option, line));
                    }
                }
            }
            Measure measure = Measure.values()[random.nextInt(3)];
            if (!lines.isEmpty()) {
                bounds.add(new Bound(measure, lines, measure == Measure.CREDITS
                        ? 25L * random.nextInt(60) : random.nextInt(4)));
            }
        }
        return new Allocation(days, options, bounds);
    }

    // ------------------------------------------------------------------ trying everything

    private static List<List<Long>> exhaustively(Allocation asked) {
        List<List<Long>> best = List.of();
        long[] score = {-1};
        for (int mask = 0; mask < 1 << asked.options().size(); mask++) {
            List<List<Long>> choice = new ArrayList<>();
            for (int i = 0; i < asked.options().size(); i++) {
                choice.add((mask >> i & 1) == 0 ? List.of()
                        : asked.options().get(i).lines().stream().map(Line::most).toList());
            }
            Tally tally = new Tally(asked, choice);
            long[] own = score(asked, choice);
            if (asked.bounds().stream().allMatch(b -> tally.of(b) <= b.most())
                    && Arrays.compare(own, score) > 0) {
                best = choice;
                score = own;
            }
        }
        return best;
    }

    /** What is compared, one after the other. */
    private static long[] score(Allocation asked, List<List<Long>> choice) {
        TreeSet<Integer> pieces = new TreeSet<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < choice.size(); i++) {
            order.add(i);
            if (!choice.get(i).isEmpty()) {
                pieces.add(asked.options().get(i).piece());
            }
        }
        order.sort(Comparator.comparingInt((Integer i) -> asked.options().get(i).piece())
                .thenComparingLong(i -> -asked.options().get(i).gain()));
        List<Long> score = new ArrayList<>();
        score.add(asked.gain(choice));
        score.add((long) -pieces.size());
        score.add(-pieces.stream().mapToLong(asked.days()::get).sum());
        for (int piece = 0; piece < asked.days().size(); piece++) {
            score.add(pieces.contains(piece) ? 1L : 0L);
        }
        order.forEach(i -> score.add(choice.get(i).isEmpty() ? 0L : 1L));
        return score.stream().mapToLong(s -> s).toArray();
    }
}
