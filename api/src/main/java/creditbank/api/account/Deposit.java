package creditbank.api.account;

import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Credits as they lie in an account.
 *
 * @param sector     the pool: the issuer's sector on the day of recording
 * @param validUntil the last day they can be used; absent where they never expire
 */
public record Deposit(Sector sector, Credits credits, @Nullable LocalDate validUntil) {
}
