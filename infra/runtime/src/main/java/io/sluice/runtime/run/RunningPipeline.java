package io.sluice.runtime.run;

import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.control.ReportedPipeline;
import io.sluice.runtime.engine.PipelineThreads;

/** A pipeline that runs. Closing it stops polling, finishes and commits the current batch, and leaves the group. */
public final class RunningPipeline implements ReportedPipeline, AutoCloseable {
    private final Pipeline<?> pipeline;
    private final PipelineThreads threads;

    RunningPipeline(Pipeline<?> pipeline, PipelineThreads threads) {
        this.pipeline = pipeline;
        this.threads = threads;
    }

    /** {@return the pipeline's name} */
    public String name() {
        return pipeline.name();
    }

    @Override
    public Pipeline<?> pipeline() {
        return pipeline;
    }

    @Override
    public PipelineStatus status() {
        return threads.status();
    }

    @Override
    public long finished() {
        return threads.finished();
    }

    /** {@return how many records on its partitions it has not read, as far as known} */
    public long lag() {
        return threads.lag();
    }

    /** Stops after the current batch. A batch that does not end within the deadline is interrupted and comes again. */
    @Override
    public void close() {
        threads.close();
    }

    /**
     * Stops as a crash would: it finishes nothing, commits nothing and does not leave the group. For tests of delivery
     * guarantees.
     */
    public void crash() {
        threads.crash();
    }
}
