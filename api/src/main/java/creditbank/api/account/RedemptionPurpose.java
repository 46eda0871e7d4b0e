package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import creditbank.api.recognition.Names;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Rule;
import creditbank.api.value.Texts;

/** What credits are used for. Written with its kind, such as {@code {"diploma":{...}}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = RedemptionPurpose.Diploma.class, name = "diploma"),
    @JsonSubTypes.Type(value = RedemptionPurpose.Certificate.class, name = "certificate"),
    @JsonSubTypes.Type(value = RedemptionPurpose.Exemption.class, name = "exemption"),
    @JsonSubTypes.Type(value = RedemptionPurpose.Entitlement.class, name = "entitlement")})
public sealed interface RedemptionPurpose {

    int LONGEST_TITLE = 200;

    /** 学历证书: the learner graduates from the programme. */
    record Diploma(EnrolmentId enrolment) implements RedemptionPurpose {
    }

    /** 证书, by its title. */
    record Certificate(String title) implements RedemptionPurpose {
        public Certificate {
            title = Texts.line(title, LONGEST_TITLE);
        }
    }

    /** 免修: a course of the programme that need not be taken. */
    record Exemption(EnrolmentId enrolment, TargetId target) implements RedemptionPurpose {
    }

    /** A door, by a rulebook's name for it. */
    record Entitlement(String to) implements RedemptionPurpose {
        public Entitlement {
            if (!Names.isName(to)) {
                throw Rule.ID_MALFORMED.brokenBy(to);
            }
        }
    }
}
