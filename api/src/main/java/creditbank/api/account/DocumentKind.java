package creditbank.api.account;

/** What a person is known by. */
public enum DocumentKind {
    /** 居民身份证. */
    RESIDENT_ID,
    /** 护照. */
    PASSPORT,
    /** 港澳居民来往内地通行证. */
    HONG_KONG_MACAO_PERMIT,
    /** 台湾居民来往大陆通行证. */
    TAIWAN_PERMIT,
    /** 港澳台居民居住证. */
    HONG_KONG_MACAO_TAIWAN_RESIDENCE_PERMIT,
    /** 外国人永久居留身份证. */
    FOREIGN_PERMANENT_RESIDENT_ID,
    /** 学籍号 of one institution, for learners without any other document. */
    STUDENT_NUMBER
}
