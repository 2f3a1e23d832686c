package io.sluice.gateway.photo.upload;

import io.sluice.gateway.image.ImageGuard;
import io.sluice.web.body.BodyFields;
import io.sluice.web.body.FormLimits;
import io.sluice.web.problem.FieldError;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.WebProblem;
import java.util.List;
import java.util.Map;

/** The form of an upload: up to 100 files, in parts of one name. */
final class UploadForm {
    /** The name of each part with a file. */
    static final String FILES = "files";

    /** The largest number of files in one call. */
    static final int MOST_FILES = 100;

    /** The largest body: all files at their largest, and as much again as their headers may take. */
    static final long MAX_BODY = MOST_FILES * (ImageGuard.MAX_BYTES + 8 * 1024);

    /** The call itself refuses the file after the last one that it takes, so that the others stay accepted. */
    static final BodyFields FIELDS =
            new BodyFields(FormLimits.ofBody(MAX_BODY).withParts(MOST_FILES + 2), List.of(), List.of(FILES), Map.of());

    private UploadForm() {}

    /** {@return the problem of a part with another name} */
    static Problem otherPart(String name) {
        var message = "is not a part of this form; the parts are " + FILES;
        return Problem.of(WebProblem.VALIDATION_FAILED, name + " " + message)
                .withErrors(List.of(new FieldError(name, message)));
    }
}
