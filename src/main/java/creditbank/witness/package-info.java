/**
 * A witness of public logs: remembers the last checkpoint of each log it watches, cosigns what
 * continues it and nothing else, and keeps what contradicts it. Follows logs over HTTP,
 * answers others' requests, and asks other witnesses. Knows nothing of the bank but its log, and
 * never signs before its memory is on the disk.
 */
@NullMarked
package creditbank.witness;

import org.jspecify.annotations.NullMarked;
