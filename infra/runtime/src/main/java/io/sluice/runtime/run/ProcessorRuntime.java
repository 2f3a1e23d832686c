package io.sluice.runtime.run;

import io.sluice.runtime.Pipeline;
import io.sluice.runtime.control.Pauses;
import io.sluice.runtime.engine.PipelineAssembly;
import io.sluice.runtime.kafka.TopicPlan;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs pipelines. It guarantees four things for each. A record's offset is committed only when its fate is durable, so
 * every record is handled at least once. Records of one key on one partition are finished in order. A bad record can
 * cause others to be handled again, but does not make them fail. An outage of a dependency costs time, but no record.
 */
public final class ProcessorRuntime {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessorRuntime.class);

    private final PipelineAssembly assembly;
    private final TopicPlan topics;
    private final Pauses pauses;

    /** A runtime on one Kafka cluster. The caller closes the assembly's writer, after the pipelines. */
    public ProcessorRuntime(PipelineAssembly assembly, TopicPlan topics, Pauses pauses) {
        this.assembly = assembly;
        this.topics = topics;
        this.pauses = pauses;
    }

    /** Creates the pipeline's missing topics and starts its threads. */
    public RunningPipeline start(Pipeline<?> pipeline) {
        List<Topic<?>> written = Stream.concat(pipeline.targets().stream(), Stream.of(Topics.JOB_EVENTS))
                .toList();
        topics.ensureFor(pipeline, written);
        var threads = assembly.start(pipeline, () -> pauses.of(pipeline.group()));
        LOG.atInfo().addKeyValue("pipeline", pipeline.describe()).log("pipeline started");
        return new RunningPipeline(pipeline, threads);
    }
}
