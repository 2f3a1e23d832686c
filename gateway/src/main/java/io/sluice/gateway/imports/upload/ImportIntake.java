package io.sluice.gateway.imports.upload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.gateway.idempotency.Claim;
import io.sluice.gateway.idempotency.Fingerprint;
import io.sluice.gateway.idempotency.IdempotentCalls;
import io.sluice.gateway.intake.Intake;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topics;
import io.sluice.schemas.imports.ImportFacts;
import io.sluice.schemas.imports.ImportRequested;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Accepts stored files as imports. The job of an import has the import's id. */
@Singleton
final class ImportIntake {
    private final Intake intake;
    private final IdempotentCalls calls;
    private final ImportFileStorage files;
    private final JsonCodec codec;
    private final Clock clock;

    ImportIntake(Intake intake, IdempotentCalls calls, ImportFileStorage files, JsonCodec codec, Clock clock) {
        this.intake = intake;
        this.calls = calls;
        this.files = files;
        this.codec = codec;
        this.clock = clock;
    }

    /**
     * An accepted import.
     *
     * @param status its status at that time
     * @param isNew false when the call was sent before with the same key
     */
    record Accepted(String importId, JobStatus status, boolean isNew) {}

    /**
     * Accepts a new import. Blocks until Kafka has stored its event.
     *
     * @param owner the account that owns the import; null when the caller has none
     */
    Accepted accept(String importId, StoredUpload upload, @Nullable String owner) {
        return accept(request(importId, upload, owner), null);
    }

    /**
     * Accepts the import whose id comes from a caller's key. When it was sent before with the same content, this
     * returns the earlier import and removes the file that was sent again.
     */
    Accepted acceptOnce(String importId, StoredUpload upload, @Nullable String owner) {
        return switch (claim(importId, upload)) {
            case Claim.First first -> accept(first, importId, upload, owner);
            case Claim.Repeated(var job) -> {
                files.remove(upload.file());
                yield new Accepted(importId, job.status(), false);
            }
        };
    }

    private Claim claim(String importId, StoredUpload upload) {
        try {
            var sent = Fingerprint.of(
                    codec.mapper().valueToTree(upload.options()).toString().getBytes(UTF_8),
                    upload.file().sha256().getBytes(UTF_8));
            return calls.claim(importId, importId, sent);
        } catch (RuntimeException e) {
            files.remove(upload.file());
            throw e;
        }
    }

    private Accepted accept(Claim.First claim, String importId, StoredUpload upload, @Nullable String owner) {
        try {
            return accept(request(importId, upload, owner), claim.fingerprint().sha256());
        } finally {
            claim.release().run();
        }
    }

    /** When this fails, Kafka may have stored the event nevertheless, so the file stays. */
    private Accepted accept(ImportRequested request, @Nullable String fingerprint) {
        var importId = request.importId();
        var queued = JobEvent.queued(importId, JobKind.IMPORT, clock.instant())
                .withSubject(importId)
                .withFingerprint(fingerprint)
                .withFacts(facts(request));
        Intake.await(intake.accept(Topics.IMPORTS, importId, request, importId, position -> queued))
                .outcome()
                .cancel(false);
        return new Accepted(importId, JobStatus.QUEUED, true);
    }

    private static ImportRequested request(String importId, StoredUpload upload, @Nullable String owner) {
        var options = upload.options();
        return new ImportRequested(
                importId,
                options.kind(),
                upload.file(),
                upload.fileName(),
                options.mapping(),
                options.dryRun() ? true : null,
                owner,
                importId,
                options.sheet().isEmpty() ? null : options.sheet(),
                options.createCategories() ? null : false,
                options.encoding().isEmpty() ? null : options.encoding(),
                options.keepDamaged() ? true : null);
    }

    private Map<String, String> facts(ImportRequested request) {
        return Map.of(
                ImportFacts.REQUEST,
                new String(codec.encode(request), UTF_8),
                ImportFacts.KIND,
                request.kind(),
                ImportFacts.FILE_NAME,
                request.fileName(),
                ImportFacts.DRY_RUN,
                String.valueOf(request.runsDry()));
    }
}
