package io.sluice.schemas.pipeline;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a pipeline may work: the last decision of a person.
 *
 * @param pipeline the public name, such as {@code indexer}, or {@code indexer@clip-2} for an index that searches do not
 *     read
 * @param group the consumer group of the pipeline, without the deployment's prefix; each process follows the controls of
 *     its own groups
 * @param paused false after a resume
 * @param by the name of the admin who decided
 * @param reason why it was paused; null after a resume
 * @param since when the admin decided
 */
public record PipelineControl(
        String pipeline,
        String group,
        boolean paused,
        String by,
        @Nullable String reason,
        Instant since) implements EntityEvent {
    /** The longest reason, in characters. */
    public static final int LONGEST_REASON = 500;

    private static final int MAX = 255;

    public PipelineControl {
        Checks.text("pipeline", pipeline, MAX);
        Checks.text("group", group, MAX);
        Checks.text("by", by, MAX);
        if (paused) {
            Checks.text("reason", reason, LONGEST_REASON);
        }
        Checks.required("since", since);
    }

    /** {@return the decision to pause} */
    public static PipelineControl pause(String pipeline, String group, String by, String reason, Instant at) {
        return new PipelineControl(pipeline, group, true, by, reason, at);
    }

    /** {@return the decision to resume} */
    public static PipelineControl resume(String pipeline, String group, String by, Instant at) {
        return new PipelineControl(pipeline, group, false, by, null, at);
    }

    @Override
    public String key() {
        return pipeline;
    }
}
