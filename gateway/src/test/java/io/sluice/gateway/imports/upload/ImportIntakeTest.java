package io.sluice.gateway.imports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fakes.InMemoryObjects;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.idempotency.IdempotentCalls;
import io.sluice.gateway.intake.DurableWrites;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.jobs.board.JobBoard;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.event.InvalidEventException;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.imports.ImportConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ImportIntakeTest {
    private static final Duration ANY = Duration.ofSeconds(1);

    private final IdempotentCalls calls = new IdempotentCalls(id -> Optional.empty());
    private final ImportIntake intake = new ImportIntake(
            new Intake(
                    new DurableWrites(
                            new NoKafka(), new GatewayConfig(0, ANY, ANY, ANY, 1 << 20, ANY, 1_000), Runnable::run),
                    new JobBoard(1_000, id -> Optional.empty())),
            calls,
            new ImportFileStorage(new ObjectShelf(new InMemoryObjects()), new ImportConfig("", 1_000, 10)),
            new JsonCodec(),
            Clock.systemUTC());

    @Test
    void releasesTheKeyOfAnImportThatCannotBeRequested() {
        var file = new StoredObject("sluice", "imports/1", "0".repeat(64), "text/csv", 1);
        var nameless = new StoredUpload(new ImportOptions("companies", Map.of(), false, true, "", "", false), file, "");

        assertThatThrownBy(() -> intake.acceptOnce("i1", nameless, null)).isInstanceOf(InvalidEventException.class);

        assertThat(calls.beingAnswered()).isZero();
    }

    private static final class NoKafka implements EventPublisher {
        @Override
        public <E extends Event> CompletableFuture<Position> publish(
                Topic<E> topic, String key, @Nullable E event, Map<String, String> headers) {
            throw new AssertionError("nothing is published");
        }
    }
}
