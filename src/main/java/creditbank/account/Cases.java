package creditbank.account;

import creditbank.account.Account.Open;
import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementId;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.account.TransferCommand.RequestTransfer;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import creditbank.institution.Institution;
import creditbank.rulebook.Ask;
import creditbank.rulebook.Case;
import creditbank.rulebook.Evidence;
import creditbank.rulebook.Programme;
import creditbank.rulebook.Target;
import creditbank.rulebook.Use;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An account as the engine sees it: achievements under the names of {@code docs/rulebooks.md}, and
 * all they were used for.
 */
final class Cases {

    /** What the bank itself says of the learner, and of the request. */
    static final String ENROLLED_ON = "enrolled-on";
    static final String AWARDING = "awarding-institution";

    private final Open open;
    /** The studies that are decided on; absent where there are none yet. */
    private final @Nullable Enrolment enrolment;
    /** Where credits are to be transferred to; absent where nothing is. */
    private final Transfer.@Nullable Goal goal;
    private final Surroundings around;

    /** @param enrolment which studies are asked about; null where none are */
    Cases(Open open, @Nullable Enrolment enrolment, Surroundings around) {
        this(open, enrolment, null, around);
    }

    private Cases(Open open, @Nullable Enrolment enrolment, Transfer.@Nullable Goal goal,
            Surroundings around) {
        this.open = open;
        this.enrolment = enrolment;
        this.goal = goal;
        this.around = around;
    }

    /** Of credits that go to a school, at which the learner may study already or not yet. */
    static Cases ofTransfer(Open open, RequestTransfer c, Surroundings around) {
        return new Cases(open, open.enrolments().stream().filter(Enrolment::isActive)
                .filter(e -> e.programme().equals(c.programme())).findFirst().orElse(null),
                Transfer.Goal.of(c.to(), c.programme()), around);
    }

    /** @param evidence what may count, in stated order */
    Case of(List<Held> evidence, LocalDate on, Attributes request, Attributes ofLearner, Ask ask) {
        if (enrolment == null) {
            return new Case(on, evidence.stream().map(this::evidence).toList(), ofLearner,
                    Programme.NONE, earlier(), request, ask);
        }
        return of(around.programme(enrolment.programme()), enrolment.school(), evidence, on,
                request, ofLearner, ask);
    }

    /** @param awarding whose credits they become */
    Case of(Programme programme, InstitutionId awarding, List<Held> evidence, LocalDate on,
            Attributes request, Attributes ofLearner, Ask ask) {
        return new Case(on, evidence.stream().map(this::evidence).toList(),
                enrolment == null ? ofLearner
                        : ofLearner.with(ENROLLED_ON, enrolment.from()),
                programme, earlier(), request.with(AWARDING, awarding.text()), ask);
    }

    private Evidence evidence(Held held) {
        Achievement achievement = held.achievement();
        Institution.Registered issuer = Institution.registered(
                around.institution(held.issuer()), held.issuer());
        Attributes of = achievement.attributes()
                .with("kind", achievement.kind().name())
                .with("issuer", held.issuer().text())
                .with("issuer-sector", issuer.sector().name())
                .with("issuer-kind", issuer.kind().name())
                .with("sector", held.sector().name())
                .with("title", achievement.title());
        of = with(of, "region", issuer.region() == null ? null : issuer.region().code());
        of = with(of, "co-issuer", achievement.coIssuer());
        of = with(of, "subject", achievement.subject());
        of = with(of, "level", achievement.level());
        of = with(of, "grade", achievement.grade());
        of = with(of, "study-form", achievement.studyForm());
        if (achievement.hours() != null) {
            of = of.with("hours", achievement.hours().hundredths());
        }
        if (achievement.validUntil() != null) {
            of = of.with("valid-until", achievement.validUntil());
        }
        Credits credits = achievement.credits();
        return new Evidence(held.evidence(), of, credits.hundredths() == 0 ? null : credits,
                held.happenedOn(), held.knownOn());
    }

    private static Attributes with(Attributes of, String name, @Nullable Object value) {
        return value == null ? of : of.with(name, value.toString());
    }

    // ------------------------------------------------------------------ earlier uses

    private List<Use> earlier() {
        List<Use> uses = new ArrayList<>();
        for (Enrolment each : open.enrolments()) {
            if (each.admission() != null) {
                uses.add(use(each.admission(), Use.Purpose.ACCESS, career(each),
                        each.id().toString()));
            }
        }
        for (Recognition recognition : open.recognitions()) {
            Enrolment of = open.enrolment(recognition.enrolment());
            if (of.status() != Enrolment.Status.WITHDRAWN) {
                recognition.lines().forEach(line -> uses.add(use(recognition, line, of)));
            }
        }
        open.redemptions().stream().filter(Redemption::stands)
                .forEach(redemption -> redeemed(redemption, uses));
        open.transfers().forEach(transfer -> transfer.binding().forEach(line ->
                uses.add(use(transfer, line))));
        return uses;
    }

    private void redeemed(Redemption redemption, List<Use> uses) {
        switch (redemption.purpose()) {
            // What was recognised towards the diploma is there already; the school's own courses
            // are not.
            case RedemptionPurpose.Diploma diploma -> diploma.counted().stream()
                    .filter(counted -> counted.award() == null)
                    .forEach(own -> uses.add(use(own.evidence(), Use.Purpose.CREDIT,
                            diploma.enrolment().toString(), redemption.id().toString())));
            case RedemptionPurpose.Certificate _, RedemptionPurpose.Entitlement _ ->
                    redemption.evidence().forEach(id -> uses.add(
                            use(id, Use.Purpose.REDEEMED, redemption.id().toString(),
                                    redemption.id().toString())));
        }
    }

    /** Another course of studies goes by its own number; this one by none. */
    private @Nullable String career(Enrolment of) {
        return enrolment != null && of.id().equals(enrolment.id()) ? null : of.id().toString();
    }

    private Use use(Recognition recognition, Recognition.Line line, Enrolment of) {
        Long hundredths = line.hundredths();
        return new Use(evidence(open.held(line.evidence())),
                target(of.programme(), line.target()), line.clause(),
                hundredths == null ? 0 : hundredths,
                hundredths == null ? Use.Purpose.EXEMPTION : Use.Purpose.CREDIT, career(of),
                recognition.id().toString());
    }

    /** What goes to the same place counts under the limits there; it is gone for all else. */
    private Use use(Transfer transfer, Transfer.Line line) {
        return new Use(evidence(open.held(line.evidence())),
                target(transfer.programme(), line.target()), line.clause(),
                line.credits() == null ? 0 : line.credits().hundredths(), Use.Purpose.REDEEMED,
                transfer.goal().equals(goal) ? null : transfer.id().toString(),
                transfer.id().toString());
    }

    private Target target(@Nullable ProgrammeVersion programme, TargetId towards) {
        return (programme == null ? Optional.<Target>empty()
                : around.programme(programme).target(towards)).orElseGet(
                        () -> new Target(towards, null, null, Attributes.NONE));
    }

    private Use use(AchievementId id, Use.Purpose purpose, @Nullable String career, String by) {
        return new Use(evidence(open.held(id)),
                new Target(TargetId.PROGRAMME, null, null, Attributes.NONE), null, 0, purpose,
                career, by);
    }
}
