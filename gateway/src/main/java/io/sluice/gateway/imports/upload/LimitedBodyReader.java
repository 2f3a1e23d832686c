package io.sluice.gateway.imports.upload;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.web.body.BodyMemory;
import io.sluice.web.body.CountedBytes;
import io.sluice.web.body.FormLimits;
import io.sluice.web.body.RequestBodies;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.body.SubmissionReader;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Reads request bodies with a file, and limits their memory, length and time. */
@Singleton
final class LimitedBodyReader {
    /** Bytes that a form may have in addition to its file. */
    private static final long OTHER_PARTS = 512 * 1024;

    private static final String PATIENCE = "SLUICE_IMPORT_UPLOADS_PATIENCE";
    /** A buffer that grows is as large as the bytes in it, and half of the time twice that. */
    private static final int COPIES = 2;

    private final RequestBodies bodies;
    private final BodyMemory memory;
    private final long maxBytes;
    private final Duration patience;

    LimitedBodyReader(RequestBodies bodies, BodyMemory memory, ImportConfig config, UploadLimitsConfig limits) {
        this.bodies = bodies;
        this.memory = memory.half(); // files arrive slowly, and products must not wait for their memory
        this.maxBytes = config.maxBytes();
        this.patience = limits.patience();
    }

    /** Reads one body. */
    @FunctionalInterface
    interface Reader {
        /**
         * {@return the file in the body, stored under this name}
         *
         * @param atMost the largest size that the file can have, in bytes
         */
        StoredUpload read(InputStream body, String name, long atMost);
    }

    /**
     * Passes the body to the reader, and returns the reader's result. The unread rest of the body is dropped.
     *
     * @param name the name that the file is stored under
     * @param field the name of the file in error messages
     */
    StoredUpload read(HttpRequest<?> request, String name, String field, Reader reader) {
        var atMost = atMost(request, field);
        try (var share = memory.open(Math.min(atMost, ObjectShelf.MEMORY) + StreamedForm.MEMORY);
                var body = bounded(bodies.open(request, patience, PATIENCE), field, share)) {
            return reader.read(body, name, atMost);
        } catch (IOException e) {
            throw SubmissionReader.endedTooEarly(e);
        }
    }

    /** {@return the limits of a form with a file} */
    FormLimits limits() {
        return FormLimits.ofBody(maxBytes + OTHER_PARTS);
    }

    /** Refuses a body with a Content-Length over the limit, without reading it. */
    private long atMost(HttpRequest<?> request, String field) {
        var announced = RequestBodies.lengthOf(request);
        if (announced > maxBytes + OTHER_PARTS) {
            throw ImportFileStorage.tooLarge(field, maxBytes);
        }
        return announced < 0 ? maxBytes : Math.min(announced, maxBytes);
    }

    /** Counts all parts of the form, because the other parts could be endless too. */
    private InputStream bounded(InputStream body, String field, BodyMemory.Share share) {
        return new CountedBytes(body, count -> {
            if (count > maxBytes + OTHER_PARTS) {
                throw ImportFileStorage.tooLarge(field, maxBytes);
            }
            share.growTo(COPIES * count + StreamedForm.MEMORY);
        });
    }
}
