@NullMarked
package creditbank.ledger;

import org.jspecify.annotations.NullMarked;
