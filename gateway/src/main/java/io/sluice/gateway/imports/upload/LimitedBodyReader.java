package io.sluice.gateway.imports.upload;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.web.body.CountedBytes;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.body.UploadBudget;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Bodies with a file in them, read within the memory, the length and the time that they are given. */
@Singleton
final class LimitedBodyReader {
    /** Bytes that a form may have besides its file. */
    private static final long OTHER_PARTS = 512 * 1024;

    private final UploadBudget budget;
    private final long maxBytes;
    private final Duration patience;

    LimitedBodyReader(UploadBudget budget, ImportConfig config, UploadLimitsConfig limits) {
        this.budget = budget.half(); // files come slowly, and products must not wait for them
        this.maxBytes = config.maxBytes();
        this.patience = limits.patience();
    }

    /** What becomes of a body. */
    @FunctionalInterface
    interface Reader {
        /**
         * {@return the file in it, stored under this name}
         *
         * @param atMost no more bytes of the file than this will come
         */
        StoredUpload read(InputStream body, String name, long atMost);
    }

    /**
     * {@return what its reader makes of a body} What the reader leaves of it is dropped.
     *
     * @param name what the file in it is stored by
     * @param field what the file is called when it is refused
     */
    StoredUpload read(HttpRequest<?> request, String name, String field, Reader reader) {
        var atMost = atMost(request, field);
        try (var _ = budget.take(Math.min(atMost, ObjectShelf.MEMORY) + StreamedForm.MEMORY);
                var body = bounded(SubmissionReader.stream(request), field)) {
            return reader.read(body, name, atMost);
        } catch (IOException e) {
            throw StreamedForm.brokenOff(e);
        }
    }

    /** {@return what a form with a file may have} */
    FormLimits limits() {
        return FormLimits.ofBody(maxBytes + OTHER_PARTS);
    }

    /** A body that says it is longer than any may be is not read at all. */
    private long atMost(HttpRequest<?> request, String field) {
        var announced = request.getContentLength();
        if (announced > maxBytes + OTHER_PARTS) {
            throw ImportFileStorage.tooLarge(field, maxBytes);
        }
        return announced < 0 ? maxBytes : Math.min(announced, maxBytes);
    }

    /** What is no file counts too, or a body that never comes to its file had no end. */
    private InputStream bounded(InputStream body, String field) {
        var due = System.nanoTime() + patience.toNanos();
        return new CountedBytes(body, count -> {
            if (count > maxBytes + OTHER_PARTS) {
                throw ImportFileStorage.tooLarge(field, maxBytes);
            }
            if (System.nanoTime() - due > 0) {
                throw new ProblemException(
                        WebProblem.BODY_TOO_SLOW,
                        "The " + field + " did not come in within " + patience.toSeconds()
                                + " s (SLUICE_IMPORT_UPLOADS_PATIENCE).");
            }
        });
    }
}
