package io.sluice.runtime.control;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.sluice.runtime.PipelineStatus.Paused;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.runtime.kafka.Consumers;
import io.sluice.runtime.kafka.TopicNames;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topics;
import io.sluice.schemas.pipeline.PipelineControl;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What admins have decided about pipelines, as pipeline-controls.v1 says it. Each process follows that topic, so a
 * decision reaches every instance at once and is there after a restart.
 */
public final class PipelineControls implements Pauses, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TopicPlan topics;
    private final TopicFollower<PipelineControl> follower;
    private volatile Map<String, PipelineControl> byName = Map.of();
    private volatile Map<String, PipelineControl> pausedByGroup = Map.of();

    /** Makes controls that are not followed yet. Every pipeline may work. */
    public PipelineControls(TopicPlan topics, Consumers consumers, TopicNames names, JsonCodec codec) {
        this.topics = topics;
        this.follower = new TopicFollower<>(consumers, names, codec, Topics.PIPELINE_CONTROLS, this::take);
    }

    /** Creates the topic when it is missing, and starts to follow it. */
    public void start() {
        topics.ensure(Topics.PIPELINE_CONTROLS, Topics.PIPELINE_STATUS);
        follower.start();
    }

    /**
     * Waits until every decision that was made before the start is known, so that a paused pipeline reads no record.
     *
     * @throws IllegalStateException when the topic cannot be read
     */
    public void awaitKnown() {
        try {
            if (!follower.awaitCaughtUp(PATIENCE)) {
                throw new IllegalStateException(
                        "%s could not be read within %d s, so it is not known which pipelines are paused"
                                .formatted(Topics.PIPELINE_CONTROLS.name(), PATIENCE.toSeconds()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at start", e);
        }
    }

    @Override
    public Optional<Paused> of(String group) {
        return Optional.ofNullable(pausedByGroup.get(group)).map(PipelineControls::paused);
    }

    /** {@return the last decision about each pipeline, by its public name} */
    public Map<String, PipelineControl> decisions() {
        return byName;
    }

    private static Paused paused(PipelineControl control) {
        return new Paused(control.by(), Objects.requireNonNull(control.reason(), "reason"), control.since());
    }

    private void take(String name, Optional<PipelineControl> control) {
        var all = new HashMap<>(byName);
        control.ifPresentOrElse(decision -> all.put(name, decision), () -> all.remove(name));
        pausedByGroup = all.values().stream()
                .filter(PipelineControl::paused)
                .collect(toUnmodifiableMap(PipelineControl::group, decision -> decision, (one, other) -> other));
        byName = Map.copyOf(all);
    }

    @Override
    public void close() {
        follower.close();
    }
}
