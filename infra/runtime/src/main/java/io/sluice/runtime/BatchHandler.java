package io.sluice.runtime;

import io.sluice.schemas.event.Event;
import java.util.List;

/** The work of a processor: events in, one outcome each out. It knows nothing of Kafka. */
@FunctionalInterface
public interface BatchHandler<E extends Event> {
    /**
     * Handles one micro-batch. It may be called again with the same records, in other company, until their fate is
     * durable: so doing it twice must do no harm. Calls come from one thread per partition set, several at once when the
     * pipeline runs on several threads.
     *
     * @param batch in the order of the topic within each partition; a key may occur more than once
     * @return exactly one outcome per record, in the order given
     * @throws Exception when the batch failed as a whole; the pipeline's {@link FailureTranslator} says what that means,
     *     and a batch that fails for a reason of one record is bisected to find it
     */
    List<Outcome> handle(List<Received<E>> batch) throws Exception;
}
