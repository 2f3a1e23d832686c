package io.sluice.gateway.imports.upload;

import io.sluice.gateway.imports.ImportProblem;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.imports.file.FirstBytes;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.web.body.CountedBytes;
import io.sluice.web.body.StreamedForm;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemKind;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;

/** The files of imports: which are taken, and where they are kept. */
@Singleton
final class ImportFileStorage {
    private static final String FOLDER = "imports/";

    private final ObjectShelf shelf;
    private final long maxBytes;

    ImportFileStorage(ObjectShelf shelf, ImportConfig config) {
        this.shelf = shelf;
        this.maxBytes = config.maxBytes();
    }

    /** What is looked for in a file's first bytes. */
    @FunctionalInterface
    interface Look {
        /** {@return the media type of a file that begins so, and more than an empty one does; throws when it is refused} */
        String mediaType(byte[] first);
    }

    /**
     * Stores a file as it comes.
     *
     * @param name nobody has used before
     * @param field what it came in
     * @param atMost no more bytes than this will come
     * @throws ProblemException when it is empty, too large, or refused at the first look; nothing is stored then
     */
    StoredObject store(String name, String field, InputStream file, long atMost, Look look) {
        try {
            var bytes = new CountedBytes(file, count -> requireAtMost(maxBytes, count, field));
            var first = bytes.readNBytes(FirstBytes.LENGTH);
            if (first.length == 0) {
                throw refused(ImportProblem.EMPTY_FILE, field, "is empty");
            }
            var whole = new SequenceInputStream(new ByteArrayInputStream(first), bytes);
            return shelf.store(FOLDER + name, look.mediaType(first), whole, Math.min(atMost, maxBytes));
        } catch (IOException e) {
            throw StreamedForm.brokenOff(e);
        }
    }

    /** Removes the file of a request that was refused after all. */
    void remove(StoredObject file) {
        shelf.remove(file);
    }

    private static void requireAtMost(long maxBytes, long count, String field) {
        if (count > maxBytes) {
            throw tooLarge(field, maxBytes);
        }
    }

    /** {@return the problem of a file that is larger than is taken} */
    static ProblemException tooLarge(String field, long maxBytes) {
        return refused(
                WebProblem.BODY_TOO_LARGE,
                field,
                "must have at most " + maxBytes + " bytes (SLUICE_IMPORT_MAX_BYTES); split it");
    }

    /** {@return the problem of a file that is not taken} */
    static ProblemException refused(ProblemKind code, String field, String reason) {
        return new ProblemException(Problem.of(code, "The " + field + " " + reason + ".")
                .withErrors(List.of(new FieldError(field, reason))));
    }
}
