package creditbank.api.account;

/**
 * What has become of credits that were recorded and not revoked. Expiry is no state: it follows
 * from the last day they can be used, for those that are still available.
 */
public enum CreditState {
    /** 可用: they lie in the account and are bound to nothing. */
    AVAILABLE,
    /** 占用: they count towards a programme the learner is enrolled in, or wait to be transferred. */
    RESERVED,
    /** 已兑换: they were used for a diploma, a certificate or an entitlement. */
    REDEEMED,
    /** 已转换: another school took them, and recorded what they became. */
    TRANSFERRED
}
