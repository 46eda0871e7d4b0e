package creditbank.formats;

import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Gives the bytes it was told to give, draw by draw. */
public class KnownRandom extends SecureRandom {

    private final transient Deque<byte[]> draws;

    public KnownRandom(byte[]... draws) {
        this.draws = new ArrayDeque<>(List.of(draws));
    }

    @Override
    public void nextBytes(byte[] bytes) {
        byte[] draw = draws.removeFirst();
        if (draw.length != bytes.length) {
            throw new AssertionError(bytes.length + " bytes were asked for");
        }
        System.arraycopy(draw, 0, bytes, 0, bytes.length);
    }
}
