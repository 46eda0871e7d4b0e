package creditbank.projections;

import static creditbank.api.account.CreditState.AVAILABLE;
import static creditbank.api.account.CreditState.REDEEMED;
import static creditbank.api.account.CreditState.RESERVED;
import static creditbank.api.account.CreditState.TRANSFERRED;

import creditbank.api.account.Achievement;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.CreditState;
import creditbank.api.account.Posting;
import creditbank.api.account.RecognitionEvent.Cause;
import creditbank.api.account.RedemptionPurpose;
import creditbank.api.account.RedemptionPurpose.Certificate;
import creditbank.api.institution.InstitutionId;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A learner to whom valid things happen at random, on days in no order, beside a plain count of
 * what is bound to what. Every draw comes from one source, so a seed tells the whole history.
 */
final class RandomPostings {

    private static final List<InstitutionId> ISSUERS =
            List.of(new InstitutionId("school-0"), new InstitutionId("school-1"));
    private static final LocalDate FIRST = LocalDate.of(2020, 1, 1);
    private static final int DAYS = 1_500;

    /** Credits of an achievement that count in a recognition, or were used from it. */
    private static final class Bound {
        private final int achievement;
        /** 0 where they were used without one. */
        private final int recognition;
        private final int enrolment;
        private long hundredths;
        /** 0 while they are only reserved. */
        private int redemption;

        private Bound(int achievement, int recognition, int enrolment, long hundredths,
                int redemption) {
            this.achievement = achievement;
            this.recognition = recognition;
            this.enrolment = enrolment;
            this.hundredths = hundredths;
            this.redemption = redemption;
        }
    }

    /** Credits of an achievement that were offered to another school. */
    private static final class Offer {
        private final int transfer;
        private final int achievement;
        private final long hundredths;
        private boolean accepted;

        private Offer(int transfer, int achievement, long hundredths) {
            this.transfer = transfer;
            this.achievement = achievement;
            this.hundredths = hundredths;
        }
    }

    final Facts facts = new Facts();
    final Set<String> happened = new HashSet<>();
    /** By number, the first at 0. */
    final List<Achievement> achievements = new ArrayList<>();
    private final Set<Integer> revoked = new HashSet<>();
    private final List<Bound> bound = new ArrayList<>();
    /** Those that wait or were accepted. */
    private final List<Offer> offers = new ArrayList<>();
    private int transfers;
    private final RandomGenerator random;
    /** The one that began last, if it goes on; else 0. */
    private int active;
    private int enrolments;
    private int recognitions;
    private int redemptions;
    private final Set<Integer> reversed = new HashSet<>();

    RandomPostings(RandomGenerator random) {
        this.random = random;
    }

    LocalDate someDay() {
        return FIRST.plusDays(random.nextInt(DAYS));
    }

    void step() {
        if (active == 0) {
            active = ++enrolments;
            facts.fold(Facts.begun(active, someDay().toString()));
        }
        switch (random.nextInt(12)) {
            case 0, 1 -> record();
            case 2, 3, 4 -> recognise();
            case 5 -> redeem();
            case 6 -> reverse();
            case 7 -> takeBack();
            case 8 -> revokeOrCorrect();
            case 9 -> offer();
            case 10 -> answer();
            default -> leaveOrGraduate();
        }
        facts.entries.forEach(e -> happened.add(e.event().getClass().getSimpleName()));
    }

    // ------------------------------------------------------------------ the plain count

    long reserved(int achievement) {
        return bound.stream().filter(b -> b.achievement == achievement && b.redemption == 0)
                .mapToLong(b -> b.hundredths).sum()
                + offers.stream().filter(o -> o.achievement == achievement && !o.accepted)
                .mapToLong(o -> o.hundredths).sum();
    }

    long redeemed(int achievement) {
        return bound.stream().filter(b -> b.achievement == achievement && b.redemption != 0)
                .mapToLong(b -> b.hundredths).sum();
    }

