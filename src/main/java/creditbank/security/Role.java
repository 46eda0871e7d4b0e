package creditbank.security;

/** What a user may do. */
public enum Role {
    /** 登记员: registers institutions, opens accounts, records on behalf of others. */
    REGISTRAR,
    /** 机构: records as the one institution it is bound to. */
    INSTITUTION,
    /** 学习者: reads the one account it is bound to. */
    LEARNER,
    /** 审计员: reads everything, writes nothing. */
    AUDITOR
}
