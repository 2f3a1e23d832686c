package io.sluice.gateway.product.bulk;

import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.web.problem.Problem;
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
 * One bulk call. One thread reads items and has them taken in without waiting for those before, another answers them in
 * their order. Items in flight are bounded, so a body is read no faster than Kafka takes it.
 */
final class BulkRun {
    /** Bytes of the items in flight. */
    static final int ROOM = 4 * 1024 * 1024;
    /** What an item counts for at least: no more than 512 are in flight. */
    static final int LEAST_SHARE = 8 * 1024;

    /**
     * So many items in a row that Kafka does not take end the call. Each may cost the accept timeout, one after the other,
     * and the caller has to send what follows again all the same.
     */
    static final int REFUSALS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(BulkRun.class);

    private final ItemReader items;
    private final Function<Item, CompletableFuture<BulkAnswer>> intake;
    private final Function<BulkAnswer, byte[]> encoding;
    private final AnswerStream answers;
    private final Semaphore room = new Semaphore(ROOM);
    /** Empty: the end. */
    private final BlockingQueue<Optional<InFlight>> inFlight = new LinkedBlockingQueue<>();

    /** Items that Kafka did not take since the last it took. */
    private volatile int refusals;

    private record InFlight(int share, CompletableFuture<BulkAnswer> answer) {}

    /**
     * Makes a run of which nothing happens yet.
     *
     * @param intake takes an item in; what it returns never fails
     * @param encoding gives an answer its line
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
     * Takes items in until there are no more, or none can be: the caller is gone or does not read what it is answered, or
     * Kafka is away. Whatever ends it before the body does is the last answer.
     *
     * @param first the first of them, read already
     */
    void takeIn(@Nullable Item first) {
        long next = 1;
        try (items) {
            for (var item = first; item != null; item = items.next()) {
                next = item.line();
                room.acquire(share(item));
                if (answers.isGivenUp() || refusals >= REFUSALS) {
                    giveUp(next);
                    return;
                }
                inFlight.add(Optional.of(new InFlight(share(item), intake.apply(item))));
                next++;
            }
        } catch (ItemDeadline.TooSlowException e) {
            giveUp(next, WebProblem.BODY_TOO_SLOW, e.reason());
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("bulk body broke off");
            giveUp(next, WebProblem.MALFORMED_BODY, "the body broke off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            giveUp(next, WebProblem.TOO_BUSY, "the gateway is stopping");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("bulk call failed");
            giveUp(next, WebProblem.INTERNAL_ERROR, "something went wrong here");
        } finally {
            inFlight.add(Optional.empty());
        }
    }

    private void giveUp(long next) {
        if (refusals >= REFUSALS) {
            giveUp(next, GatewayProblem.KAFKA_UNAVAILABLE, "Kafka is not available; send the rest again in a moment");
        } else {
            giveUp(next, WebProblem.TOO_BUSY, "too many answers wait for you to read them. Read while you send");
        }
    }

    private void giveUp(long next, ProblemKind code, String reason) {
        var problem = Problem.of(code, "Nothing from here on was read: " + reason + ".");
        var answer = BulkAnswer.rejected(next, null, problem);
        inFlight.add(Optional.of(new InFlight(0, CompletableFuture.completedFuture(answer))));
    }

    private static int share(Item item) {
        var bytes = item instanceof Item.Whole whole ? whole.json().length : 0;
        return Math.clamp(bytes, LEAST_SHARE, ROOM);
    }

    /**
     * Answers what was taken in, each item as soon as it and all before it are known. Should that fail, the body is broken
     * off, so that nobody takes it for whole.
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

    /** Only this thread writes the count; what is wrong with an item says nothing of Kafka. */
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
