package creditbank.ledger;

import creditbank.api.Event;
import creditbank.api.account.AccountEvent.AccountRestricted;
import creditbank.api.account.AccountEvent.AchievementRevoked;
import creditbank.api.account.AchievementId;
import creditbank.api.account.Deposit;
import creditbank.api.account.LearnerId;
import creditbank.api.institution.InstitutionEvent.InstitutionRegistered;
import creditbank.api.institution.InstitutionId;
import creditbank.api.institution.InstitutionKind;
import creditbank.api.value.Claim;
import creditbank.api.value.CreditUnit;
import creditbank.api.value.Credits;
import creditbank.api.value.Sector;
import creditbank.ledger.Commit.Draft;
import java.time.LocalDate;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Commits for tests of stores, which do not care what an event means. */
public final class Drafts {

    private static final LearnerId SOMEONE = new LearnerId("7K3M9Q2HX4T8W1ZC");

    private Drafts() {
    }

    public static Draft draft(String command, String stream, long sequence) {
        return draft(command, stream, sequence, new AccountRestricted(SOMEONE));
    }

    public static Draft draft(String command, String stream, long sequence, Event event) {
        byte[] bytes = EntryFormat.write(UUID.randomUUID().toString(), stream, sequence,
                "user/test", null, command, null, null, event);
        return new Draft(stream, sequence, bytes, event.claims(), event.releases());
    }

    public static Draft claiming(Draft draft, Claim... claims) {
        return new Draft(draft.stream(), draft.sequence(), draft.bytes(), List.of(claims),
                draft.releases());
    }

    /** An entry whose event says that it takes the claims, and not only its draft. */
    public static Draft taking(String command, String stream, long sequence, Claim... claims) {
        return draft(command, stream, sequence, new InstitutionRegistered(
                new InstitutionId("some-college"), "某学院", Sector.VOCATIONAL,
                InstitutionKind.COLLEGE, null, null, null, List.of(claims)));
    }

    /** An entry whose event says that it sets the claims free. */
    public static Draft freeing(String command, String stream, long sequence, Claim... claims) {
        return draft(command, stream, sequence, new AchievementRevoked(
                new AchievementId(SOMEONE, 2), new InstitutionId("some-college"),
                new Deposit(Sector.VOCATIONAL, Credits.of("4.50", CreditUnit.CN), null),
                LocalDate.EPOCH, List.of(claims)));
    }

    public static Draft releasing(Draft draft, Claim... claims) {
        return new Draft(draft.stream(), draft.sequence(), draft.bytes(), draft.claims(),
                List.of(claims));
    }

    /** An entry of a size of its own choosing. */
    public static Draft named(String command, String stream, long sequence, String name) {
        return draft(command, stream, sequence, new InstitutionRegistered(
                new InstitutionId("some-college"), name, Sector.VOCATIONAL,
                InstitutionKind.COLLEGE, null, null, null, List.of()));
    }

    public static Commit commit(String command, Draft... drafts) {
        return new Commit(command, List.of(drafts), Map.of());
    }

    public static Commit one(String command, String stream, long sequence) {
        return commit(command, draft(command, stream, sequence));
    }

    public static Claim claim(int number) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) number;
        return Claim.of(Claim.Kind.RECORD,
                Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}
