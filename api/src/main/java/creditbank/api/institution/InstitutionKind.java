package creditbank.api.institution;

/** What sort of body records achievements. */
public enum InstitutionKind {
    /** 中小学, 中等职业学校. */
    SCHOOL,
    /** 高等职业学校, 专科学校. */
    COLLEGE,
    /** 大学. */
    UNIVERSITY,
    /** 开放大学. */
    OPEN_UNIVERSITY,
    /** 培训评价组织: issues 1+X skill certificates. */
    TRAINING_AND_EVALUATION_ORGANISATION,
    /** 企业. */
    ENTERPRISE,
    /** 竞赛组织者. */
    COMPETITION_ORGANISER,
    /** 社区学校, 老年学校. */
    COMMUNITY_SCHOOL,
    /** 境外机构. */
    FOREIGN_BODY
}
