package io.sluice.gateway.imports.upload;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.imports.upload.ImportIntake.Accepted;
import io.sluice.gateway.imports.upload.UploadLimiter.Permit;
import io.sluice.gateway.intake.JobIds;
import io.sluice.gateway.principal.Principal;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Singleton;
import java.util.function.Function;

/**
 * From the request of an import to an accepted one: let in, read, judged and stored while it comes, taken in. Of a body
 * 8 MB are held at most, and nothing is kept of one that is refused.
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

    /** Takes the file of a form in. */
    Accepted takeIn(HttpRequest<?> request) {
        var type = request.getContentType()
                .filter(sent -> sent.getName().equals(MediaType.MULTIPART_FORM_DATA))
                .orElseThrow(() -> new ProblemException(
                        WebProblem.UNSUPPORTED_MEDIA_TYPE,
                        "Send multipart/form-data, with the file in its part file."));
        var kind = request.getParameters().get(ImportOptionsReader.KIND);
        return takeIn(
                request,
                "imports",
                FileFormReader.FILE,
                importId -> limiter.enter(importId, Principal.of(request)),
                (body, name, atMost) -> new FileFormReader(fields, files, kind)
                        .read(StreamedForm.of(type, body, bodies.limits()), name, atMost));
    }

    /** Takes rows in that are sent as JSON: an import like any other, but that it is not one of its caller's minute. */
    Accepted takeRows(HttpRequest<?> request, String kind) {
        var rows = JsonRowsReader.of(request, kind, fields, files);
        return takeIn(request, "rows/" + kind, JsonRowsReader.BODY, limiter::enter, rows::read);
    }

    /** A file has a name of its own, so that one sent again by a key never takes the place of the first. */
    private Accepted takeIn(
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
