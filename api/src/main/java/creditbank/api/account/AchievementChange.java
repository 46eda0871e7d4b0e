package creditbank.api.account;

/** What became of an achievement that something rests on. Names are stored and stay. */
public enum AchievementChange {
    /** It was revoked. */
    REVOKED,
    /** It was corrected: what was decided rested on other facts. */
    CORRECTED
}
