package io.sluice.gateway.imports.upload;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.imports.upload.ImportIntake.Accepted;
import io.sluice.gateway.imports.upload.UploadLimiter.Permit;
import io.sluice.gateway.intake.JobIds;
import io.sluice.gateway.principal.Principal;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.problem.FieldErrors;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import io.sluice.web.value.Query;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Handles the request of an import: applies the limits, checks and stores the body while it arrives, and accepts the
 * import. About 8 MB of a body are in memory at most. A refused request leaves no file in the store.
 */
@Singleton
final class ImportReceiver {
    private final UploadLimiter limiter;
    private final LimitedBodyReader bodies;
    private final ImportOptionsReader fields;
    private final ImportFileStorage files;
    private final ImportIntake intake;
    private final JobIds ids;

    ImportReceiver(
            UploadLimiter limiter,
            LimitedBodyReader bodies,
            ImportOptionsReader fields,
            ImportFileStorage files,
            ImportIntake intake,
            JobIds ids) {
        this.limiter = limiter;
        this.bodies = bodies;
        this.fields = fields;
        this.files = files;
        this.intake = intake;
        this.ids = ids;
    }

    /** Accepts the file of a form. */
    Accepted acceptFile(HttpRequest<?> request) {
        var type = request.getContentType()
                .filter(sent -> sent.getName().equals(MediaType.MULTIPART_FORM_DATA))
                .orElseThrow(() -> new ProblemException(
                        WebProblem.UNSUPPORTED_MEDIA_TYPE,
                        "Send multipart/form-data, with the file in the part named file."));
        var kind = kind(request);
        return accept(
                request,
                "imports",
                FileFormUpload.FILE,
                importId -> limiter.enter(importId, request),
                (body, name, atMost) -> new FileFormUpload(fields, files, kind)
                        .read(StreamedForm.of(type, body, FileFormUpload.fields(bodies.limits())), name, atMost));
    }

    private static @Nullable String kind(HttpRequest<?> request) {
        var errors = new FieldErrors();
        var kind = errors.check(
                () -> Optional.ofNullable(Query.single(request.getParameters(), ImportOptionsReader.KIND)),
                Optional.<String>empty());
        errors.throwIfAny();
        return kind.orElse(null);
    }

    /**
     * Accepts rows that are sent as JSON. They become an import that does not count towards the caller's imports per
     * minute.
     */
    Accepted acceptRows(HttpRequest<?> request, String kind) {
        var rows = JsonRowsUpload.of(request, kind, fields, files);
        return accept(request, "rows/" + kind, JsonRowsUpload.BODY, limiter::enter, rows::read);
    }

    /** Each file gets a new name, so a file that is sent again with its key never replaces the first one. */
    private Accepted accept(
            HttpRequest<?> request,
            String route,
            String field,
            Function<String, Permit> limiter,
            LimitedBodyReader.Reader reader) {
        var sender = Principal.of(request);
        var key = IdempotencyKey.of(sender, request.getHeaders(), route);
        var name = ids.next();
        var importId = key.map(IdempotencyKey::jobId).orElse(name);
        try (var permit = limiter.apply(importId)) {
            var upload = bodies.read(request, name, field, reader);
            var accepted = key.isPresent()
                    ? intake.acceptOnce(importId, upload, sender.owner())
                    : intake.accept(importId, upload, sender.owner());
            if (accepted.isNew()) {
                permit.count();
            }
            return accepted;
        }
    }
}
