package io.sluice.gateway.photo.upload;

import io.sluice.gateway.problem.ItemRejection;
import io.sluice.web.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of one file of an upload.
 *
 * @param photoId left out when the file is rejected: there is no such photo
 * @param jobId the job that shows the progress; only of a queued photo
 * @param fileName the name of the file without folders
 * @param status {@code duplicate} when the caller has a photo with the same bytes
 * @param error why the file is rejected; left out otherwise
 */
@Schema(name = "UploadedPhoto")
record UploadAnswer(
        @Nullable String photoId,
        @Nullable String jobId,
        String fileName,

        @Schema(
                type = "string",
                allowableValues = {"queued", "duplicate", "rejected"})
        String status,

        @Nullable ItemRejection error) {
    private static final String QUEUED = "queued";

    static UploadAnswer queued(String photoId, String jobId, String fileName) {
        return new UploadAnswer(photoId, jobId, fileName, QUEUED, null);
    }

    static UploadAnswer duplicate(String photoId, String fileName) {
        return new UploadAnswer(photoId, null, fileName, "duplicate", null);
    }

    static UploadAnswer rejected(String fileName, Problem reason) {
        return new UploadAnswer(null, null, fileName, "rejected", ItemRejection.of(reason));
    }

    boolean isQueued() {
        return status.equals(QUEUED);
    }

    boolean isRejected() {
        return error != null;
    }
}
