package creditbank.account;

import static org.assertj.core.api.Assertions.assertThat;

import creditbank.api.account.AchievementId;
import creditbank.api.account.Origin;
import creditbank.api.account.RedemptionPurpose;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What holds of the credits of any account at any time. */
final class Uses {

    private Uses() {
    }

    static void hold(Account.Open open) {
        open.achievements().forEach(held -> {
            assertThat(held.available() + held.reserved() + held.redeemed()
                    + held.transferred())
                    .as("%s", held.id()).isEqualTo(held.revoked() ? 0
                            : held.achievement().credits().hundredths());
            if (held.reserved() > 0) {
                assertThat(careers(open, held.id(), Enrolment.Status.ACTIVE).size()
                        + transfers(open, held.id(), Transfer.Status.WAITING))
                        .as("what binds %s", held.id()).isPositive();
            }
            assertThat(redeemed(open, held.id())).as("redemptions of %s", held.id())
                    .isEqualTo(held.redeemed());
            assertThat(held.transferred() > 0).as("%s is gone", held.id()).isEqualTo(
                    held.achievement().credits().hundredths() > 0
                            && transfers(open, held.id(), Transfer.Status.ACCEPTED) > 0);
            cameFromWhatIsGone(open, held);
            comesBackOnceNothingIsLeftOfIt(open, held);
            servesOnePurpose(open, held.id());
            isBoundWhole(open, held);
        });
        fillNoCourseBeyondItsCredits(open);
        assertThat(open.enrolments().stream().filter(Enrolment::isActive)
                .map(e -> e.programme().id())).doesNotHaveDuplicates();
        assertThat(open.recognitions().stream().filter(r ->
                        Enrolment.known(open, r.enrolment()).isActive())
                .flatMap(r -> r.lines().stream()))
                .noneMatch(line -> Account.held(open, line.evidence()).revoked());
    }

    /** However many recognitions fill it. */
    private static void fillNoCourseBeyondItsCredits(Account.Open open) {
        Map<List<Object>, Long> filled = new HashMap<>();
        for (Recognition recognition : open.recognitions()) {
            for (Recognition.Line line : recognition.lines()) {
                Long hundredths = line.hundredths();
                if (line.target().text().startsWith("course/") && hundredths != null) {
                    filled.merge(List.of(recognition.enrolment(), line.target()), hundredths,
                            Long::sum);
                }
            }
        }
        filled.forEach((course, hundredths) -> assertThat(hundredths).as("%s", course)
                .isLessThanOrEqualTo(Schools.OF_A_COURSE.hundredths()));
    }

    /**
     * What counts towards a diploma is used, and what counts towards studies that go on is bound,
     * to the last credit, unless a diploma rests on what it was before.
     */
    private static void isBoundWhole(Account.Open open, Held held) {
        List<Redemption> diplomas = open.redemptions().stream().filter(redemption ->
                redemption.stands() && redemption.purpose() instanceof RedemptionPurpose.Diploma
                        && redemption.evidence().contains(held.id())).toList();
        if (diplomas.stream().anyMatch(d -> !d.questioned().contains(held.id()))) {
            assertThat(held.revoked()).as("%s, of a diploma, is revoked", held.id()).isFalse();
            assertThat(held.available()).as("of %s, in a diploma", held.id()).isZero();
        }
        if (!diplomas.isEmpty()
                && diplomas.stream().noneMatch(d -> d.questioned().contains(held.id()))) {
            assertThat(held.reserved()).as("of %s, in a diploma", held.id()).isZero();
        }
        if (!careers(open, held.id(), Enrolment.Status.ACTIVE).isEmpty()) {
            assertThat(held.available()).as("of %s, bound", held.id()).isZero();
        }
    }

    /** In one course of studies, or for something else; in two where a rulebook shares it. */
    private static void servesOnePurpose(Account.Open open, AchievementId id) {
        Set<Object> purposes = new HashSet<>();
        boolean shared = false;
        for (Enrolment.Status status : Set.of(
                Enrolment.Status.ACTIVE, Enrolment.Status.GRADUATED)) {
            purposes.addAll(careers(open, id, status));
        }
        for (Recognition recognition : open.recognitions()) {
            shared |= recognition.rulebook().equals(Schools.SHARING)
                    && recognition.lines().stream().anyMatch(l -> l.evidence().equals(id));
        }
        for (Redemption redemption : open.redemptions()) {
            if (redemption.stands() && redemption.evidence().contains(id)) {
                purposes.add(switch (redemption.purpose()) {
                    case RedemptionPurpose.Diploma diploma -> diploma.enrolment();
                    // Parts of one outcome may be used for several things.
                    case RedemptionPurpose other -> "parts";
                });
            }
        }
        for (Transfer transfer : open.transfers()) {
            if (transfer.bound().contains(id)) {
                purposes.add(transfer.id());
            }
        }
        if (!shared) {
            assertThat(purposes).as("what %s was used for", id).hasSizeLessThanOrEqualTo(1);
        }
    }

    /** What was received stands only as long as what it came from is gone. */
    private static void cameFromWhatIsGone(Account.Open open, Held held) {
        Origin origin = held.achievement().origin();
        if (origin != null && !held.revoked()) {
            assertThat(transfers(open, origin.achievement(), Transfer.Status.ACCEPTED))
                    .as("what %s came from", held.id()).isEqualTo(1);
            assertThat(Account.held(open, origin.achievement()).revoked()).isFalse();
        }
    }

    /** What went stands somewhere. */
    private static void comesBackOnceNothingIsLeftOfIt(Account.Open open, Held held) {
        if (transfers(open, held.id(), Transfer.Status.ACCEPTED) > 0) {
            assertThat(Transfer.received(open, held.id()))
                    .as("what %s became", held.id())
                    .anyMatch(received -> !Account.held(open, received).revoked());
        }
    }

    private static long transfers(
            Account.Open open, AchievementId id, Transfer.Status status) {
        return open.transfers().stream().filter(transfer -> transfer.status() == status)
                .filter(transfer -> transfer.bound().contains(id)).count();
    }

    private static Set<Object> careers(
            Account.Open open, AchievementId id, Enrolment.Status status) {
        Set<Object> careers = new HashSet<>();
        for (Recognition recognition : open.recognitions()) {
            if (Enrolment.known(open, recognition.enrolment()).status() == status
                    && recognition.lines().stream().anyMatch(l -> l.evidence().equals(id))) {
                careers.add(recognition.enrolment());
            }
        }
        return careers;
    }

    private static long redeemed(Account.Open open, AchievementId id) {
        return open.redemptions().stream().filter(Redemption::stands)
                .mapToLong(redemption -> redemption.uses(id)).sum();
    }
}
