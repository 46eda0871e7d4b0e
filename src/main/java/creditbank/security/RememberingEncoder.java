package creditbank.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * BCrypt takes a tenth of a second on purpose; HTTP Basic would ask for it with every request. So a
 * password that was right is remembered for some minutes, by its HMAC with a key that lives as long
 * as the process. A wrong one always pays the full price.
 */
final class RememberingEncoder implements PasswordEncoder {

    private static final String MAC = "HmacSHA256";

    private final BCryptPasswordEncoder bcrypt = new BCryptPasswordEncoder();
    private final SecretKeySpec key;
    private final Cache<String, Boolean> right = Caffeine.newBuilder()
            .maximumSize(10_000).expireAfterWrite(Duration.ofMinutes(10)).build();

    RememberingEncoder(SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        this.key = new SecretKeySpec(bytes, MAC);
    }

    @Override
    public @Nullable String encode(@Nullable CharSequence raw) {
        return bcrypt.encode(raw);
    }

    @Override
    public boolean matches(@Nullable CharSequence raw, @Nullable String hash) {
        if (raw == null || hash == null) {
            return false;
        }
        String mark = mark(raw, hash);
        if (right.getIfPresent(mark) != null) {
            return true;
        }
        boolean matches = bcrypt.matches(raw, hash);
        if (matches) {
            right.put(mark, true);
        }
        return matches;
    }

    private String mark(CharSequence raw, String hash) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(key);
            mac.update(hash.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(
                    mac.doFinal(raw.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + MAC, e);
        }
    }
}
