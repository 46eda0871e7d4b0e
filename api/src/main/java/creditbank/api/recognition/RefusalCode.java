package creditbank.api.recognition;

/** Why a line was refused. Names are stored and stay; the words for them stand in a bundle. */
public enum RefusalCode {
    /** The rulebook version was not in force on the day. */
    RULEBOOK_NOT_IN_FORCE,
    /** Asked for evidence that was not brought. */
    EVIDENCE_UNKNOWN,
    /** Asked for a course, group or programme that the programme does not have. */
    TARGET_UNKNOWN,
    /** The evidence, or what may be counted of it, was used before. */
    EVIDENCE_USED,
    /** The same evidence counts towards the same target in these studies already. */
    ALREADY_COUNTS,
    /** The agreement does not let outcomes of its issuer count. */
    ISSUER_NOT_COVERED,
    /** Revoked, expired, or not earned yet on the day. */
    EVIDENCE_DOES_NOT_HOLD,
    /** The target was filled before. */
    TARGET_FILLED,
    /** No clause awards anything to this evidence for this target. */
    NOT_AWARDED,
    /** A clause takes such evidence or such targets out. */
    EXCLUDED,
    /** What the evidence says holds no longer. */
    EXPIRED,
    /** Asked too early or too late. */
    OUTSIDE_WINDOW,
    /** A clause speaks of this evidence and gives it nothing. */
    WORTH_NOTHING,
    /** The clause's table does not know this value. */
    NOT_IN_TABLE,
    /** An attribute the award is computed from is missing. */
    ATTRIBUTE_MISSING,
    /** The rulebook does not say how this unit is converted. */
    UNIT_NOT_CONVERTED,
    /** The target asks for more credits than the evidence is worth. */
    WORTH_TOO_SMALL,
    /** What was asked together is more than the evidence is worth. */
    WORTH_EXCEEDED,
    /** The target has no room for it. */
    TARGET_FULL,
    /** A limit leaves no room for it. */
    LIMIT_REACHED,
    /** It would stand alone, but another line asked together with it does not. */
    ASKED_TOGETHER
}
