package creditbank.account;

import static creditbank.formats.Samples.COLLEGE;
import static creditbank.formats.Samples.EMPLOYER;
import static creditbank.formats.Samples.LEARNER;
import static creditbank.formats.Samples.REASON;
import static creditbank.formats.Samples.achievement;
import static creditbank.formats.Samples.claim;
import static creditbank.formats.Samples.course;
import static creditbank.formats.Samples.identity;
import static org.assertj.core.api.Assertions.assertThat;

import creditbank.Fixtures;
import creditbank.agreement.Agreement;
import creditbank.api.Refusal;
import creditbank.api.Refused;
import creditbank.api.account.AccountCommand;
import creditbank.api.account.AccountCommand.CorrectAchievement;
import creditbank.api.account.AccountCommand.RevokeAchievement;
import creditbank.api.account.AccountEvent;
import creditbank.api.account.AccountEvent.AccountOpened;
import creditbank.api.account.AccountEvent.AchievementRecorded;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.AchievementKind;
import creditbank.api.account.ApplicationCommand.EndorseApplication;
import creditbank.api.account.ApplicationCommand.SubmitApplication;
import creditbank.api.account.ApplicationId;
import creditbank.api.account.Asking;
import creditbank.api.account.CreditState;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionCommand.RecogniseCredits;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionCommand.Graduate;
import creditbank.api.account.RedemptionCommand.RedeemCredits;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.account.TransferCommand.AcceptTransfer;
import creditbank.api.account.TransferCommand.RequestTransfer;
import creditbank.api.account.TransferId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.agreement.AgreementTerms;
import creditbank.api.agreement.Direction;
import creditbank.api.agreement.Party;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.programme.Plan;
import creditbank.api.programme.ProgrammeId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.RulebookId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Wish;
import creditbank.api.rulebook.DaysInForce;
import creditbank.api.value.Amount;
import creditbank.api.value.Claim;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Region;
import creditbank.api.value.Sector;
import creditbank.api.value.Title;
import creditbank.institution.Institution;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.aggregate.ResultValidator;
import org.jspecify.annotations.Nullable;

/**
 * A learner, a college and a university with programmes and rulebooks, for decisions about studies.
 * The college's mechatronics takes ME101 (4.50, in the group major) and ME102 (3.00).
 */
final class Campus {

    static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    static final LocalDate DAY = LocalDate.of(2024, 6, 30);

    static final InstitutionId UNIVERSITY = new InstitutionId("open-university");
    static final InstitutionId SHUT = new InstitutionId("shut-school");

    static final ProgrammeVersion MECHATRONICS = programme("dandong-mechatronics", 1);
    /** Without ME102. */
    static final ProgrammeVersion LATER = programme("dandong-mechatronics", 2);
    /** ME101 alone, at the college too. */
    static final ProgrammeVersion WELDING = programme("dandong-welding", 1);
    /** The same once more. */
    static final ProgrammeVersion ALSO = programme("dandong-plumbing", 1);
    /** ME101 alone, at the university. */
    static final ProgrammeVersion EVENING = programme("open-mechanics", 1);
    /** ME101 alone, and that door has to stand open. */
    static final ProgrammeVersion HONOURS = programme("dandong-honours", 1);
    static final ProgrammeVersion OF_SHUT_SCHOOL = programme("shut-programme", 1);
    static final ProgrammeVersion CLOSED = programme("dandong-fitting", 1);

