package creditbank.proof;

import java.io.IOException;

/**
 * All that a verifier needs of a log, wherever it lies: on a disk, behind HTTP, in memory. Nothing
 * that comes out of it is trusted before it is checked.
 */
public interface LogReader {

    /** The newest checkpoint, as a signed note. */
    byte[] checkpoint() throws IOException;

    /**
     * Hashes of complete subtrees of 256^level leaves, one behind the other.
     *
     * @param width how many, 1 to 256: {@code width * 32} bytes
     */
    byte[] tile(int level, long index, int width) throws IOException;

    /**
     * Records, each behind its length in two bytes, the larger first.
     *
     * @param width how many, 1 to 256
     */
    byte[] entries(long index, int width) throws IOException;
}
