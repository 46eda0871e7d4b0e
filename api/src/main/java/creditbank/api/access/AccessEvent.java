package creditbank.api.access;

import creditbank.api.Event;
import creditbank.api.account.LearnerId;
import java.util.List;

/** Facts of a learner's access stream: what others came to see. */
public sealed interface AccessEvent extends Event {

    LearnerId learner();

    default String stream() {
        return stream(learner());
    }

    /** The access stream of an account. */
    static String stream(LearnerId learner) {
        return "access/" + learner;
    }

    /**
     * A fact that somebody other than the learner was about to be shown personal data in clear, in
     * one answer. Who, for whom and when stands with the entry; what was shown does not stand
     * anywhere again.
     *
     * @param records in what they stood, at least one, each once, in the order of their declaration
     */
    record PersonalDataRead(LearnerId learner, List<PersonalRecord> records)
            implements AccessEvent {

        public PersonalDataRead {
            records = records.stream().distinct().sorted().toList();
            if (records.isEmpty()) {
                throw new IllegalArgumentException("Nothing was read of " + learner);
            }
        }
    }
}
