/**
 * What an auditor checks a log with: hashes, inclusion and consistency proofs, signed notes,
 * checkpoints, tiles (C2SP tlog-tiles, RFC 6962). Reads a log through a {@link
 * creditbank.proof.LogReader} of three methods, trusts nothing that comes out of it, and knows
 * nothing of the bank: who verifies does not use the code of who wrote.
 */
@NullMarked
package creditbank.proof;

import org.jspecify.annotations.NullMarked;