    /** The college's: what anybody earned counts with its own credits. */
    static final RulebookVersion RULES = rulebook("college-rules");
    /** The same, but what counted in another course of studies may count again. */
    static final RulebookVersion SHARING = rulebook("college-sharing");
    /** The same, but a course may be filled in part. */
    static final RulebookVersion PARTLY = rulebook("college-partly");
    /** The same, and asks for two pieces of evidence. */
    static final RulebookVersion DEMANDING = rulebook("college-demanding");
    /** The same, and opens a door to whoever has two pieces of evidence. */
    static final RulebookVersion OPENING = rulebook("college-opening");
    /** The same, and asks two pieces of evidence of whoever is no veteran in a hurry. */
    static final RulebookVersion ASKING = rulebook("college-asking");
    /** As the demanding one, until shortly after the studies begin. */
    static final RulebookVersion LAPSED = rulebook("college-lapsed");
    /** The same, and asks the school, the issuer and the bank; one may appeal for 15 days. */
    static final RulebookVersion STEPPED = rulebook("college-steps");
    /** The same steps without the issuer's, without an appeal, and until the end of the year. */
    static final RulebookVersion SHORT = rulebook("college-short");
    static final RulebookVersion ENDED = rulebook("college-ended");
    static final RulebookVersion IN_ECTS = rulebook("college-ects");
    /** The university's own. */
    static final RulebookVersion THEIRS = rulebook("university-rules");
    /** The university's too: two of anybody's credits are one of ECTS, whatever for. */
    static final RulebookVersion HALVING = rulebook("university-halving");
    /** Of the province that both lie in. */
    static final RulebookVersion PROVINCIAL = rulebook("liaoning-rules");
    /** The province's too: courses need not be taken, also for what has no credits. */
    static final RulebookVersion EXEMPTING = rulebook("liaoning-exempting");

    static final AgreementId MUTUAL = new AgreementId("mutual");
    static final AgreementId OVER = new AgreementId("over");
    static final AgreementId OTHER_RULES = new AgreementId("other-rules");

    static final TargetId ME101 = TargetId.course("ME101");
    static final TargetId ME102 = TargetId.course("ME102");
    static final TargetId FREE = TargetId.group("free");

    private Campus() {
    }

    // ------------------------------------------------------------------ what stands around

    static KnownSurroundings around() {
        return new KnownSurroundings(TODAY)
                .institution(COLLEGE, new Institution.Active(Sector.VOCATIONAL,
                        InstitutionKind.COLLEGE, new Region("210600"), null))
                .institution(EMPLOYER, new Institution.Active(Sector.ADULT,
                        InstitutionKind.ENTERPRISE, null, null))
                .institution(UNIVERSITY, new Institution.Active(Sector.ADULT,
                        InstitutionKind.OPEN_UNIVERSITY, new Region("210100"), null))
                .institution(SHUT, new Institution.Suspended(Sector.GENERAL,
                        InstitutionKind.SCHOOL, null, null))
                .plan(MECHATRONICS, plan(COLLEGE, "7.50",
                        List.of(group("major", "4.50"), group("free", null)),
                        subject("ME101", "major", "4.50"), subject("ME102", "free", "3.00")))
                .plan(LATER, plan(COLLEGE, "4.50", List.of(group("major", "4.50")),
                        subject("ME101", "major", "4.50")))
                .plan(WELDING, plan(COLLEGE, "4.50", List.of(), subject("ME101", null, "4.50")))
                .plan(ALSO, plan(COLLEGE, "4.50", List.of(), subject("ME101", null, "4.50")))
                .plan(EVENING, plan(UNIVERSITY, "4.50", List.of(),
                        subject("ME101", null, "4.50")))
                .plan(HONOURS, plan(COLLEGE, "4.50",
                        Attributes.NONE.with("entitlement", "honours"), List.of(),
                        subject("ME101", null, "4.50")))
                .plan(OF_SHUT_SCHOOL, plan(SHUT, "4.50", List.of()))
                .plan(CLOSED, plan(COLLEGE, "4.50", List.of()))
                .closed(CLOSED.id(), LocalDate.of(2024, 12, 31))
                .rulebook(text(RULES, "institution: dandong-tech", "CN", null, ""))
                .rulebook(text(SHARING, "institution: dandong-tech", "CN", null,
                        "    ignores-earlier: other-career\n"))
                .rulebook(text(PARTLY, "institution: dandong-tech", "CN", null, "")
                        .replace("{credits: own}", "{credits: own, fills: part}"))
                .rulebook(text(DEMANDING, "institution: dandong-tech", "CN", null, """
                          - id: enough
                            summary: {zh: 至少两项, en: At least two pieces}
                            requires: [{name: several, counts: pieces, at-least: 2}]
                        """))
                .rulebook(text(ASKING, "institution: dandong-tech", "CN", null, """
                          - id: thesis
                            summary: {zh: 至少两项, en: At least two pieces}
                            selects: {learner: {learner-group: {is-not: veteran}}}
                            requires: [{name: several, counts: pieces, at-least: 2}]
                          - id: patience
                            summary: {zh: 不急者至少两项, en: Two pieces unless urgent}
                            selects: {request: {urgent: {is-not: true}}}
                            requires: [{name: several, counts: pieces, at-least: 2}]
                        """))
                .rulebook(text(LAPSED, "institution: dandong-tech", "CN", "2024-12-31", """
                          - id: enough
                            summary: {zh: 至少两项, en: At least two pieces}
                            requires: [{name: several, counts: pieces, at-least: 2}]
                        """))
                .rulebook(text(OPENING, "institution: dandong-tech", "CN", null, """
                          - id: with-honours
                            summary: {zh: 两项可得荣誉, en: Honours for two pieces}
                            awards: {entitlement: honours}
                            requires: [{name: several, counts: pieces, at-least: 2}]
                        """))
                .rulebook(text(STEPPED, "institution: dandong-tech", "CN", null, """
                        steps:
                          - {id: college, by: school, summary: {zh: 学院, en: College}, within: P10D}
                          - {id: issuer, by: issuer, summary: {zh: 颁发机构, en: Issuer}}
                          - {id: bank, by: bank, summary: {zh: 银行, en: Bank}, within: P1M}
                        appeal: {within: P15D}
                        """))
                .rulebook(text(SHORT, "institution: dandong-tech", "CN", "2026-12-31", """
                        steps:
                          - {id: college, by: school, summary: {zh: 学院, en: College}}
                          - {id: bank, by: bank, summary: {zh: 银行, en: Bank}}
                        """))
                .rulebook(text(ENDED, "institution: dandong-tech", "CN", "2020-12-31", ""))
                .rulebook(text(IN_ECTS, "institution: dandong-tech", "ECTS", null, ""))
                .rulebook(text(THEIRS, "institution: open-university", "CN", null, ""))
                .rulebook(HALVES)
                .rulebook(text(PROVINCIAL, "region: \"210000\"", "CN", null, ""))
                .rulebook(EXEMPTS)
                .agreement(MUTUAL, agreement(THEIRS.id(), null))
                .agreement(OVER, agreement(THEIRS.id(), LocalDate.of(2020, 12, 31)))
                .agreement(OTHER_RULES, agreement(RULES.id(), null));
    }

