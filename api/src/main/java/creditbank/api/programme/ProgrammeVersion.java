package creditbank.api.programme;

import creditbank.api.value.Rule;

/**
 * One version of a programme. Written {@code {"id":"dandong-mechatronics","version":1}}. A learner
 * stays on the version of enrolment, so none ever changes.
 *
 * @param version from 1, without holes
 */
public record ProgrammeVersion(ProgrammeId id, int version) {

    public ProgrammeVersion {
        if (version < 1) {
            throw Rule.ID_MALFORMED.brokenBy(version);
        }
    }

    public ProgrammeVersion next() {
        return new ProgrammeVersion(id, version + 1);
    }

    @Override
    public String toString() {
        return id + "@" + version;
    }
}
