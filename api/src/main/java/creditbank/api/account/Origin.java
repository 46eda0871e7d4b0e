package creditbank.api.account;

import java.time.LocalDate;

/**
 * Where an achievement came from by a transfer.
 *
 * @param achievement the one at the school that let go, in the same account
 * @param on          when that one was achieved
 */
public record Origin(AchievementId achievement, LocalDate on) {
}
