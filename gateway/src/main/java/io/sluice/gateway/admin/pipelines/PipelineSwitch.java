package io.sluice.gateway.admin.pipelines;

import io.sluice.gateway.intake.DurableWrites;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.principal.Principal;
import io.sluice.runtime.Waiting;
import io.sluice.runtime.control.PipelineControls;
import io.sluice.schemas.Topics;
import io.sluice.schemas.pipeline.PipelineControl;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pauses and resumes pipelines. A decision is durable when the call returns: Kafka has it, and every instance follows
 * it, also one that starts later.
 */
@Singleton
final class PipelineSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineSwitch.class);
    private static final Duration KNOWN_HERE = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(10);

    private final PipelineLookup pipelines;
    private final PipelineControls controls;
    private final DurableWrites events;
    private final Clock clock;

    PipelineSwitch(PipelineLookup pipelines, PipelineControls controls, DurableWrites events, Clock clock) {
        this.pipelines = pipelines;
        this.controls = controls;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Pauses a pipeline.
     *
     * @return the pipeline
     * @throws ProblemException when there is no such pipeline, or Kafka does not store the decision
     */
    KnownPipeline pause(String name, String reason, Principal by) {
        var pipeline = find(name);
        write(PipelineControl.pause(name, pipeline.group(), by.name(), reason, clock.instant()));
        return pipeline;
    }

    /**
     * Resumes a pipeline. One that is not paused stays as it is.
     *
     * @return the pipeline
     * @throws ProblemException as {@link #pause} does
     */
    KnownPipeline resume(String name, Principal by) {
        var pipeline = find(name);
        write(PipelineControl.resume(name, pipeline.group(), by.name(), clock.instant()));
        return pipeline;
    }

    private KnownPipeline find(String name) {
        var known = pipelines.known();
        return Optional.ofNullable(known.get(name))
                .orElseThrow(() -> new ProblemException(
                        PipelineProblem.PIPELINE_NOT_FOUND,
                        "No pipeline has this name. There are: " + String.join(", ", known.keySet()) + "."));
    }

    private void write(PipelineControl control) {
        var _ = Intake.await(events.write(Topics.PIPELINE_CONTROLS, control.key(), control, Map.of()));
        LOG.atInfo()
                .addKeyValue("pipeline", control.pipeline())
                .addKeyValue("paused", control.paused())
                .addKeyValue("by", control.by())
                .addKeyValue("reason", control.reason())
                .log("an admin decided about a pipeline");
        awaitKnownHere(control);
    }

    /** The caller may look at once, so this gateway reads its own decision first. */
    private void awaitKnownHere(PipelineControl control) {
        try {
            var _ = Waiting.until(() -> control.equals(controls.decisions().get(control.key())), LOOK, KNOWN_HERE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
