package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Personal text of a learner, which stands sealed wherever it stands. The written names are stored,
 * and bound into what is sealed; they never change.
 */
public enum PersonalField {
    IDENTITY_NAME("identity.name"),
    IDENTITY_DOCUMENT_NUMBER("identity.documentNumber"),
    IDENTITY_BIRTHDAY("identity.birthday"),
    RECORD_KEY("achievement.recordKey"),
    NUMBER("achievement.number"),
    /** What is said of the learner in asking for a recognition or a transfer. */
    OF_LEARNER("recognition.ofLearner"),
    REASON("reason");

    private final String written;

    PersonalField(String written) {
        this.written = written;
    }

    @JsonValue
    public String written() {
        return written;
    }
}
