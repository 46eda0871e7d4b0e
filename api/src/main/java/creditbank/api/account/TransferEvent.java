package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.Decision;
import creditbank.api.recognition.Wish;
import creditbank.api.value.Sealed;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts of credits that go from one school to another (转换). They stand in the learner's stream,
 * which both schools' credits lie in: one transfer, whichever side looks.
 */
public sealed interface TransferEvent extends AccountEvent, Posts {

    TransferId id();

    @Override
    default LearnerId learner() {
        return id().learner();
    }

    /**
     * A fact that a school offered credits to another, and that they are reserved until it answers.
     * All that the decision rests on stands here or before this entry, so that it can be made
     * again.
     *
     * @param from      the school that lets go, which stated all that goes
     * @param to        the school they go to
     * @param programme whose courses and groups they are mapped on; absent where they go as they
     *                  are
     * @param asked     what was asked; absent where whatever counts most was
     * @param request   what was said in asking
     * @param ofLearner what was said of the learner, as {@link Attributes} are written, sealed
     *                  because it is personal; absent where nothing was
     * @param agreement the agreement it rests on; absent where the rulebook is one of the target's
     *                  own jurisdiction
     * @param decision  which piece becomes what: each line granted names the clause and the credits
     *                  it is converted to
     * @param answerBy  the last business day for an answer
     * @param postings  which credits are reserved
     */
    record TransferRequested(
            TransferId id,
            InstitutionId from,
            InstitutionId to,
            @Nullable ProgrammeVersion programme,
            @Nullable List<Wish> asked,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Attributes request,
            @Nullable Sealed ofLearner,
            @Nullable AgreementId agreement,
            Decision decision,
            LocalDate answerBy,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements TransferEvent {

        public TransferRequested {
            asked = asked == null ? null : List.copyOf(asked);
            request = request == null ? Attributes.NONE : request;
            postings = Posting.present(postings);
        }

        @Override
        public LocalDate on() {
            return decision.on();
        }
    }

    /**
     * A fact that the other school took them: they are gone where they were, and what they became
     * is recorded by the entries behind this one.
     *
     * @param on       the business day
     * @param received what they became, in the order of the lines granted
     */
    record TransferAccepted(
            TransferId id,
            LocalDate on,
            List<AchievementId> received,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements TransferEvent {

        public TransferAccepted {
            received = List.copyOf(received);
            postings = Posting.present(postings);
        }
    }

    /** A fact that the other school did not take them; the reason stands with the entry. */
    record TransferDeclined(
            TransferId id,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements TransferEvent {

        public TransferDeclined {
            postings = Posting.present(postings);
        }
    }

    /**
     * A fact that the offer was taken back before it was answered.
     *
     * @param cause       what became of a piece of it; absent where the school took it back itself,
     *                    for the reason that stands with the entry
     * @param achievement that piece; absent where the school took it back itself
     * @param on          the business day
     */
    record TransferWithdrawn(
            TransferId id,
            @Nullable AchievementChange cause,
            @Nullable AchievementId achievement,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements TransferEvent {

        public TransferWithdrawn {
            postings = Posting.present(postings);
        }
    }

    /**
     * A fact that nobody answered in time.
     *
     * @param on the first business day after the last one for an answer: from then on the credits
     *           are available, whenever the bank came to say so
     */
    record TransferLapsed(
            TransferId id,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements TransferEvent {

        public TransferLapsed {
            postings = Posting.present(postings);
        }
    }

    /**
     * A fact that a piece is transferred no longer. Either it holds no longer, or not as it was:
     * then what it had become is revoked by the entries behind this one. Or the other school
     * revoked the last of what it had become, by an entry before this one in the same commit: then
     * it is the first school's as it was before.
     *
     * @param achievement the piece at the school that had let go
     * @param cause       what became of it, or of {@code received}
     * @param received    the last of what it had become, where that is what holds no longer; absent
     *                    where the piece itself does
     * @param on          the business day
     * @param postings    its credits, that can be revoked, corrected or used as any others
     */
    record TransferUndone(
            TransferId id,
            AchievementId achievement,
            AchievementChange cause,
            @Nullable AchievementId received,
            LocalDate on,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Posting> postings)
            implements TransferEvent {

        public TransferUndone {
            postings = Posting.present(postings);
        }
    }
}
