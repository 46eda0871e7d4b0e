@NullMarked
package creditbank.ledger.mongodb;

import org.jspecify.annotations.NullMarked;
