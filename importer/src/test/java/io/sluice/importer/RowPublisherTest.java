package io.sluice.importer;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.Progress;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.imports.ImportRow.Data;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowPublisherTest {
    private final List<CompletableFuture<EventPublisher.Position>> acks = new ArrayList<>();
    private final AtomicInteger progress = new AtomicInteger();
    private final RowPublisher publisher = new RowPublisher(
            new EventPublisher() {
                @Override
                public <E extends Event> CompletableFuture<Position> publish(
                        Topic<E> topic, String key, @Nullable E event, Map<String, String> headers) {
                    acks.add(new CompletableFuture<>());
                    return acks.getLast();
                }
            },
            "job");

    @Test
    void anImportMakesProgressOnceARowIsAcknowledged() throws InterruptedException {
        Progress.listen(progress::incrementAndGet, () -> {
            publisher.publish(Topics.JOB_EVENTS, "job", JobEvent.step("job", JobKind.IMPORT, "read", Instant.EPOCH), 0);
            acknowledge();
            publishRow();
            publishRow();
            assertThat(progress).as("only the job's event is acknowledged").hasValue(0);

            acknowledge();
            publishRow();
        });

        assertThat(progress).hasValue(1);
    }

    private void publishRow() throws InterruptedException {
        publisher.publish(Topics.IMPORT_ROWS, "companies:1", new Data("companies", "import", 2, Map.of()), 10);
    }

    private void acknowledge() {
        acks.forEach(ack -> ack.complete(new EventPublisher.Position(0, 0)));
    }
}
