package creditbank.account;

import creditbank.api.account.AccountCommand;
import creditbank.api.account.AchievementId;
import creditbank.api.account.EnrolmentCommand.EnrolLearner;
import creditbank.api.account.EnrolmentCommand.MoveEnrolment;
import creditbank.api.account.EnrolmentCommand.WithdrawEnrolment;
import creditbank.api.account.EnrolmentId;
import creditbank.api.account.RecognitionCommand.RecogniseCredits;
import creditbank.api.account.RecognitionCommand.WithdrawRecognition;
import creditbank.api.account.RecognitionId;
import creditbank.api.account.RedemptionCommand.Graduate;
import creditbank.api.account.RedemptionCommand.RedeemCredits;
import creditbank.api.account.RedemptionCommand.ReverseRedemption;
import creditbank.api.account.RedemptionId;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.account.TransferCommand.AcceptTransfer;
import creditbank.api.account.TransferCommand.DeclineTransfer;
import creditbank.api.account.TransferCommand.LapseTransfer;
import creditbank.api.account.TransferCommand.RequestTransfer;
import creditbank.api.account.TransferCommand.WithdrawTransfer;
import creditbank.api.account.TransferId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.EvidenceId;
import creditbank.api.recognition.TargetId;
import creditbank.api.recognition.Wish;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.formats.Samples;
import java.time.LocalDate;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Random commands about what one learner studies, at the {@link Schools}. */
final class RandomStudies {

    private static final List<InstitutionId> SCHOOLS = List.of(Schools.FIRST, Schools.SECOND);
    private static final List<TargetId> TARGETS = List.of(TargetId.course("C1"),
            TargetId.course("C2"), TargetId.group("free"), TargetId.PROGRAMME,
            TargetId.course("C9"));

    private final RandomGenerator random;

    RandomStudies(RandomGenerator random) {
        this.random = random;
    }

    AccountCommand command(Account.Open open, LocalDate today) {
        LocalDate on = random.nextInt(3) > 0 ? null : today.minusDays(random.nextInt(-1, 40));
        int draw = random.nextInt(100);
        EnrolmentId enrolment =
                new EnrolmentId(open.learner(), number(open.enrolments().size()));
        InstitutionId school = school(open, enrolment);
        if (draw < 15 || open.enrolments().isEmpty()) {
            return enrol(open, on);
        } else if (draw < 20) {
            return new MoveEnrolment(enrolment, oneOf(List.of(Schools.NARROW, Schools.WIDE,
                    Schools.OTHER)), school, Samples.REASON);
        } else if (draw < 25) {
            return new WithdrawEnrolment(enrolment, school, on, Samples.REASON);
        } else if (draw < 60) {
            return recognise(open, enrolment, school, on);
        } else if (draw < 68) {
            return withdraw(open);
        } else if (draw < 78) {
            return new Graduate(enrolment, school, on,
                    Attributes.NONE.with("urgent", random.nextBoolean()), Attributes.NONE, null);
        } else if (draw < 90) {
            return redeem(open, enrolment, on);
        } else {
            return new ReverseRedemption(
                    new RedemptionId(open.learner(), number(open.redemptions().size())),
                    open.redemptions().isEmpty() || random.nextInt(10) == 0 ? oneOf(SCHOOLS)
                            : oneOf(open.redemptions()).by(),
                    on, Samples.REASON);
        }
    }

    private EnrolLearner enrol(Account.Open open, @Nullable LocalDate on) {
        boolean first = random.nextBoolean();
        ProgrammeVersion programme = !first ? Schools.OTHER
                : random.nextInt(3) == 0 ? Schools.NARROW : Schools.WIDE;
        InstitutionId school = first == (random.nextInt(20) > 0) ? Schools.FIRST : Schools.SECOND;
        return new EnrolLearner(open.learner(), programme, school,
                random.nextInt(4) == 0 ? oneOf(List.of(Schools.FIRST, Schools.THIRD)) : null, on,
                random.nextInt(4) == 0 ? achievement(open) : null);
    }

