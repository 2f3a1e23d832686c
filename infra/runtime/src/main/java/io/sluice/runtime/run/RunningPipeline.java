package io.sluice.runtime.run;

import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus;
import io.sluice.runtime.internal.PipelineThreads;

/** A pipeline at work. Closing it stops polling, finishes and commits the batch in hand, and leaves the group. */
public final class RunningPipeline implements AutoCloseable {
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

    /** {@return what it runs} */
    public Pipeline<?> pipeline() {
        return pipeline;
    }

    /** {@return how it is; of several threads, the worst} */
    public PipelineStatus status() {
        return threads.status();
    }

    /** {@return records on its partitions that it has not read, as far as known} */
    public long lag() {
        return threads.lag();
    }

    /** Stops in good order; a batch that does not end within the deadline is interrupted and will come again. */
    @Override
    public void close() {
        threads.close();
    }

    /** Stops as a crash would: nothing is finished, nothing committed, nobody told. For tests of delivery guarantees. */
    public void crash() {
        threads.crash();
    }
}