    private static final String HALVES = """
            rulebook: university-halving
            version: 1
            jurisdiction: {institution: open-university}
            title: {zh: 学分折算, en: Credits converted}
            source: {title: Rules of a test, mark: P}
            in-force: {from: 2020-01-01}
            unit: ECTS
            converts:
              - {from: CN, times: 1/2, rounding: down, step: "0.01"}
            clauses:
              - id: two-are-one
                summary: {zh: 两学分折一, en: Two are one}
                selects: {target: {kind: programme}}
                awards: {credits: own}
            """;

    private static final String EXEMPTS = """
            rulebook: liaoning-exempting
            version: 1
            jurisdiction: {region: "210000"}
            title: {zh: 免修, en: Courses that need not be taken}
            source: {title: Rules of a test, mark: P}
            in-force: {from: 2020-01-01}
            unit: CN
            clauses:
              - id: exempt
                summary: {zh: 免修, en: Need not be taken}
                selects: {target: {kind: course}}
                awards: {exemption: true}
            """;

    private static String text(RulebookVersion version, String jurisdiction, String unit,
            @Nullable String until, String more) {
        return """
                rulebook: %s
                version: %d
                jurisdiction: {%s}
                title: {zh: 学分认定, en: Credits recognised}
                source: {title: Rules of a test, mark: P}
                in-force: {from: 2020-01-01%s}
                unit: %s
                clauses:
                  - id: own-credits
                    summary: {zh: 按原学分计, en: Own credits}
                    selects: {target: {kind: [course, group]}}
                    awards: {credits: own}
                """.formatted(version.id(), version.version(), jurisdiction,
                until == null ? "" : ", until: " + until, unit) + more;
    }

    private static Plan plan(
            InstitutionId of, String credits, List<Plan.Group> groups, Plan.Course... courses) {
        return plan(of, credits, Attributes.NONE, groups, courses);
    }

    private static Plan plan(InstitutionId of, String credits, Attributes attributes,
            List<Plan.Group> groups, Plan.Course... courses) {
        return new Plan(new Title("机电一体化技术", "Mechatronics"), of, Sector.VOCATIONAL, null,
                null, CreditUnit.CN, Amount.of(credits), attributes, groups, List.of(courses));
    }

