package io.sluice.gateway.bulk;

import io.sluice.gateway.problem.Problem;
import io.sluice.gateway.problem.ProblemCode;
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

    private static final Logger LOG = LoggerFactory.getLogger(BulkRun.class);

    private final Items items;
    private final Function<Item, CompletableFuture<BulkAnswer>> intake;
    private final Function<BulkAnswer, byte[]> encoding;
    private final AnswerStream answers;
    private final Semaphore room = new Semaphore(ROOM);
    /** Empty: the end. */
    private final BlockingQueue<Optional<InFlight>> inFlight = new LinkedBlockingQueue<>();

    private record InFlight(int share, CompletableFuture<BulkAnswer> answer) {}

    /**
     * Makes a run of which nothing happens yet.
     *
     * @param intake takes an item in; what it returns never fails
     * @param encoding gives an answer its line
     */
    BulkRun(
            Items items,
            Function<Item, CompletableFuture<BulkAnswer>> intake,
            Function<BulkAnswer, byte[]> encoding,
            AnswerStream answers) {
        this.items = items;
        this.intake = intake;
        this.encoding = encoding;
        this.answers = answers;
    }

    /**
     * Takes items in until there are no more, or the caller is gone or does not read what it is answered.
     *
     * @param first the first of them, read already
     */
    void takeIn(@Nullable Item first) {
        var item = first;
        try (items) {
            while (item != null && !answers.isGivenUp()) {
                var share = share(item);
                room.acquire(share);
                inFlight.add(Optional.of(new InFlight(share, intake.apply(item))));
                item = items.next();
            }
            if (item != null) {
                giveUp(item, ProblemCode.TOO_BUSY, "too many answers wait for you to read them. Read while you send");
            }
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("bulk body broke off");
            giveUp(item, ProblemCode.MALFORMED_BODY, "the body broke off");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inFlight.add(Optional.empty());
        }
    }

    private void giveUp(@Nullable Item item, ProblemCode code, String reason) {
        var line = item == null ? 1 : item.line();
        var problem = Problem.of(code, "Nothing from here on was read: " + reason + ".");
        var answer = BulkAnswer.rejected(line, null, problem);
        inFlight.add(Optional.of(new InFlight(0, CompletableFuture.completedFuture(answer))));
    }

    private static int share(Item item) {
        var bytes = item instanceof Item.Whole whole ? whole.json().length : 0;
        return Math.clamp(bytes, LEAST_SHARE, ROOM);
    }

    /** Answers what was taken in, each item as soon as it and all before it are known. */
    void answer() {
        long queued = 0;
        long rejected = 0;
        try {
            for (var next = inFlight.take(); next.isPresent(); next = inFlight.take()) {
                var answer = next.get().answer().join();
                queued += answer.jobId() == null ? 0 : 1;
                rejected += answer.jobId() == null ? 1 : 0;
                answers.add(encoding.apply(answer));
                room.release(next.get().share());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            answers.finish();
            LOG.atInfo()
                    .addKeyValue("queued", queued)
                    .addKeyValue("rejected", rejected)
                    .log("bulk call answered");
        }
    }
}
