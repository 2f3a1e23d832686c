package io.sluice.gateway.product.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.scheduling.TaskExecutors;
import io.sluice.gateway.config.GatewayConfig;
import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.gateway.product.KeyedLines;
import io.sluice.gateway.product.ProductIndexing;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runs the bulk calls. Only a few run at a time, because each may use several megabytes of memory. */
@Singleton
final class BulkCalls {
    /** Bytes of answers kept for a client that does not read; about 80,000 answers. */
    private static final int ANSWERS_KEPT = 8 * 1024 * 1024;

    private final ItemIntake intake;
    private final ObjectMapper mapper;
    private final Executor threads;
    private final Duration patience;
    private final Duration turnTimeout;
    private final Semaphore freePlaces;

    BulkCalls(
            ItemIntake intake,
            JsonCodec codec,
            GatewayConfig gateway,
            BulkConfig config,
            @Named(TaskExecutors.BLOCKING) Executor threads) {
        this.intake = intake;
        this.mapper = codec.mapper();
        this.threads = threads;
        this.patience = config.patience();
        this.turnTimeout = gateway.uploadPatience();
        this.freePlaces = new Semaphore(config.calls(), true);
    }

    /**
     * Starts to accept the items of a body, which the run closes.
     *
     * @param key the idempotency key of the call
     * @return the stream of the answers
     * @throws ProblemException when the body does not begin as it should, or too many bulk calls are running
     */
    InputStream start(InputStream body, boolean isNdjson, Optional<IdempotencyKey> key) {
        var bytes = new BodyBytes(body, ProductIndexing.MAX_BODY, patience);
        var items = isNdjson ? new NdjsonReader(bytes) : new JsonArrayReader(bytes);
        try {
            reading(bytes::peek); // a connection that sends nothing must not take a place of the few
            enter();
            return begin(items, isNdjson, key);
        } catch (RuntimeException e) {
            items.close();
            throw e;
        }
    }

    /**
     * Waits for the first item, because a body without items can be refused with a status only before the answer
     * starts.
     */
    private InputStream begin(ItemReader items, boolean isNdjson, Optional<IdempotencyKey> key) {
        try {
            var first = first(items);
            if (first == null && isNdjson) {
                throw malformed("The body is empty: send one JSON object on each line.");
            }
            var lines = key.map(KeyedLines::new);
            var answers = new AnswerStream(ANSWERS_KEPT, patience);
            var run = new BulkRun(items, item -> intake.accept(item, lines), this::line, answers);
            threads.execute(() -> run.acceptItems(first));
            threads.execute(() -> answer(run, answers));
            return answers;
        } catch (RuntimeException e) {
            freePlaces.release();
            throw e;
        }
    }

    /** A call frees its place when its answers have left the memory, which may be long after they are known. */
    private void answer(BulkRun run, AnswerStream answers) {
        try {
            run.answer();
            answers.awaitTaken();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            freePlaces.release();
        }
    }

    private static @Nullable Item first(ItemReader items) {
        var first = BulkCalls.<@Nullable Item>reading(items::next);
        if (first instanceof Item.Broken(var _, var reason)) {
            throw malformed("The body is not a JSON array: " + reason + ".");
        }
        return first;
    }

    /** Reads before the answer starts, when a status can still say what is wrong. */
    private static <T extends @Nullable Object> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ItemDeadline.TooSlowException e) {
            throw new ProblemException(WebProblem.BODY_TOO_SLOW, "Nothing was read: " + e.reason() + ".", e);
        } catch (IOException e) {
            throw new ProblemException(WebProblem.MALFORMED_BODY, "The body ended too early.", e);
        }
    }

    private interface Reading<T extends @Nullable Object> {
        T read() throws IOException;
    }

    private static ProblemException malformed(String detail) {
        return new ProblemException(WebProblem.MALFORMED_BODY, detail);
    }

    private void enter() {
        try {
            if (freePlaces.tryAcquire(turnTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            throw new ProblemException(WebProblem.TOO_BUSY, "Other bulk calls are running; send again in a moment.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(WebProblem.TOO_BUSY, "The gateway is stopping.", e);
        }
    }

    private byte[] line(BulkAnswer answer) {
        try {
            var json = mapper.writeValueAsBytes(answer);
            var line = Arrays.copyOf(json, json.length + 1);
            line[json.length] = '\n';
            return line;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON", e);
        }
    }
}
