package io.sluice.testkit;

import io.sluice.runtime.Failure;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.Received;
import io.sluice.runtime.json.Decoded.Intact;
import io.sluice.runtime.json.Decoded.Unreadable;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.wire.EntityVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline without Kafka and in the thread of the test: records in, outcomes out. Events go through JSON, so
 * that a handler sees what it would see in production. Positions count up, as on a topic with one partition. An
 * exception of the handler becomes the failure that the table of the pipeline says.
 */
public final class PipelineHarness<E extends EntityEvent> {
    private final Pipeline<E> pipeline;
    private final JsonCodec codec = new JsonCodec();
    private final AtomicLong offset = new AtomicLong();

    /** Makes a harness for a pipeline. */
    public PipelineHarness(Pipeline<E> pipeline) {
        this.pipeline = pipeline;
    }

    /** {@return the outcomes of these events, handled as one batch} */
    public List<Outcome> save(List<E> events) {
        var batch = new ArrayList<Received<E>>();
        for (var event : events) {
            batch.add(received(event.key(), throughJson(event)));
        }
        return handle(batch);
    }

    /** {@return the outcome of a deletion} */
    public Outcome delete(String key) {
        return handle(List.of(received(key, null))).getFirst();
    }

    /** {@return the outcomes of this batch, which is handled as it is} */
    public List<Outcome> handle(List<Received<E>> batch) {
        try {
            return pipeline.handler().handle(batch);
        } catch (Exception e) {
            Failure failure = pipeline.errors()
                    .translate(e)
                    .orElseThrow(() -> new AssertionError("the pipeline does not translate this exception", e));
            return batch.stream().map(received -> Outcome.failed(failure)).toList();
        }
    }

    private Received<E> received(String key, @Nullable E event) {
        return new Received<>(key, event, EntityVersion.of(1, offset.getAndIncrement()), "job-" + key);
    }

    private E throughJson(E event) {
        return switch (codec.decode(pipeline.source().topic().type(), codec.encode(event))) {
            case Intact<E>(var read) -> read;
            case Unreadable<E>(var failure) -> throw new AssertionError(failure.detail());
        };
    }
}
