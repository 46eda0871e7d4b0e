package creditbank.projections;

import com.fasterxml.jackson.annotation.JsonInclude;
import creditbank.api.Recorded;
import creditbank.api.account.AccountEvent.LearnerErased;
import creditbank.api.account.AchievementChange;
import creditbank.api.account.AchievementId;
import creditbank.api.account.LearnerId;
import creditbank.api.account.TransferEvent;
import creditbank.api.account.TransferEvent.TransferAccepted;
import creditbank.api.account.TransferEvent.TransferDeclined;
import creditbank.api.account.TransferEvent.TransferLapsed;
import creditbank.api.account.TransferEvent.TransferRequested;
import creditbank.api.account.TransferEvent.TransferUndone;
import creditbank.api.account.TransferEvent.TransferWithdrawn;
import creditbank.api.account.TransferId;
import creditbank.api.agreement.AgreementId;
import creditbank.api.institution.InstitutionId;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.GrantedLine;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What did a learner's schools offer to others, under which rules, and what came of it? Both
 * schools see the same document.
 */
public final class Transfers implements Projection {

    public enum State {
        WAITING,
        ACCEPTED,
        DECLINED,
        WITHDRAWN,
        LAPSED,
        /** The account was closed for good while it waited. */
        CLOSED
    }

    /**
     * A transfer as it stands.
     *
     * @param from      the school that lets go
     * @param to        the school the credits go to
     * @param programme whose courses and groups they are mapped on; absent where they go as they
     *                  are
     * @param agreement which it rests on, where the rulebook is not the target's own
     * @param on        the day it was decided for
     * @param answerBy  the last day for an answer
     * @param endedOn   the business day from which on it does not wait; absent while it does, and
     *                  where it is {@code CLOSED}
     * @param undone    the pieces that are transferred no longer
     * @param steps     the entries that say so, the request first
     */
    public record Transfer(
            TransferId id,
            InstitutionId from,
            InstitutionId to,
            @Nullable ProgrammeVersion programme,
            RulebookVersion rulebook,
            @Nullable AgreementId agreement,
            LocalDate on,
            LocalDate answerBy,
            State state,
            @Nullable LocalDate endedOn,
            List<Line> lines,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Undone> undone,
            List<Step> steps) {

        public Transfer {
            lines = List.copyOf(lines);
            undone = undone == null ? List.of() : List.copyOf(undone);
            steps = List.copyOf(steps);
        }

        /** Of the entry in which the whole decision stands. */
        public long position() {
            return steps.getFirst().position();
        }

        private Transfer ended(State now, @Nullable LocalDate day, Recorded entry) {
            return new Transfer(id, from, to, programme, rulebook, agreement, on, answerBy, now,
                    day, lines, undone, with(steps, Step.of(entry)));
        }

        private Transfer accepted(List<AchievementId> received) {
            List<Line> now = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                now.add(lines.get(i).as(received.get(i)));
            }
            return new Transfer(id, from, to, programme, rulebook, agreement, on, answerBy, state,
                    endedOn, now, undone, steps);
        }

        private Transfer undone(Undone piece, Recorded entry) {
            return new Transfer(id, from, to, programme, rulebook, agreement, on, answerBy, state,
                    endedOn, lines, with(undone, piece), with(steps, Step.of(entry)));
        }

