package io.sluice.runtime.control;

import io.sluice.runtime.PipelineStatus.Paused;
import java.util.Optional;

/** Knows which pipelines a person has paused. Safe for use by many threads. */
@FunctionalInterface
public interface Pauses {
    /** {@return who paused the pipeline with this consumer group, and why; empty when it may work} */
    Optional<Paused> of(String group);

    /** {@return no pauses: every pipeline may work} */
    static Pauses none() {
        return group -> Optional.empty();
    }
}
