package creditbank.api.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import creditbank.api.programme.ProgrammeVersion;
import creditbank.api.recognition.Attributes;
import creditbank.api.recognition.ClauseId;
import creditbank.api.recognition.Judgement;
import creditbank.api.recognition.Names;
import creditbank.api.recognition.RulebookVersion;
import creditbank.api.recognition.TargetId;
import creditbank.api.value.Credits;
import creditbank.api.value.Rule;
import creditbank.api.value.Sealed;
import creditbank.api.value.Texts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What credits are used for. Written with its kind, such as {@code {"diploma":{...}}}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = RedemptionPurpose.Diploma.class, name = "diploma"),
    @JsonSubTypes.Type(value = RedemptionPurpose.Certificate.class, name = "certificate"),
    @JsonSubTypes.Type(value = RedemptionPurpose.Entitlement.class, name = "entitlement")})
public sealed interface RedemptionPurpose {

    int LONGEST_TITLE = 200;

    /** What an institution gives against an amount of credits, whatever they were earned with. */
    sealed interface ForAmount extends RedemptionPurpose {
    }

    /**
     * 学历证书: the learner graduates from the programme. The decision stands here whole, so that
     * it explains itself and can be made again.
     *
     * @param programme  the version that was completed
     * @param counted    every piece that counts, and towards what
     * @param judgements what each rulebook says of it under which something counts
     * @param request    what was said in asking
     * @param ofLearner  what was said of the learner, as {@link Attributes} are written, sealed
     *                   because it is personal; absent where nothing was
     */
    record Diploma(
            EnrolmentId enrolment,
            ProgrammeVersion programme,
            List<Counted> counted,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Judgement> judgements,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) Attributes request,
            @Nullable Sealed ofLearner) implements RedemptionPurpose {

        public Diploma {
            counted = List.copyOf(counted);
            judgements = judgements == null ? List.of() : List.copyOf(judgements);
            request = request == null ? Attributes.NONE : request;
        }

        /** Without what only the bank can open. */
        public Diploma unsaid() {
            return new Diploma(enrolment, programme, counted, judgements, request, null);
        }
    }

    /**
     * A piece that counts.
     *
     * @param credits how much, in the programme's unit; absent where it is an exemption (免修)
     * @param award   what awarded it; absent for a course of the school's own, which needs no
     *                rulebook
     */
    record Counted(AchievementId evidence, TargetId target, @Nullable Credits credits,
            @Nullable Award award) {
    }

    /** The clause of a rulebook, and the recognition in which it was applied. */
    record Award(RecognitionId recognition, RulebookVersion rulebook, ClauseId clause) {
    }

    /** 证书, by its title. */
    record Certificate(String title) implements ForAmount {
        public Certificate {
            title = Texts.line(title, LONGEST_TITLE);
        }
    }

    /** A door, by a rulebook's name for it. */
    record Entitlement(String to) implements ForAmount {
        public Entitlement {
            if (!Names.isName(to)) {
                throw Rule.ID_MALFORMED.brokenBy(to);
            }
        }
    }
}
