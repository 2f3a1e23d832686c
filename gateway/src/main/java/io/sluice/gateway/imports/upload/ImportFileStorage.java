package io.sluice.gateway.imports.upload;

import io.sluice.gateway.imports.ImportProblem;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.imports.file.FirstBytes;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.ImportConfig;
import io.sluice.web.body.CountedBytes;
import io.sluice.web.body.SubmissionReader;
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

/** Checks the files of imports, and stores them in the object store. */
@Singleton
final class ImportFileStorage {
    private static final String FOLDER = "imports/";

    private final ObjectShelf shelf;
    private final long maxBytes;

    ImportFileStorage(ObjectShelf shelf, ImportConfig config) {
        this.shelf = shelf;
        this.maxBytes = config.maxBytes();
    }

    /** Checks the first bytes of a file. */
    @FunctionalInterface
    interface FirstBytesCheck {
        /**
         * {@return the media type of a file that begins with these bytes}
         *
         * @param first never empty
         * @throws ProblemException when the file is refused
         */
        String mediaType(byte[] first);
    }

    /**
     * Stores a file while it arrives.
     *
     * @param name a name that no other file has
     * @param field the name of the file in error messages
     * @param atMost the largest size that the file can have, in bytes
     * @throws ProblemException when the file is empty, too large, or refused by the check; nothing is stored then
     */
    StoredObject store(String name, String field, InputStream file, long atMost, FirstBytesCheck check) {
        try {
            var bytes = new CountedBytes(file, count -> requireAtMost(maxBytes, count, field));
            var first = bytes.readNBytes(FirstBytes.LENGTH);
            if (first.length == 0) {
                throw refused(ImportProblem.EMPTY_FILE, field, "is empty");
            }
            var whole = new SequenceInputStream(new ByteArrayInputStream(first), bytes);
            return shelf.store(FOLDER + name, check.mediaType(first), whole, Math.min(atMost, maxBytes));
        } catch (IOException e) {
            throw SubmissionReader.endedTooEarly(e);
        }
    }

    /** Removes the file of a request that was refused after its file was stored. */
    void remove(StoredObject file) {
        shelf.remove(file);
    }

    private static void requireAtMost(long maxBytes, long count, String field) {
        if (count > maxBytes) {
            throw tooLarge(field, maxBytes);
        }
    }

    /** {@return the problem of a file that is too large} */
    static ProblemException tooLarge(String field, long maxBytes) {
        return refused(
                WebProblem.BODY_TOO_LARGE,
                field,
                "must have at most " + maxBytes + " bytes (SLUICE_IMPORT_MAX_BYTES); split it");
    }

    /** {@return the problem of a refused file} */
    static ProblemException refused(ProblemKind code, String field, String reason) {
        return new ProblemException(Problem.of(code, "The " + field + " " + reason + ".")
                .withErrors(List.of(new FieldError(field, reason))));
    }
}
