package creditbank.api.value;

/** The unit credits were earned in. The original unit stays; conversions are views. */
public enum CreditUnit {
    /** 学分: credit of a Chinese school or college. */
    CN,
    /** European Credit Transfer System: 60 a year of study. */
    ECTS,
    /** Credit points of the United Kingdom: 120 a year; two are one ECTS credit. */
    UK,
    /** Academic Credit Bank System of Korea (학점은행제). */
    ACBS,
    /** National Credit Framework of India. */
    NCRF,
    /** Semester credit hour of the United States. */
    US;

    public static CreditUnit of(String name) {
        for (CreditUnit unit : values()) {
            if (unit.name().equals(name)) {
                return unit;
            }
        }
        throw Rule.CREDIT_UNIT_UNKNOWN.brokenBy(name);
    }
}
