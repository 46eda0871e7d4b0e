package creditbank;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NoCallHomeTest {

    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final String LISTENING = "0A";

    @TempDir
    Path folder;

    @Test
    @Timeout(120)
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads the connections of a process from /proc")
    void starting_and_serving_looks_up_no_name_and_opens_no_connection_to_elsewhere()
            throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        Process process = spiedOn(Creditbank.class,
                "--creditbank.data=" + folder.resolve("data"), "--server.port=0");
        List<String> printed = new ArrayList<>();
        Set<String> remotes = new TreeSet<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                printed.add(line);
                remotes.addAll(remotes(process.pid()));
                if (line.startsWith("Three things to try")) {
                    break;
                }
            }
            // What would call home does so in the background, soon after the start.
            for (int i = 0; i < 30 && process.isAlive(); i++) {
                process.waitFor(100, TimeUnit.MILLISECONDS);
                remotes.addAll(remotes(process.pid()));
            }
        } finally {
            process.destroy();
            process.waitFor();
        }
        assertThat(printed).as("it started").anyMatch(l -> l.contains("is open at"));
        assertThat(printed).filteredOn(l -> l.contains(SpyingResolver.MARK))
                .as("names other than this machine's").allMatch(l -> isThisMachine(l.substring(
                        l.indexOf(SpyingResolver.MARK) + SpyingResolver.MARK.length())));
        assertThat(remotes).as("connections to elsewhere").isEmpty();
        try (Stream<Path> left = Files.walk(home)) {
            assertThat(left.filter(Files::isRegularFile)).as("files left in the user's home")
                    .isEmpty();
        }
    }

    @Test
    @Timeout(60)
    void a_program_that_looks_up_a_name_is_noticed() throws Exception {
        Process process = spiedOn(LooksUpAName.class, "creditbank.invalid");
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.lines()).contains(SpyingResolver.MARK + "creditbank.invalid");
        } finally {
            process.destroy();
            process.waitFor();
        }
    }

    /** Starts a program whose every look-up of a name is printed. */
    private Process spiedOn(Class<?> program, String... arguments) throws IOException {
        Path services = Files.createDirectories(folder.resolve("spy/META-INF/services"));
        Files.writeString(services.resolve("java.net.spi.InetAddressResolverProvider"),
                SpyingResolver.class.getName());
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Duser.home=" + folder.resolve("home"),
                "-cp", folder.resolve("spy") + ":" + System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static boolean isThisMachine(String host) {
        try {
            return host.equals("localhost") || host.startsWith("127.")
                    || host.equals(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** Addresses that sockets of this process are connected to, but for this machine's own. */
    private static List<String> remotes(long pid) throws IOException {
        Set<String> sockets = new TreeSet<>();
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            for (Path each : open.toList()) {
                if (Files.isSymbolicLink(each)) {
                    String target = Files.readSymbolicLink(each).toString();
                    if (target.startsWith("socket:[")) {
                        sockets.add(target.substring(8, target.length() - 1));
                    }
                }
            }
        } catch (IOException gone) {
            // A file descriptor or the process was closed while it was looked at.
        }
        List<String> remotes = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path path = Path.of("/proc/" + pid + "/net/" + table);
            for (String line : Files.exists(path) ? Files.readAllLines(path) : List.<String>of()) {
                String[] fields = line.strip().split("\\s+");
                if (sockets.contains(fields[9]) && !fields[STATE].equals(LISTENING)
                        && !isLoopback(fields[REMOTE])) {
                    remotes.add(fields[REMOTE]);
                }
            }
        }
        return remotes;
    }

    /** As the kernel writes it: the address in hexadecimal, each word in the machine's order. */
    private static boolean isLoopback(String remote) {
        byte[] bytes = HexFormat.of().parseHex(remote.substring(0, remote.indexOf(':')));
        boolean v4 = bytes.length == 4 && bytes[3] == 127;
        boolean v4InV6 = bytes.length == 16 && bytes[15] == 127
                && remote.startsWith("0000000000000000FFFF0000");
        return v4 || v4InV6 || remote.startsWith("00000000000000000000000001000000");
    }
}
