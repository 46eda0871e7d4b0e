package creditbank.intake;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import creditbank.api.Refusal;
import creditbank.api.institution.InstitutionId;
import creditbank.ledger.EntryFormat;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;

/**
 * {@code job.json}: what an import is, so that it can go on after the program ended.
 *
 * @param as      the institution that imports, or {@code null} for a registrar
 * @param sha256  of the file
 * @param outcome when it has one
 * @param refusal why the file could not be used at all
 */
record ImportJob(
        String id,
        String fileName,
        String profile,
        String profileYaml,
        boolean dryRun,
        @Nullable InstitutionId as,
        boolean registerInstitution,
        String actor,
        String sha256,
        ImportStatus.State state,
        Instant submittedAt,
        @Nullable Instant endedAt,
        @Nullable Outcome outcome,
        @Nullable Refusal refusal) {

    /** Says which refusal it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "refusal")
    private interface Named {
    }

    private static final JsonMapper JSON = EntryFormat.JSON.rebuild()
            .addMixIn(Refusal.class, Named.class)
            .registerSubtypes(refusals(Refusal.class)
                    .map(type -> new NamedType(type, type.getSimpleName()))
                    .toArray(NamedType[]::new))
            .build();

    private static Stream<Class<?>> refusals(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(ImportJob::refusals)
                : Stream.of(type);
    }

    byte[] write() {
        return JSON.writeValueAsBytes(this);
    }

    static ImportJob read(byte[] json) {
        return JSON.readValue(json, ImportJob.class);
    }

    Options options() {
        return new Options(dryRun, as, registerInstitution, actor, null);
    }

    boolean isUnfinished() {
        return switch (state) {
            case WAITING, RUNNING, STOPPED -> true;
            case DONE, REFUSED, FAILED -> false;
        };
    }

    ImportJob in(ImportStatus.State now) {
        return with(now, null, outcome, refusal);
    }

    ImportJob with(ImportStatus.State now, @Nullable Instant ended, @Nullable Outcome came,
            @Nullable Refusal because) {
        return new ImportJob(id, fileName, profile, profileYaml, dryRun, as, registerInstitution,
                actor, sha256, now, submittedAt, ended, came, because);
    }

    ImportStatus status(Progress progress, boolean hasRejected) {
        return new ImportStatus(id, fileName, profile, as, dryRun, state, progress, submittedAt,
                endedAt, outcome, refusal, hasRejected);
    }
}
