package io.sluice.gateway.admin.pipelines;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A pipeline as admins see it, over all its instances.
 *
 * @param name such as {@code indexer}, or {@code indexer@clip-2} for an index that searches do not read
 * @param service the service that runs it
 * @param topic the topic that it reads
 * @param group its consumer group
 * @param status the worst status of its instances. {@code waiting}: a dependency is away, and it goes on by itself.
 *     {@code paused}: a person stopped it. {@code suspended}: it stopped itself, because most of its records fail.
 *     {@code stalled}: it makes no progress, or no instance runs
 * @param by who paused it; left out when it is not paused
 * @param reason why it does not work; left out while it runs
 * @param since since when it does not work; left out while it runs
 * @param lag records of its topic that it has not finished
 * @param ratePerS records per second that all instances finished in the last ten seconds
 * @param retrying records that failed and wait in its retry topics for their next attempt
 * @param deadLetters its open dead letters; left out while Postgres does not answer
 * @param instances processes in its consumer group
 */
@Schema(name = "Pipeline")
record PipelineView(
        String name,
        String service,
        String topic,
        String group,

        @Schema(
                type = "string",
                allowableValues = {"running", "waiting", "paused", "suspended", "stalled"})
        String status,

        @Nullable String by,
        @Nullable String reason,
        @Nullable Instant since,
        long lag,
        double ratePerS,
        long retrying,
        @Nullable Long deadLetters,
        int instances) {}
