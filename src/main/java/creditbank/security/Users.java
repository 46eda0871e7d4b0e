package creditbank.security;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionId;
import creditbank.files.PrivateFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * {@code users.yaml} in the data folder: a list of users with BCrypt hashes, written by the first
 * start and edited by the operator afterwards.
 */
public final class Users {

    /**
     * A user as the file names them.
     *
     * @param password BCrypt hash, beginning with {@code $2}
     */
    public record User(String name, String password, Role role,
            @Nullable InstitutionId institution, @Nullable LearnerId learner) {

        public User {
            if (!name.matches("[A-Za-z0-9._-]{1,60}")) {
                throw new IllegalArgumentException("A user's name has 1 to 60 letters, digits"
                        + " and . _ -; found \"" + name + "\"");
            }
            if (!password.startsWith("$2")) {
                throw new IllegalArgumentException("User " + name + ": the password is kept as"
                        + " a BCrypt hash that begins with $2");
            }
        }

        Caller caller() {
            return new Caller(name, role, institution, learner);
        }
    }

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .changeDefaultPropertyInclusion(i -> i.withValueInclusion(
                    JsonInclude.Include.NON_NULL))
            .build();

    private static final int PASSWORD_LENGTH = 16;

    private final Map<String, User> users;

    public Users(List<User> users) {
        users.forEach(User::caller);
        this.users = users.stream()
                .collect(Collectors.toUnmodifiableMap(User::name, Function.identity()));
    }

    public static Users read(Path file) {
        try {
            return new Users(Files.exists(file)
                    ? List.of(YAML.readValue(Files.readString(file), User[].class)) : List.of());
        } catch (JacksonException | IllegalArgumentException | IllegalStateException
                | NullPointerException | MalformedInputException e) {
            throw new IllegalStateException(file + " cannot be used: " + e.getMessage()
                    + ". Mend it, or delete it: the next start makes users anew and shows their"
                    + " passwords.", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** Writes the file as a whole and durably, readable by the bank's user alone. */
    public static void write(Path file, List<User> users) {
        new Users(users);
        try {
            PrivateFiles.write(file, YAML.writeValueAsBytes(users));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written", e);
        }
    }

    /** 80 random bits, in characters that are hard to mistake for one another. */
    public static String randomPassword(SecureRandom random) {
        StringBuilder password = new StringBuilder();
        for (int i = 0; i < PASSWORD_LENGTH; i++) {
            password.append(LearnerId.ALPHABET.charAt(random.nextInt(32)));
        }
        return password.toString();
    }

    /** As the file keeps a password. */
    public static String hash(String password) {
        return String.valueOf(new BCryptPasswordEncoder().encode(password));
    }

    public Collection<User> all() {
        return users.values();
    }

    public Optional<User> find(String name) {
        return Optional.ofNullable(users.get(name));
    }
}
