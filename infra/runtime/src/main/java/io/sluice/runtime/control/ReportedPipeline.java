package io.sluice.runtime.control;

import io.sluice.runtime.Pipeline;
import io.sluice.runtime.PipelineStatus;

/** A pipeline of this process about which others are told. */
public interface ReportedPipeline {
    /** {@return the declaration of the pipeline} */
    Pipeline<?> pipeline();

    /** {@return the status of the pipeline; the worst one of its threads} */
    PipelineStatus status();

    /** {@return how many records have been finished since the start, whatever their outcome} */
    long finished();
}
