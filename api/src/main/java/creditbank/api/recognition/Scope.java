package creditbank.api.recognition;

/** What an attribute is an attribute of. */
public enum Scope {
    /** 证据: what the learner brings. */
    EVIDENCE,
    /** 目标: the course, group or programme it is to count towards. */
    TARGET,
    /** 学习者. Values of this scope are never stored in a decision. */
    LEARNER,
    /** 专业/培养方案. */
    PROGRAMME,
    /** 申请: the day, the awarding institution and what else is said in asking. */
    REQUEST,
    /** A sum that a limit or requirement speaks of; the name is that of the limit. */
    SUM
}
