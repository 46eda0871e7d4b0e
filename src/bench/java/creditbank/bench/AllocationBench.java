package creditbank.bench;

import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.rulebook.Ask;
import creditbank.rulebook.Case;
import creditbank.rulebook.Engine;
import creditbank.rulebook.Evidence;
import creditbank.rulebook.Programme;
import creditbank.rulebook.Rulebook;
import creditbank.rulebook.RulebookReader;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The best allocation of 50 pieces of evidence over 60 courses, under the shipped rulebooks whose
 * shares and counts make them compete; a row for each, over several random cases.
 */
final class AllocationBench {

    private static final int PIECES = 50;
    private static final int SLOTS = 60;
    private static final int CASES = 20;

    /** Processor time: the machine may have other work. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private AllocationBench() {
    }

    static void print() throws IOException {
        System.out.printf("%n| best allocation of %d pieces over %d courses, goal 50 ms"
                + " | median of %d cases | worst | proven |%n|---|---|---|---|%n", PIECES, SLOTS,
                CASES);
        for (String name : List.of("cn-guangdong-replacement", "cn-x-course-replacement")) {
            row(name, read(name));
        }
    }

    private static void row(String name, Rulebook rulebook) {
        List<Double> millis = new ArrayList<>();
        int proven = 0;
        for (int round = 0; round < 4; round++) {
            millis.clear();
            proven = 0;
            for (int seed = 0; seed < CASES; seed++) {
                Case in = random(new Random(seed));
                long start = THREADS.getCurrentThreadCpuTime();
                Decision decision = Engine.decide(in, rulebook);
                millis.add((THREADS.getCurrentThreadCpuTime() - start) / 1e6);
                proven += decision.search() == Decision.Search.PROVEN ? 1 : 0;
            }
        }
        millis.sort(null);
        System.out.printf("| %s | %.1f ms | %.1f ms | %d |%n", name, millis.get(CASES / 2),
                millis.getLast(), proven);
    }

    private static Rulebook read(String name) throws IOException {
        try (InputStream in = AllocationBench.class.getResourceAsStream(
                "/rulebooks/" + name + ".yaml")) {
            String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return ((RulebookReader.Reading.Read) RulebookReader.read(yaml)).rulebook();
        }
    }

    private static Case random(Random random) {
        List<Programme.Course> courses = new ArrayList<>();
        for (int i = 0; i < SLOTS; i++) {
            boolean professional = random.nextInt(3) > 0;
            courses.add(new Programme.Course("C" + i, professional ? "professional" : "public",
                    100L * (1 + random.nextInt(5)), Attributes.NONE.with("nature", List.of(
                            professional ? "professional" : "public",
                            random.nextBoolean() ? "core" : "basic"))));
        }
        List<Evidence> evidence = new ArrayList<>();
        List<String> levels = List.of("ELEMENTARY", "INTERMEDIATE", "ADVANCED");
        for (int i = 0; i < PIECES; i++) {
            LocalDate day = LocalDate.of(2020, 1, 1).plusDays(random.nextInt(1500));
            long credits = 100L * (1 + random.nextInt(8));
            evidence.add(new Evidence(new EvidenceId("e" + i), Attributes.NONE
                    .with("kind", "SKILL_CERTIFICATE")
                    .with("level", levels.get(random.nextInt(3)))
                    .with("recognised-credits", credits),
                    new Credits(credits, CreditUnit.CN), day, day));
        }
        return new Case(LocalDate.of(2025, 3, 1), evidence, Attributes.NONE,
                new Programme(Attributes.NONE, 18_000L, List.of(
                        new Programme.Group("professional", 12_000L, null, Attributes.NONE),
                        new Programme.Group("public", 6_000L, null, Attributes.NONE)), courses),
                List.of(), Attributes.NONE, new Ask.Best());
    }
}
