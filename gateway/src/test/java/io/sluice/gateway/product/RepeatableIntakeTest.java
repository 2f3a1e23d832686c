package io.sluice.gateway.product;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.idempotency.IdempotentCalls;
import io.sluice.gateway.intake.DurableWrites;
import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.intake.RandomJobIds;
import io.sluice.gateway.product.ProductFields.Draft;
import io.sluice.jobs.board.JobBoard;
import io.sluice.runtime.EventPublisher;
import io.sluice.runtime.SluiceConfig;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.event.Event;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.product.Metadata;
import io.sluice.schemas.product.ProductSaved;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lines of one bulk call that is sent again with its idempotency key. */
class RepeatableIntakeTest {
    private static final IdempotencyKey KEY = new IdempotencyKey("anonymous", "products:batch", "key");
    private static final Duration ANY = Duration.ofSeconds(1);

    private final Log kafka = new Log();
    private final GatewayConfig config = new GatewayConfig(0, ANY, ANY, ANY, 1 << 20, ANY, 1_000);
    private final JobBoard board = new JobBoard(1_000, id -> Optional.empty());
    private final RepeatableIntake intake = new RepeatableIntake(
            new ProductIntake(
                    new Intake(new DurableWrites(kafka, config, Runnable::run), board),
                    board,
                    new RandomJobIds(),
                    Clock.systemUTC(),
                    SluiceConfig.ofDefaults()),
            new IdempotentCalls(board::find),
            new JsonCodec());

    @Test
    void doesNotWriteLinesAgainThatWereAcceptedBefore() {
        assertThat(send("old", "new")).containsExactly(true, true);
        assertThat(send("old", "new")).containsExactly(true, true);

        assertThat(kafka.names).containsExactly("old", "new");
    }

    @Test
    void letsTheLaterLineWinWhenOnlyTheEarlierIsWrittenAgain() {
        kafka.without.add(KEY.jobId(1));
        assertThat(send("old", "new")).containsExactly(false, true);
        kafka.without.clear();

        assertThat(send("old", "new")).containsExactly(true, true);
        assertThat(kafka.names).containsExactly("old", "new", "old", "new");
    }

    @Test
    void letsTheLaterLineWinWhenKafkaRefusedItTheSecondTime() {
        kafka.without.add(KEY.jobId(1));
        send("old", "new");
        kafka.without.clear();
        kafka.refused.add("new");
        assertThat(send("old", "new")).containsExactly(true, false);
        kafka.refused.clear();

        assertThat(send("old", "new")).containsExactly(true, true);
        assertThat(kafka.names).last().isEqualTo("new");
    }

    /** {@return for each line whether it was accepted} */
    private List<Boolean> send(String... names) {
        var lines = new KeyedLines(KEY);
        var accepted = new ArrayList<Boolean>();
        for (var name : names) {
            var answer = intake.save(lines, accepted.size() + 1L, draft(name));
            accepted.add(!answer.isCompletedExceptionally());
            assertThat(answer).isDone();
            if (!answer.isCompletedExceptionally()) {
                answer.join().outcome().cancel(false);
            }
        }
        return accepted;
    }

    private static Draft draft(String name) {
        return new Draft("p-1", name, "It gives light.", Metadata.empty(), List.of(), false);
    }

    /** Records the names of products. It refuses the queued events of some jobs, and some products. */
    private static final class Log implements EventPublisher {
        final List<String> names = new ArrayList<>();
        final Set<String> without = new HashSet<>();
        final Set<String> refused = new HashSet<>();

        @Override
        public <E extends Event> CompletableFuture<Position> publish(
                Topic<E> topic, String key, @Nullable E event, Map<String, String> headers) {
            var isRefused = switch (event) {
                case JobEvent queued -> without.contains(queued.jobId());
                case ProductSaved saved -> refused.contains(saved.name());
                case null, default -> false;
            };
            if (isRefused) {
                return CompletableFuture.failedFuture(new TimeoutException("no leader"));
            }
            if (event instanceof ProductSaved saved) {
                names.add(saved.name());
            }
            return CompletableFuture.completedFuture(new Position(0, names.size()));
        }
    }
}