    private long available(int achievement) {
        return revoked.contains(achievement) ? 0
                : achievements.get(achievement - 1).credits().hundredths()
                        - reserved(achievement) - redeemed(achievement)
                        - transferred(achievement);
    }

    long transferred(int achievement) {
        return offers.stream().filter(o -> o.achievement == achievement && o.accepted)
                .mapToLong(o -> o.hundredths).sum();
    }

    // ------------------------------------------------------------------ what happens

    private Achievement some(InstitutionId issuer, CreditUnit unit) {
        LocalDate happenedOn = someDay();
        return Facts.course(issuer, random.nextInt(1_000), unit, happenedOn,
                random.nextBoolean() ? null : happenedOn.plusDays(random.nextInt(DAYS)));
    }

    private void record() {
        Achievement achievement = some(ISSUERS.get(random.nextInt(2)), CreditUnit.CN);
        achievements.add(achievement);
        facts.fold(Facts.recorded(Facts.achievement(achievements.size()), achievement));
    }

    private void recognise() {
        List<Posting> postings = new ArrayList<>();
        recognitions++;
        for (int i = 1; i <= achievements.size(); i++) {
            if (available(i) > 0 && random.nextInt(3) == 0) {
                long amount = random.nextLong(available(i)) + 1;
                bound.add(new Bound(i, recognitions, active, amount, 0));
                postings.add(posting(i, AVAILABLE, RESERVED, amount));
            }
        }
        facts.fold(Facts.decided(recognitions, active, someDay(), array(postings)));
    }

    private void redeem() {
        List<Posting> postings = new ArrayList<>();
        for (int i = 1; i <= achievements.size(); i++) {
            if (available(i) > 0 && random.nextInt(4) == 0) {
                long amount = random.nextLong(available(i)) + 1;
                bound.add(new Bound(i, 0, 0, amount, redemptions + 1));
                postings.add(posting(i, AVAILABLE, REDEEMED, amount));
            }
        }
        redeemed(new Certificate("证书"), postings);
    }

    private void redeemed(RedemptionPurpose purpose, List<Posting> postings) {
        facts.fold(Facts.redeemed(++redemptions, purpose, someDay(), array(postings)));
    }

    private void leaveOrGraduate() {
        List<Posting> postings = new ArrayList<>();
        boolean graduates = random.nextBoolean();
        int enrolment = active;
        List<Bound> these = bound.stream()
                .filter(b -> b.redemption == 0 && b.enrolment == enrolment).toList();
        these.forEach(b -> postings.add(posting(b.achievement, RESERVED,
                graduates ? REDEEMED : AVAILABLE, b.hundredths)));
        active = 0;
        if (graduates) {
            these.forEach(b -> b.redemption = redemptions + 1);
            redeemed(Facts.diploma(enrolment, array(postings)), postings);
        } else {
            bound.removeAll(these);
            facts.fold(Facts.left(enrolment, someDay(), array(postings)));
        }
    }

    private void reverse() {
        int redemption = random.nextInt(redemptions + 1);
        if (redemption == 0 || !reversed.add(redemption)) {
            return;
        }
        List<Posting> postings = new ArrayList<>();
        for (Bound b : bound.stream().filter(b -> b.redemption == redemption).toList()) {
            postings.add(posting(b.achievement, REDEEMED,
                    b.recognition == 0 ? AVAILABLE : RESERVED, b.hundredths));
            b.redemption = 0;
        }
        bound.removeIf(b -> b.redemption == 0 && b.recognition == 0);
        facts.fold(Facts.reversed(redemption, someDay(), array(postings)));
    }

    private void offer() {
        for (int i = 1; i <= achievements.size(); i++) {
            if (available(i) > 0 && random.nextInt(3) == 0) {
                Offer offer = new Offer(++transfers, i, available(i));
                facts.fold(Facts.offered(offer.transfer, someDay(),
                        posting(i, AVAILABLE, RESERVED, offer.hundredths)));
                offers.add(offer);
                return;
            }
        }
    }