    private RecogniseCredits recognise(Account.Open open, EnrolmentId enrolment,
            InstitutionId school, @Nullable LocalDate on) {
        boolean strict = school.equals(Schools.FIRST) && random.nextInt(3) > 0;
        List<AchievementId> counting = open.recognitions().stream()
                .flatMap(r -> r.lines().stream().map(Recognition.Line::evidence)).toList();
        AchievementId piece = counting.isEmpty() || random.nextInt(3) == 0
                ? achievement(open) : oneOf(counting);
        List<Wish> asked = random.nextBoolean() ? null : List.of(
                new Wish(new EvidenceId(piece.toString()), List.of(oneOf(TARGETS))));
        return new RecogniseCredits(enrolment, school, strict ? Schools.STRICT : Schools.SHARING,
                asked, on, Attributes.NONE.with("urgent", random.nextBoolean()), Attributes.NONE,
                null, !strict && school.equals(Schools.FIRST) && random.nextInt(8) > 0
                        ? Schools.AGREEMENT : null);
    }

    private WithdrawRecognition withdraw(Account.Open open) {
        RecognitionId id =
                new RecognitionId(open.learner(), number(open.recognitions().size()));
        if (id.number() > open.recognitions().size()) {
            return new WithdrawRecognition(
                    id, achievement(open), oneOf(SCHOOLS), Samples.REASON);
        }
        Recognition recognition = open.recognitions().get(id.number() - 1);
        return new WithdrawRecognition(id, recognition.lines().isEmpty() ? achievement(open)
                : recognition.lines().getFirst().evidence(),
                school(open, recognition.enrolment()), Samples.REASON);
    }

    private RedeemCredits redeem(
            Account.Open open, EnrolmentId enrolment, @Nullable LocalDate on) {
        RedemptionPurpose.ForAmount purpose = random.nextBoolean()
                ? new RedemptionPurpose.Certificate("高级工")
                : new RedemptionPurpose.Entitlement("entry-without-test");
        return new RedeemCredits(open.learner(), school(open, enrolment), purpose,
                new Credits(random.nextInt(1, 1_500), CreditUnit.CN),
                random.nextBoolean() ? List.of() : List.of(achievement(open)), on);
    }

    AccountCommand transfer(Account.Open open, LocalDate today) {
        LocalDate on = random.nextInt(3) > 0 ? null : today.minusDays(random.nextInt(-1, 40));
        TransferId id = new TransferId(open.learner(), number(open.transfers().size()));
        if (id.number() > open.transfers().size() || random.nextInt(3) == 0) {
            return offer(open, today, on);
        }
        Transfer transfer = open.transfers().get(id.number() - 1);
        boolean strangely = random.nextInt(10) == 0;
        InstitutionId from = strangely ? oneOf(SCHOOLS) : transfer.from();
        InstitutionId to = strangely ? oneOf(SCHOOLS) : transfer.to();
        return switch (random.nextInt(8)) {
            case 0, 1 -> new DeclineTransfer(id, to, Samples.REASON);
            case 2 -> new WithdrawTransfer(id, from, Samples.REASON);
            case 3, 4 -> new LapseTransfer(id, random.nextBoolean() ? null : from);
            default -> new AcceptTransfer(id, to);
        };
    }

    private RequestTransfer offer(
            Account.Open open, LocalDate today, @Nullable LocalDate on) {
        InstitutionId to = oneOf(SCHOOLS);
        AchievementId piece = achievement(open);
        boolean known = piece.number() <= open.achievements().size();
        InstitutionId from = !known || random.nextInt(10) == 0 ? oneOf(SCHOOLS)
                : open.achievements().get(piece.number() - 1).issuer();
        boolean strict = to.equals(Schools.FIRST) == (random.nextInt(12) > 0);
        return new RequestTransfer(open.learner(), from, to,
                random.nextInt(3) == 0 ? null
                        : to.equals(Schools.FIRST) == (random.nextInt(12) > 0)
                                ? Schools.WIDE : Schools.OTHER,
                strict ? Schools.STRICT : Schools.SHARING,
                random.nextInt(4) > 0 ? null : List.of(new Wish(
                        new EvidenceId(piece.toString()), List.of(oneOf(TARGETS)))), on,
                // Others come to their turn meanwhile, so most answers take months.
                today.plusDays(random.nextInt(-5, 370)), Attributes.NONE, Attributes.NONE, null,
                null);
    }

    private InstitutionId school(Account.Open open, EnrolmentId id) {
        return id.number() > open.enrolments().size() || random.nextInt(15) == 0
                ? oneOf(SCHOOLS) : open.enrolments().get(id.number() - 1).school();
    }

    private AchievementId achievement(Account.Open open) {
        return new AchievementId(open.learner(), number(open.achievements().size()));
    }

    /** One of those there are, or now and then the one behind them. */
    private int number(int last) {
        return last == 0 || random.nextInt(20) == 0 ? last + 1 : random.nextInt(1, last + 1);
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
