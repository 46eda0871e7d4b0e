package creditbank.http;

import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementId;
import creditbank.api.account.TransferId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import creditbank.projections.Transfers.State;
import creditbank.projections.Transfers.Transfer;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transfer as it stands.
 *
 * @param from      the school that lets go
 * @param to        the school the credits go to
 * @param programme whose courses and groups they are mapped on; absent where they go as they are
 * @param agreement which it rests on, where the rulebook is not the target's own
 * @param on        the day it was decided for
 * @param answerBy  the last day for an answer
 * @param endedOn   the business day from which on it does not wait; absent while it does, and where
 *                  the account was closed for good
 * @param undone    the pieces that are transferred no longer
 * @param position  of the entry in which the whole decision stands
 */
record TransferAnswer(TransferId id, InstitutionId from, InstitutionId to,
        @Nullable ProgrammeVersion programme, RulebookVersion rulebook,
        @Nullable AgreementId agreement, LocalDate on, LocalDate answerBy, State state,
        @Nullable LocalDate endedOn, List<TransferLineAnswer> lines, List<UndoneAnswer> undone,
        long position) {

    /**
     * A piece and what it becomes.
     *
     * @param evidence the achievement at the school that lets go
     * @param credits  all of its credits that are offered; absent where it has none
     * @param target   what it is mapped on: the programme itself where it goes as it is
     * @param clause   the rule that says so
     * @param becomes  its credits once converted; absent where a course need only not be taken
     * @param received what it became; absent until it is accepted
     */
    record TransferLineAnswer(AchievementId evidence, @Nullable Credits credits, TargetId target,
            ClauseId clause, @Nullable Credits becomes, @Nullable AchievementId received) {
    }

    /**
     * A piece that holds no longer or not as it was, or of which nothing is left where it went.
     *
     * @param received the last of what it became, where {@code cause} says what became of that
     */
    record UndoneAnswer(AchievementId achievement, AchievementChange cause,
            @Nullable AchievementId received, LocalDate on) {
    }

    static TransferAnswer of(Transfer t) {
        return new TransferAnswer(t.id(), t.from(), t.to(), t.programme(), t.rulebook(),
                t.agreement(), t.on(), t.answerBy(), t.state(), t.endedOn(),
                t.lines().stream().map(line -> new TransferLineAnswer(line.evidence(),
                        line.credits(), line.target(), line.clause(), line.becomes(),
                        line.received())).toList(),
                t.undone().stream().map(piece -> new UndoneAnswer(
                        piece.achievement(), piece.cause(), piece.received(), piece.on())).toList(),
                t.position());
    }
}