    private void answer() {
        offers.stream().filter(o -> !o.accepted).findAny().ifPresent(offer -> {
            if (random.nextInt(3) == 0) {
                offers.remove(offer);
                facts.fold(Facts.declined(offer.transfer, someDay(), posting(
                        offer.achievement, RESERVED, AVAILABLE, offer.hundredths)));
            } else {
                offer.accepted = true;
                facts.fold(Facts.accepted(offer.transfer, someDay(), posting(
                        offer.achievement, RESERVED, TRANSFERRED, offer.hundredths)));
            }
        });
    }

    /** Whatever waits or was accepted of an achievement that holds no longer. */
    private void undo(int number, AchievementChange cause) {
        for (Offer o : offers.stream().filter(o -> o.achievement == number).toList()) {
            offers.remove(o);
            facts.fold(o.accepted
                    ? Facts.undone(o.transfer, number, cause, someDay(),
                            posting(number, TRANSFERRED, AVAILABLE, o.hundredths))
                    : Facts.takenBack(o.transfer, number, cause, someDay(),
                            posting(number, RESERVED, AVAILABLE, o.hundredths)));
        }
    }

    private void takeBack() {
        bound.stream().filter(b -> b.redemption == 0).findAny()
                .ifPresent(b -> release(b, Cause.MISTAKE));
    }

    private void release(Bound b, Cause cause) {
        bound.remove(b);
        facts.fold(Facts.withdrawn(b.recognition, b.achievement, cause, someDay(),
                posting(b.achievement, RESERVED, AVAILABLE, b.hundredths)));
    }

    private void revokeOrCorrect() {
        if (achievements.isEmpty()) {
            return;
        }
        int number = random.nextInt(achievements.size()) + 1;
        if (revoked.contains(number)) {
            return;
        }
        boolean revokes = random.nextBoolean();
        AchievementChange cause =
                revokes ? AchievementChange.REVOKED : AchievementChange.CORRECTED;
        Achievement was = achievements.get(number - 1);
        Achievement after = some(was.issuer(), random.nextInt(5) == 0
                ? CreditUnit.ECTS : was.credits().unit());
        bound.stream().filter(b -> b.achievement == number && b.redemption == 0).toList()
                .forEach(b -> release(b, revokes ? Cause.REVOKED : Cause.CORRECTED));
        undo(number, cause);
        question(number, cause,
                revokes || after.credits().unit() != was.credits().unit()
                        ? 0 : after.credits().hundredths());
        if (revokes) {
            LocalDate from = someDay();
            facts.fold(facts.revoked(Facts.achievement(number),
                    from.isBefore(was.happenedOn()) ? was.happenedOn() : from));
            revoked.add(number);
        } else {
            facts.fold(facts.corrected(Facts.achievement(number), after));
            achievements.set(number - 1, after);
        }
    }

    /** Gives back what was redeemed beyond {@code left}. */
    private void question(int number, AchievementChange cause, long left) {
        long over = redeemed(number) - left;
        for (Bound b : bound.stream().filter(b -> b.achievement == number).toList()) {
            long back = Math.min(over, b.hundredths);
            if (back > 0) {
                facts.fold(Facts.questioned(b.redemption, number, cause, someDay(),
                        posting(number, REDEEMED, AVAILABLE, back)));
                b.hundredths -= back;
                over -= back;
            }
        }
        bound.removeIf(b -> b.hundredths == 0);
    }

    private Posting posting(int number, CreditState from, CreditState to, long hundredths) {
        return Facts.posting(number, from, to, new Credits(
                hundredths, achievements.get(number - 1).credits().unit()));
    }

    private static Posting[] array(List<Posting> postings) {
        return postings.toArray(Posting[]::new);
    }
}
