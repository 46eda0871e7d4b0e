package creditbank.api.account;

/** The level of a 1+X skill certificate. */
public enum SkillLevel {
    /** 初级. */
    ELEMENTARY,
    /** 中级. */
    INTERMEDIATE,
    /** 高级. */
    ADVANCED
}
