package io.sluice.gateway.admin.letters.view;

import io.sluice.stores.letters.Letter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A letter in a list. What comes from the record is shown with visible control characters.
 *
 * @param id {@code partition-offset} of its newest record
 * @param key the key of the record, shortened; left out when it has none
 * @param code why the record failed, as a code
 * @param message why the record failed, in words
 * @param attempts how often it was tried
 * @param failedAt when it was given up
 * @param redrives how often it was sent back
 * @param jobId the job of the record; left out when it has none
 */
@Schema(name = "DeadLetter")
public record LetterView(
        String id,
        @Nullable String key,
        String code,
        String message,
        int attempts,
        Instant failedAt,
        int redrives,

        @Schema(
                type = "string",
                allowableValues = {"open", "redriven", "mended", "discarded", "expired"})
        String state,

        @Nullable String jobId) {
    /** {@return the letter as callers see it} */
    public static LetterView of(Letter letter) {
        var record = letter.record();
        return new LetterView(
                letter.id().id(),
                record.key(),
                record.reason().code(),
                record.reason().message(),
                record.reason().attempts(),
                record.failedAt(),
                letter.redrives(),
                letter.state().wireName(),
                record.jobId());
    }
}
