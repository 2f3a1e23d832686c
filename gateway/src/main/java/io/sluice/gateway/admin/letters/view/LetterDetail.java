package io.sluice.gateway.admin.letters.view;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.gateway.job.JobView;
import io.sluice.stores.letters.Letter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One letter with everything that is known of it.
 *
 * @param topic its dead-letter topic
 * @param pipeline the processor that gave the record up
 * @param consumerGroup the consumer group that gave the record up
 * @param origin the record that failed
 * @param firstFailedAt when it failed first
 * @param version the version of its entity
 * @param about what the headers say, in sentences
 * @param headers the headers of the record, as text
 * @param value the value, when it is JSON; null when the record is a deletion
 * @param valueBase64 the bytes of a value that is not JSON
 * @param text the same bytes as text, with visible control characters
 * @param gone says that the topic no longer has the record; left out while it has it
 * @param job the job of the record, while it is kept
 * @param history what happened to the letter, the first thing first
 */
@Schema(name = "DeadLetterDetail")
record LetterDetail(
        @JsonUnwrapped LetterView letter,
        String topic,
        String pipeline,
        String consumerGroup,
        Origin origin,
        @Nullable Instant firstFailedAt,
        @Nullable Long version,
        List<String> about,
        @Nullable Map<String, String> headers,

        @Schema(type = "object", nullable = true) @Nullable JsonNode value,

        @Nullable String valueBase64,
        @Nullable String text,
        @Nullable String gone,
        @Nullable JobView job,
        List<Line> history) {
    /** Where a record was read from. */
    @Schema(name = "DeadLetterOrigin")
    record Origin(String topic, int partition, long offset) {}

    /**
     * One line of the history of a letter.
     *
     * @param who an account, or the pipeline
     * @param what {@code failed}, {@code repeated}, {@code redriven}, {@code edited}, {@code mended}, {@code discarded}
     *     or {@code expired}
     */
    @Schema(name = "DeadLetterLine")
    record Line(Instant at, String who, String what, String detail) {
        static Line of(Letter.Line line) {
            return new Line(line.at(), line.who(), line.what(), line.detail());
        }
    }
}
