package creditbank.api.account;

/**
 * Where an achievement came from by a transfer, in the same account.
 *
 * @param transfer    which brought it
 * @param achievement the one at the school that let go
 */
public record Origin(TransferId transfer, AchievementId achievement) {
}