    private static Plan.Group group(String id, @Nullable String credits) {
        return new Plan.Group(id, "课程组", credits == null ? null : Amount.of(credits), null,
                List.of(), Attributes.NONE);
    }

    private static Plan.Course subject(String code, @Nullable String group, String credits) {
        return new Plan.Course(
                code, "课程", group, Amount.of(credits), null, List.of(), Attributes.NONE);
    }

    private static Agreement agreement(RulebookId rulebook, @Nullable LocalDate until) {
        List<Party> parties = List.of(Party.of(COLLEGE), Party.of(UNIVERSITY));
        DaysInForce days = new DaysInForce(LocalDate.of(2020, 1, 1), until);
        return new Agreement.Concluded(new AgreementTerms("互认协议", parties, List.of(rulebook),
                List.of(new Direction(Party.of(UNIVERSITY), Party.of(COLLEGE))), days), days);
    }

    // ------------------------------------------------------------------ names

    private static ProgrammeVersion programme(String id, int version) {
        return new ProgrammeVersion(new ProgrammeId(id), version);
    }

    private static RulebookVersion rulebook(String id) {
        return new RulebookVersion(new RulebookId(id), 1);
    }

    static EnrolmentId enrolment(int number) {
        return new EnrolmentId(LEARNER, number);
    }

    static RecognitionId recognition(int number) {
        return new RecognitionId(LEARNER, number);
    }

    static ApplicationId application(int number) {
        return new ApplicationId(LEARNER, number);
    }

    static RedemptionId redemption(int number) {
        return new RedemptionId(LEARNER, number);
    }

    static TransferId transfer(int number) {
        return new TransferId(LEARNER, number);
    }

    static EvidenceId evidence(int number) {
        return new EvidenceId(achievement(number).toString());
    }

    static Wish wish(int number, TargetId... targets) {
        return new Wish(evidence(number), List.of(targets));
    }

    static Credits cn(long hundredths) {
        return new Credits(hundredths, CreditUnit.CN);
    }

    static Posting posting(int number, CreditState from, CreditState to, long hundredths) {
        return new Posting(achievement(number), Sector.ADULT, from, to, cn(hundredths));
    }

    // ------------------------------------------------------------------ commands

    static EnrolLearner enrol(ProgrammeVersion programme) {
        return new EnrolLearner(LEARNER, programme,
                programme.equals(EVENING) ? UNIVERSITY : COLLEGE, null, DAY, null);
    }

    /** Whatever counts most; lines where wishes are named. */
    static RecogniseCredits recognise(int enrolment, RulebookVersion rulebook, Wish... wishes) {
        return new RecogniseCredits(enrolment(enrolment), COLLEGE, rulebook,
                wishes.length == 0 ? null : List.of(wishes), null, Attributes.NONE,
                Attributes.NONE, null, null);
    }

    static RecogniseCredits under(
            AgreementId agreement, RulebookVersion rulebook, Wish... wishes) {
        RecogniseCredits c = recognise(1, rulebook, wishes);
        return new RecogniseCredits(c.enrolment(), c.school(), c.rulebook(), c.asked(), c.on(),
                c.request(), c.ofLearner(), c.sealedOfLearner(), agreement);
    }

    /** What the college offers the university for its evening course. */
    static RequestTransfer offer(Wish... wishes) {
        return offer(EVENING, THEIRS, wishes);
    }

    static RequestTransfer offer(@Nullable ProgrammeVersion programme, RulebookVersion rulebook,
            Wish... wishes) {
        return new RequestTransfer(LEARNER, COLLEGE, UNIVERSITY, programme, rulebook,
                wishes.length == 0 ? null : List.of(wishes), null, null, Attributes.NONE,
                Attributes.NONE, null, null);
    }

    static AcceptTransfer accept(int transfer) {
        return new AcceptTransfer(transfer(transfer), UNIVERSITY);
    }

    /** By the learner, towards the first studies. */
    static SubmitApplication apply(RulebookVersion rulebook, Wish... wishes) {
        return new SubmitApplication(enrolment(1), null, "user/learner",
                asking(rulebook, wishes), Attributes.NONE, null);
    }

    static Asking asking(RulebookVersion rulebook, Wish... wishes) {
        return new Asking(rulebook, wishes.length == 0 ? null : List.of(wishes),
                Attributes.NONE, null, null);
    }

