package io.sluice.runtime.run;

import io.sluice.runtime.Pipeline;
import io.sluice.runtime.internal.PipelineAssembly;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pipelines. What it promises of each: a record's offset is committed only when its fate is durable, so every record
 * is handled at least once; records of one key on one partition are finished in order; one bad record costs no other
 * record more than a repetition; a dependency that is away costs time only.
 *
 * <p>Room is left for what is not here yet. Delayed retry topics: another {@code Fate} beside being buried, written by the
 * {@code OutcomeWriter}, and a pipeline for each retry topic, which is a {@code Source} with versions in the header. A
 * redrive writes a dead letter back with its headers, so its attempts go on counting. A pause by a person: asked in
 * {@code Admission}, beside the fuse. A crash journal: asked by the {@code Intake} before it hands out a batch.
 */
public final class ProcessorRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorRuntime.class);

    private final PipelineAssembly assembly;
    private final TopicPlan topics;

    /** A runtime over one Kafka; what the assembly writes with stays the caller's to close, after the pipelines. */
    public ProcessorRuntime(PipelineAssembly assembly, TopicPlan topics) {
        this.assembly = assembly;
        this.topics = topics;
    }

    /** Makes the pipeline's topics where they are missing, and sets it to work. */
    public RunningPipeline start(Pipeline<?> pipeline) {
        List<Topic<?>> written = Stream.concat(pipeline.targets().stream(), Stream.of(Topics.JOB_EVENTS))
                .toList();
        topics.ensureFor(pipeline.name(), pipeline.source().topic(), written);
        var threads = assembly.start(pipeline);
        LOG.atInfo().addKeyValue("pipeline", pipeline.describe()).log("pipeline started");
        return new RunningPipeline(pipeline, threads);
    }
}
