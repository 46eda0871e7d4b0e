package creditbank.api.account;

/** What sort of learning outcome (学习成果) was recorded. */
public enum AchievementKind {
    /** 课程. */
    COURSE,
    /** 在线课程. */
    ONLINE_COURSE,
    /** 培训. */
    TRAINING,
    /** 学徒制. */
    APPRENTICESHIP,
    /** 企业实践. */
    ENTERPRISE_PRACTICE,
    /** 竞赛获奖. */
    COMPETITION_AWARD,
    /** 考试. */
    EXAM,
    /** 志愿服务. */
    SERVICE,
    /** 社区学习. */
    COMMUNITY_LEARNING,
    /** 境外资历. */
    FOREIGN_QUALIFICATION,
    /** 学历证书: the "1" of 1+X. */
    DIPLOMA,
    /** 职业技能等级证书: the "X" of 1+X. */
    SKILL_CERTIFICATE;

    /** Whether this kind carries a number that anyone may ask the bank about. */
    public boolean isNumbered() {
        return this == DIPLOMA || this == SKILL_CERTIFICATE;
    }
}
