package io.sluice.runtime;

import io.sluice.schemas.event.Event;
import java.util.List;

/** The work of a processor: it takes a batch of events and returns one outcome for each. It does not know Kafka. */
@FunctionalInterface
public interface BatchHandler<E extends Event> {
    /**
     * Handles one micro-batch. The runtime may call it again with the same records, in a batch with other records,
     * until their outcomes are durable. So handling a record twice must do no harm. Each consumer thread calls the
     * handler with records of its own partitions; a pipeline with several threads makes several calls at once.
     *
     * @param batch the records, in the order of the topic within each partition; a key may occur more than once
     * @return exactly one outcome per record, in the order given
     * @throws Exception when the batch failed as a whole. The pipeline's {@link FailureTranslator} says what the
     *     exception means. Unless it means that a dependency is down, the runtime halves the batch and calls again,
     *     until it has found the records that cause the failure.
     */
    List<Outcome> handle(List<Received<E>> batch) throws Exception;
}
