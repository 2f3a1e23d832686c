package io.sluice.gateway.product.bulk;

import io.micronaut.http.HttpStatus;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.web.problem.Problem;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemKind;
import io.sluice.web.problem.WebProblem;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One bulk call. One thread reads items and starts to accept each without waiting for the earlier ones. Another thread
 * answers them in their order. The bytes of items in flight are bounded, so a body is read no faster than Kafka stores
 * the items.
 */
final class BulkRun {
    /** The largest number of bytes of all items in flight. */
    static final int ROOM = 4 * 1024 * 1024;
    /** An item counts as at least so many bytes, so at most 512 items are in flight. */
    static final int LEAST_SHARE = 8 * 1024;

    /**
     * The call ends when Kafka does not store this many items in a row. Each may cost the whole accept timeout, and the
     * caller has to send the following items again anyway.
     */
    static final int REFUSALS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(BulkRun.class);

    private final ItemReader items;
    private final Function<Item, CompletableFuture<BulkAnswer>> intake;
    private final Function<BulkAnswer, byte[]> encoding;
    private final AnswerStream answers;
    private final Semaphore room = new Semaphore(ROOM);
    /** An empty element marks the end. */
    private final BlockingQueue<Optional<InFlight>> inFlight = new LinkedBlockingQueue<>();

    /** Items that Kafka did not store since the last item that it stored. */
    private volatile int refusals;

    private record InFlight(int share, CompletableFuture<BulkAnswer> answer) {}

    /**
     * Creates a run that has not started.
     *
     * @param intake accepts an item; the future that it returns never fails
     * @param encoding turns an answer into its line
     */
    BulkRun(
            ItemReader items,
            Function<Item, CompletableFuture<BulkAnswer>> intake,
            Function<BulkAnswer, byte[]> encoding,
            AnswerStream answers) {
        this.items = items;
        this.intake = intake;
        this.encoding = encoding;
        this.answers = answers;
    }

    /**
     * Accepts items until the body ends, or until the run has to stop: the client has disconnected or does not read the
     * answers, Kafka is not available, or the body cannot be read. When the run stops before the end of the body, the
     * last answer gives the reason.
     *
     * @param first the first item, which is already read; null when the body has none
     */
    void acceptItems(@Nullable Item first) {
        long next = 1;
        try (items) {
            for (var item = first; item != null; item = items.next()) {
                next = item.line();
                room.acquire(share(item));
                if (answers.isGivenUp() || refusals >= REFUSALS) {
                    stop(next);
                    return;
                }
                inFlight.add(Optional.of(new InFlight(share(item), intake.apply(item))));
                next++;
            }
        } catch (ItemDeadline.TooSlowException e) {
            stop(next, WebProblem.BODY_TOO_SLOW, e.reason());
        } catch (ProblemException e) {
            stop(next, e.problem());
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the body of a bulk call ended too early");
            stop(next, WebProblem.MALFORMED_BODY, "the body ended too early");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop(next, WebProblem.TOO_BUSY, "the gateway is stopping");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("bulk call failed");
            stop(next, WebProblem.INTERNAL_ERROR, "internal error");
        } finally {
            inFlight.add(Optional.empty());
        }
    }

    private void stop(long next) {
        if (refusals >= REFUSALS) {
            stop(next, GatewayProblem.KAFKA_UNAVAILABLE, "Kafka is not available; send the rest again in a moment");
        } else {
            stop(next, WebProblem.TOO_BUSY, "too many answers wait for you. Read the answer while you send");
        }
    }

    private void stop(long next, ProblemKind code, String reason) {
        reject(next, Problem.of(code, "Nothing from here on was read: " + reason + "."));
    }

    /** Ends the call because of a body that is damaged or too slow. */
    private void stop(long next, Problem refused) {
        var detail = "Nothing from here on was read. " + refused.detail();
        reject(next, Problem.of(HttpStatus.valueOf(refused.status()), refused.title(), refused.code(), detail));
    }

    private void reject(long next, Problem problem) {
        var answer = BulkAnswer.rejected(next, null, problem);
        inFlight.add(Optional.of(new InFlight(0, CompletableFuture.completedFuture(answer))));
    }

    private static int share(Item item) {
        var bytes = item instanceof Item.Whole whole ? whole.json().length : 0;
        return Math.clamp(bytes, LEAST_SHARE, ROOM);
    }

    /**
     * Writes the answers in the order of the items, each as soon as it and all before it are known. When this fails,
     * the body is broken off, so that the client does not take it for complete.
     */
    void answer() {
        long queued = 0;
        long rejected = 0;
        var isWhole = false;
        try {
            for (var next = inFlight.take(); next.isPresent(); next = inFlight.take()) {
                var answer = next.get().answer().join();
                queued += answer.jobId() == null ? 0 : 1;
                rejected += answer.jobId() == null ? 1 : 0;
                count(answer);
                answers.add(encoding.apply(answer));
                room.release(next.get().share());
            }
            isWhole = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (isWhole) {
                answers.finish();
            } else {
                answers.breakOff();
                room.release(ROOM);
            }
            LOG.atInfo()
                    .addKeyValue("queued", queued)
                    .addKeyValue("rejected", rejected)
                    .log("bulk call answered");
        }
    }

    /** Only the answering thread writes the count. An item that is rejected for its content does not change it. */
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void count(BulkAnswer answer) {
        var error = answer.error();
        if (error == null) {
            refusals = 0;
        } else if (error.code().equals(GatewayProblem.KAFKA_UNAVAILABLE.name())) {
            refusals++;
        }
    }
}
