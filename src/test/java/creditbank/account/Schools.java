package creditbank.account;

import creditbank.agreement.Agreement;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.agreement.Direction;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.value.Amount;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Sector;
import creditbank.api.value.Title;
import java.time.LocalDate;
import java.util.List;

/**
 * What random histories study: a programme in two versions at one school and another at a second,
 * each school's rulebook, and an agreement that lets the second's rules decide at the first on what
 * a third school states. Nothing but their sums is required, so that some learners graduate.
 */
final class Schools {

    static final Amount OF_A_COURSE = Amount.of("8.00");

    static final InstitutionId FIRST = new InstitutionId("school-0");
    static final InstitutionId SECOND = new InstitutionId("school-1");
    static final InstitutionId THIRD = new InstitutionId("school-2");

    static final ProgrammeVersion WIDE = programme("wide", 1);
    /** Without the course C2 and the group free. */
    static final ProgrammeVersion NARROW = programme("wide", 2);
    static final ProgrammeVersion OTHER = programme("other", 1);

    static final RulebookVersion STRICT = rulebook("strict");
    /** What counted in another course of studies may count again. */
    static final RulebookVersion SHARING = rulebook("sharing");

    /** As the strict one, but asks the issuer and the bank; appeals for 20 days. */
    static final RulebookVersion STEPPED = rulebook("stepped");

    static final AgreementId AGREEMENT = new AgreementId("between-schools");

    private static final Plan.Course C1 = course("C1");
    private static final Plan.Course C2 = course("C2");

    private Schools() {
    }

    static KnownSurroundings around(LocalDate today) {
        return new KnownSurroundings(today)
                .plan(WIDE, plan(FIRST, List.of(new Plan.Group(
                        "free", "任选", null, null, List.of("elective"), Attributes.NONE)), C1, C2))
                .plan(NARROW, plan(FIRST, List.of(), C1))
                .plan(OTHER, plan(SECOND, List.of(), C1))
                .rulebook(text(STRICT, FIRST, ""))
                .rulebook(text(STEPPED, FIRST, """
                        steps:
                          - {id: issuer, by: issuer, summary: {zh: 颁发机构, en: Issuer}}
                          - {id: bank, by: bank, summary: {zh: 银行, en: Bank}}
                        appeal: {within: P20D}
                        """))
                .rulebook(text(SHARING, SECOND, "    ignores-earlier: other-career\n"))
                .agreement(AGREEMENT, agreement());
    }

    private static Plan plan(
            InstitutionId of, List<Plan.Group> groups, Plan.Course... courses) {
        return new Plan(new Title("专业", "Programme"), of, Sector.VOCATIONAL, null, null,
                CreditUnit.CN, Amount.of("5.00"), Attributes.NONE, groups, List.of(courses));
    }

    private static Plan.Course course(String code) {
        return new Plan.Course(code, "课程", null, OF_A_COURSE, null,
                List.of("elective"), Attributes.NONE);
    }

    private static String text(RulebookVersion version, InstitutionId of, String more) {
        return """
                rulebook: %s
                version: 1
                jurisdiction: {institution: %s}
                title: {zh: 学分认定, en: Credits recognised}
                source: {title: Rules of a test, mark: P}
                in-force: {from: 2020-07-01}
                unit: CN
                clauses:
                  - id: own-credits
                    summary: {zh: 按原学分计, en: Own credits}
                    awards: {credits: own, fills: part}
                """.formatted(version.id(), of) + more;
    }

    private static Agreement agreement() {
        DaysInForce days = new DaysInForce(LocalDate.of(2020, 9, 1), LocalDate.of(2022, 6, 30));
        return new Agreement.Concluded(new AgreementTerms("互认协议",
                List.of(Party.of(FIRST), Party.of(SECOND), Party.of(THIRD)),
                List.of(SHARING.id()), List.of(new Direction(Party.of(THIRD), Party.of(FIRST))),
                days), days);
    }

    private static ProgrammeVersion programme(String id, int version) {
        return new ProgrammeVersion(new ProgrammeId(id), version);
    }

    private static RulebookVersion rulebook(String id) {
        return new RulebookVersion(new RulebookId(id), 1);
    }
}
