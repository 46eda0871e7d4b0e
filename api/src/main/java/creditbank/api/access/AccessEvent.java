package creditbank.api.access;

import creditbank.api.Event;
import creditbank.api.account.LearnerId;
import creditbank.api.account.PersonalField;
import java.util.List;

/** Facts of a learner's access stream: what others were shown. */
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
     * @param fields what was opened, at least one, each once, in the order of their declaration
     */
    record PersonalDataDisclosed(LearnerId learner, List<PersonalField> fields)
            implements AccessEvent {

        public PersonalDataDisclosed {
            fields = fields.stream().distinct().sorted().toList();
            if (fields.isEmpty()) {
                throw new IllegalArgumentException("Nothing of " + learner + " was disclosed");
            }
        }
    }
}