    /** @param by null for the bank */
    static EndorseApplication endorse(@Nullable InstitutionId by, String actor) {
        return new EndorseApplication(application(1), by, actor, null);
    }

    static Graduate graduate(int enrolment) {
        return graduate(enrolment, null);
    }

    static Graduate graduate(int enrolment, @Nullable LocalDate on) {
        return new Graduate(
                enrolment(enrolment), COLLEGE, on, Attributes.NONE, Attributes.NONE, null);
    }

    /** For a certificate, from what expires first. */
    static RedeemCredits redeem(long hundredths, AchievementId... from) {
        return redeem(new RedemptionPurpose.Certificate("高级工"), hundredths, from);
    }

    static RedeemCredits redeem(
            RedemptionPurpose.ForAmount purpose, long hundredths, AchievementId... from) {
        return new RedeemCredits(
                LEARNER, COLLEGE, purpose, cn(hundredths), List.of(from), null);
    }

    static CorrectAchievement correct(int number, Achievement after) {
        return new CorrectAchievement(
                achievement(number), after, List.of(record(number)), REASON);
    }

    static RevokeAchievement revoke(int number, InstitutionId issuer) {
        return new RevokeAchievement(achievement(number), issuer, null, REASON);
    }

    static Claim record(int number) {
        return claim(Claim.Kind.RECORD, "record-" + number);
    }

    // ------------------------------------------------------------------ histories

    /** An account with these achievements. */
    static Story holding(Achievement... achievements) {
        Story story = new Story().and(new AccountOpened(LEARNER, identity("王小明"),
                List.of(claim(Claim.Kind.IDENTITY, "person"))));
        int number = 0;
        for (Achievement each : achievements) {
            Sector sector = each.issuer().equals(COLLEGE) ? Sector.VOCATIONAL : Sector.ADULT;
            number++;
            story.and(new AchievementRecorded(
                    achievement(number), sector, DAY, each, List.of(record(number))));
        }
        return story;
    }

    /** An outcome of the university. */
    static Achievement theirs(long hundredths) {
        return course(UNIVERSITY, hundredths, DAY, null);
    }

    static Achievement theirs(long hundredths, LocalDate validUntil) {
        return course(UNIVERSITY, hundredths, DAY, validUntil);
    }

    /** A course of the college itself, which needs no rulebook there. */
    static Achievement own(String code, long hundredths) {
        return new Achievement(AchievementKind.COURSE, COLLEGE, null,
                creditbank.formats.Samples.box("record key"), "课程", code, null, null, "90",
                cn(hundredths), DAY, null, null, null, null, Attributes.NONE);
    }

    /** What happened to one account. Commands are decided on as the account decides. */
    static final class Story {
        private final List<AccountEvent> events = new ArrayList<>();
        private Account state = Account.NONE;
        private final KnownSurroundings around = Campus.around();

        Story and(AccountEvent event) {
            events.add(event);
            state = Account.evolve(state, event);
            return this;
        }

        /** Fails if any of them is refused. */
        Story then(AccountCommand... commands) {
            for (AccountCommand command : commands) {
                Account.decide(state, command, around).forEach(this::and);
            }
            return this;
        }

        KnownSurroundings around() {
            return around;
        }

        Account.Open account() {
            return (Account.Open) state;
        }

        Held held(int number) {
            return account().achievements().get(number - 1);
        }

        /** What one more command comes to. */
        List<AccountEvent> decided(AccountCommand command) {
            return Account.decide(state, command, around);
        }

        ResultValidator<AccountAggregate> when(AccountCommand command) {
            return Fixtures.when(AccountAggregate.class, events, command, around);
        }

        /** Cannot graduate, for these reasons. */
        Refusal.ProgrammeNotComplete lacks(int enrolment, String missing) {
            try {
                decided(graduate(enrolment));
            } catch (Refused e) {
                Refusal.ProgrammeNotComplete refusal =
                        (Refusal.ProgrammeNotComplete) e.refusal();
                assertThat(refusal.enrolment()).isEqualTo(enrolment(enrolment));
                assertThat(refusal.missing()).isEqualTo(missing);
                return refusal;
            }
            throw new AssertionError("The diploma is given");
        }

        void refuses(AccountCommand command, Refusal refusal) {
            Fixtures.refused(when(command), refusal);
        }
    }
}
