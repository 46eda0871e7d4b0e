package creditbank.api.value;

/** 教育类型: the kind of education an institution belongs to, and a pool of an account. */
public enum Sector {
    /** 普通教育. */
    GENERAL,
    /** 职业教育. */
    VOCATIONAL,
    /** 成人(继续)教育. */
    ADULT
}
