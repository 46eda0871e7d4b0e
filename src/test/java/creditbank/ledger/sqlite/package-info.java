@NullMarked
package creditbank.ledger.sqlite;

import org.jspecify.annotations.NullMarked;
