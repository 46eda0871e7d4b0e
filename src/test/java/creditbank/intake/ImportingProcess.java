package creditbank.intake;

import creditbank.Bank;
import creditbank.intake.Oulad.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An import in a process of its own, to be killed or measured: prints a line at each progress, and
 * at the end what became of the file.
 *
 * <p>Arguments: the folder of the bank, the file, the profile, and {@code dry} for a dry run.
 */
final class ImportingProcess {

    private ImportingProcess() {
    }

    public static void main(String[] arguments) throws IOException {
        Profile profile = Profiles.nameOrPath(arguments[2]);
        boolean dry = arguments.length > 3 && arguments[3].equals("dry");
        try (Bank bank = Oulad.open(Path.of(arguments[0]))) {
            long start = System.nanoTime();
            Outcome outcome = Oulad.intake(bank).run(Path.of(arguments[1]), profile,
                    new Options(dry, null, true, "user/test", null),
                    p -> System.out.println(p.step() + " " + p.percent() + "% rows " + p.rows()
                            + " recorded " + p.recorded()));
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%,d rows in %.2f s, %,.0f rows a second; finished %s, recorded %d,"
                    + " already there %d, rejected %s%n", outcome.rows(), seconds,
                    outcome.rows() / seconds, outcome.finished(), outcome.recorded(),
                    outcome.alreadyThere(), outcome.rejected());
            Path status = Path.of("/proc/self/status");
            if (Files.exists(status)) {
                Files.readAllLines(status).stream().filter(l -> l.startsWith("VmHWM"))
                        .forEach(System.out::println);
            }
            if (outcome.rows() < 1_000_000) {
                System.out.println(Figures.of(bank));
            }
        }
    }

    /** Starts this class in a Java of its own, as this one was started. */
    static ProcessBuilder command(List<String> javaArguments, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(javaArguments);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"),
                ImportingProcess.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }
}
