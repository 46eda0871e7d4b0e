package creditbank.api.account;

/** The level of a diploma; those of higher education have a code in the published number. */
public enum DiplomaLevel {
    DOCTOR("01"),
    MASTER("02"),
    /** 第二学士学位. */
    SECOND_BACHELOR("04"),
    /** 本科. */
    BACHELOR("05"),
    /** 专科. */
    ASSOCIATE("06"),
    /** 普通高中: its numbers follow no national layout. */
    SENIOR_SECONDARY(""),
    /** 中等职业: its numbers follow no national layout. */
    SECONDARY_VOCATIONAL("");

    final String code;

    DiplomaLevel(String code) {
        this.code = code;
    }

    /** Whether its numbers follow the published layout of {@link DiplomaNumber}. */
    public boolean isHigherEducation() {
        return !code.isEmpty();
    }
}