        private static <T> List<T> with(List<T> all, T one) {
            List<T> now = new ArrayList<>(all);
            now.add(one);
            return now;
        }
    }

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
    public record Line(AchievementId evidence, @Nullable Credits credits, TargetId target,
            ClauseId clause, @Nullable Credits becomes, @Nullable AchievementId received) {

        private static Line of(GrantedLine line, TransferRequested e) {
            AchievementId evidence = AchievementId.parse(line.evidence().text());
            Credits credits = e.postings().stream()
                    .filter(p -> p.achievement().equals(evidence))
                    .map(p -> p.credits()).findFirst().orElse(null);
            return new Line(evidence, credits, line.target(), line.clause(), line.credits(),
                    null);
        }

        private Line as(AchievementId now) {
            return new Line(evidence, credits, target, clause, becomes, now);
        }
    }

    /**
     * A piece that holds no longer or not as it was, or nothing is left of what it became.
     *
     * @param received the last of what it became, where {@code cause} says what became of that
     */
    public record Undone(AchievementId achievement, AchievementChange cause,
            @Nullable AchievementId received, LocalDate on) {
    }

    private static final String BY_FROM = "by_from";
    private static final String BY_FROM_AND_STATE = "by_from_and_state";
    private static final String BY_TO = "by_to";
    private static final String BY_TO_AND_STATE = "by_to_and_state";
    private static final String BY_LAST_DAY = "by_last_day";

    /** Key: learner, dash, number in the account with leading zeros. */
    public static final View<Transfer> TRANSFERS = new View<>("transfers", Transfer.class,
            List.of(
                    new View.Index<>(BY_FROM, t -> t.from() + "|" + when(t)),
                    new View.Index<>(BY_FROM_AND_STATE,
                            t -> t.from() + "|" + t.state() + "|" + when(t)),
                    new View.Index<>(BY_TO, t -> t.to() + "|" + when(t)),
                    new View.Index<>(BY_TO_AND_STATE,
                            t -> t.to() + "|" + t.state() + "|" + when(t)),
                    new View.Index<>(BY_LAST_DAY, t -> t.state() == State.WAITING
                            ? t.answerBy() + "|" + key(t.id()) : null)));

    private static String when(Transfer t) {
        return View.ordered(t.position());
    }

    private static String key(TransferId id) {
        return id.learner() + "-" + View.ordered(id.number());
    }

    // ------------------------------------------------------------------ questions

    public static @Nullable Transfer get(Views views, TransferId id) {
        return views.get(TRANSFERS, key(id));
    }

    /** In the order in which they were requested. */
    public static Views.Range ofLearner(LearnerId learner, int limit) {
        return Views.Range.ofKeys(learner + "-", limit);
    }

    /** What a school offered, last first. */
    public static Views.Range from(InstitutionId school, @Nullable State state, int limit) {
        return range(BY_FROM, BY_FROM_AND_STATE, school, state, limit);
    }

    /** What was offered to a school, last first. */
    public static Views.Range to(InstitutionId school, @Nullable State state, int limit) {
        return range(BY_TO, BY_TO_AND_STATE, school, state, limit);
    }

    /** What a school has to answer, offered first first. */
    public static Views.Range waitingFor(InstitutionId school, int limit) {
        return Views.Range.of(
                BY_TO_AND_STATE, school + "|" + State.WAITING + "|", limit);
    }

    private static Views.Range range(String all, String inState, InstitutionId school,
            @Nullable State state, int limit) {
        return Views.Range.of(state == null ? all : inState,
                school + "|" + (state == null ? "" : state + "|"), limit).newestFirst();
    }

    /** Those that wait although their last day is before {@code today}, the oldest first. */
    public static Views.Range overdue(LocalDate today, int limit) {
        return new Views.Range(BY_LAST_DAY, "", today.toString(), false, limit);
    }

    // ------------------------------------------------------------------ fold

    @Override
    public String name() {
        return "transfers";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<View<?>> views() {
        return List.of(TRANSFERS);
    }

    @Override
    public void fold(Recorded entry, Documents documents) {
        if (entry.event() instanceof LearnerErased erased) {
            close(entry, erased.learner(), documents);
        } else if (entry.event() instanceof TransferEvent event) {
            switch (event) {
                case TransferRequested e -> documents.put(TRANSFERS, key(e.id()), new Transfer(
                        e.id(), e.from(), e.to(), e.programme(), e.decision().rulebook(),
                        e.agreement(), e.decision().on(), e.answerBy(), State.WAITING, null,
                        e.decision().granted().stream().map(line -> Line.of(line, e)).toList(),
                        List.of(), List.of(Step.of(entry))));
                case TransferAccepted e -> change(documents, e.id(), was -> was.ended(
                        State.ACCEPTED, e.on(), entry).accepted(e.received()));
                case TransferDeclined e -> change(documents, e.id(),
                        was -> was.ended(State.DECLINED, e.on(), entry));
                case TransferWithdrawn e -> change(documents, e.id(),
                        was -> was.ended(State.WITHDRAWN, e.on(), entry));
                case TransferLapsed e -> change(documents, e.id(),
                        was -> was.ended(State.LAPSED, e.on(), entry));
                case TransferUndone e -> change(documents, e.id(), was -> was.undone(
                        new Undone(e.achievement(), e.cause(), e.received(), e.on()),
                        entry));
            }
        }
    }

    /** Nobody can answer any more. */
    private static void close(Recorded entry, LearnerId learner, Documents documents) {
        int number = 1;
        Transfer was = documents.get(TRANSFERS, key(new TransferId(learner, number)));
        while (was != null) {
            if (was.state() == State.WAITING) {
                documents.put(TRANSFERS, key(was.id()), was.ended(State.CLOSED, null, entry));
            }
            number++;
            was = documents.get(TRANSFERS, key(new TransferId(learner, number)));
        }
    }

    private static void change(
            Documents documents, TransferId id, UnaryOperator<Transfer> change) {
        Transfer was = Objects.requireNonNull(documents.get(TRANSFERS, key(id)),
                () -> "No transfer " + id + " was ever requested");
        documents.put(TRANSFERS, key(id), change.apply(was));
    }
}
