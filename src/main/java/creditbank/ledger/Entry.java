package creditbank.ledger;

/**
 * One entry as a store holds it.
 *
 * @param position place in the ledger, from 0
 * @param stream   index of the bytes' field of that name
 * @param sequence index of the bytes' field of that name
 * @param bytes    the JSON, exactly as it was first written: the truth
 */
public record Entry(long position, String stream, long sequence, byte[] bytes) {
}
