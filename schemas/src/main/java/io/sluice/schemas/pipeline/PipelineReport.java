package io.sluice.schemas.pipeline;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one instance says of one of its pipelines, every few seconds and at each change.
 *
 * @param instance names the process, such as {@code indexer-0-5f21c3}
 * @param pipeline the processor's name, without its index
 * @param service the service that runs it
 * @param topic the topic that it reads, without the deployment's prefix
 * @param group the consumer group, without the deployment's prefix
 * @param index the index that it works for; null when its work is for all of them
 * @param by who paused it; null in other states
 * @param reason why it does not work; null while it runs
 * @param since since when; null while it runs
 * @param ratePerS records per second that this instance finished lately
 * @param at when the instance said so
 */
public record PipelineReport(
        String instance,
        String pipeline,
        String service,
        String topic,
        String group,
        @Nullable String index,
        PipelineState status,
        @Nullable String by,
        @Nullable String reason,
        @Nullable Instant since,
        double ratePerS,
        Instant at)
        implements EntityEvent {
    private static final int MAX = 255;

    public PipelineReport {
        Checks.text("instance", instance, MAX);
        Checks.text("pipeline", pipeline, MAX);
        Checks.text("service", service, MAX);
        Checks.text("topic", topic, MAX);
        Checks.text("group", group, MAX);
        Checks.required("status", status);
        Checks.required("at", at);
    }

    @Override
    public String key() {
        return instance + ":" + pipeline;
    }
}
