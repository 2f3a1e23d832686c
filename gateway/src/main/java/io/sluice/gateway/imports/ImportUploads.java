package io.sluice.gateway.imports;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.imports.ImportIntake.Accepted;
import io.sluice.gateway.imports.UploadGate.Pass;
import io.sluice.gateway.intake.JobIds;
import io.sluice.gateway.job.Caller;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.gateway.upload.StreamedForm;
import io.sluice.gateway.upload.SubmissionReader;
import io.sluice.gateway.upload.UploadBudget;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.stores.objects.ObjectStore;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.Function;

/**
 * From the request of an import to an accepted one: let in, read, judged and stored while it comes, taken in. Of a body
 * 8 MB are held at most, and nothing is kept of one that is refused.
 */
@Singleton
final class ImportUploads {
    /** Bytes that a form may have besides its file. */
    private static final long OTHER_PARTS = 512 * 1024;

    private final UploadGate gate;
    private final UploadBudget budget;
    private final ImportFields fields;
    private final FileShelf shelf;
    private final ImportIntake intake;
    private final JobIds ids;
    private final long maxBytes;
    private final Duration patience;

    ImportUploads(
            UploadGate gate,
            UploadBudget budget,
            ImportFields fields,
            FileShelf shelf,
            ImportIntake intake,
            JobIds ids,
            ImportConfig config,
            ImportsConfig limits) {
        this.gate = gate;
        this.budget = budget;
        this.fields = fields;
        this.shelf = shelf;
        this.intake = intake;
        this.ids = ids;
        this.maxBytes = config.maxBytes();
        this.patience = limits.patience();
    }

    /** Takes the file of a form in. */
    Accepted takeIn(HttpRequest<?> request) {
        var type = request.getContentType()
                .filter(sent -> sent.getName().equals(MediaType.MULTIPART_FORM_DATA))
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
                        "Send multipart/form-data, with the file in its part file."));
        var kind = request.getParameters().get(ImportFields.KIND);
        return takeIn(
                request,
                "imports",
                importId -> gate.enter(importId, Caller.name(request)),
                (body, name, atMost) ->
                        new FormUpload(fields, shelf, kind).read(StreamedForm.of(type, body), name, atMost));
    }

    /** Takes rows in that are sent as JSON: an import like any other, but that it is not one of its caller's minute. */
    Accepted takeRows(HttpRequest<?> request, String kind) {
        var rows = RowsUpload.of(request, kind, fields, shelf);
        return takeIn(request, "rows/" + kind, gate::enter, rows::read);
    }

    private Accepted takeIn(HttpRequest<?> request, String route, Function<String, Pass> gate, BodyReader reader) {
        var key = IdempotencyKey.of(request.getHeaders(), route);
        var atMost = atMost(request);
        var name = ids.next();
        var importId = key.map(IdempotencyKey::jobId).orElse(name);
        try (var pass = gate.apply(importId)) {
            var upload = read(request, reader, name, atMost);
            var accepted = key.isPresent() ? intake.acceptOnce(importId, upload) : intake.accept(importId, upload);
            if (accepted.isNew()) {
                pass.count();
            }
            return accepted;
        }
    }

    private Upload read(HttpRequest<?> request, BodyReader reader, String name, long atMost) {
        try (var _ = budget.take(Math.min(atMost, ObjectStore.UPLOAD_MEMORY) + StreamedForm.MEMORY);
                var body = new TimelyBody(SubmissionReader.stream(request), patience)) {
            return reader.read(body, name, atMost);
        } catch (IOException e) {
            throw StreamedForm.brokenOff(e);
        }
    }

    /** {@return how many bytes of a file can come at most} A body that says it is longer is not read at all. */
    private long atMost(HttpRequest<?> request) {
        var announced = request.getContentLength();
        if (announced > maxBytes + OTHER_PARTS) {
            throw FileBytes.tooLarge(FormUpload.FILE, maxBytes);
        }
        return announced < 0 ? maxBytes : Math.min(announced, maxBytes);
    }

    /** What becomes of a body. */
    @FunctionalInterface
    private interface BodyReader {
        Upload read(InputStream body, String name, long atMost);
    }
}
