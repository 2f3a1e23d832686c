package io.sluice.gateway.access.erasure;

import io.sluice.gateway.background.RepeatedTask;
import io.sluice.gateway.erasure.OwnedData;
import io.sluice.jobs.board.JobBoard;
import io.sluice.stores.accounts.Erasure;
import io.sluice.stores.accounts.ErasureTable;
import io.sluice.stores.letters.LetterTable;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes erasures. The transaction that deletes a user notes the erasure, so after a crash any gateway finishes it.
 * What was deleted until then is noted in Postgres. An event that is published twice changes nothing.
 *
 * <p>What belongs to the user is erased before the job ends. An erasure of which something is left is tried again, and
 * the erasures that were asked for after it wait for it. When a deletion became a dead letter, the job names the letter.
 *
 * <p>The stages of the job are the receipt: what was erased, how much of it, and until when the topics keep records that
 * an erasure cannot remove.
 */
@Singleton
public final class ErasureWorker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ErasureWorker.class);
    private static final Duration INTERVAL = Duration.ofSeconds(3);

    private final ErasureTable erasures;
    private final ErasureJobs jobs;
    private final JobBoard board;
    private final List<OwnedData> owned;
    private final LetterTable letters;
    private final RepeatedTask task = new RepeatedTask("erasures", INTERVAL, this::finishAll);

    ErasureWorker(ErasureTable erasures, ErasureJobs jobs, JobBoard board, List<OwnedData> owned, LetterTable letters) {
        this.erasures = erasures;
        this.jobs = jobs;
        this.board = board;
        this.owned = List.copyOf(owned);
        this.letters = letters;
    }

    /** Finishes what another run has left, now and from time to time. */
    public void begin() {
        task.begin();
    }

    /** Shows the job of a new erasure, and begins it. */
    public void begin(Erasure erasure) {
        board.apply(ErasureJob.queued(erasure));
        task.runSoon();
    }

    private boolean finishAll() {
        while (erasures.finishNext(this::finish)) {
            LOG.atInfo().log("finished an erasure");
        }
        return true;
    }

    private boolean finish(Erasure erasure) {
        var job = jobs.of(erasure);
        job.begun();
        var counts = new HashMap<String, Long>();
        if (!eraseAll(erasure, job, counts)) {
            job.waitsFor(letters.ofErasure(erasure.owner(), erasure.requestedAt()));
            return false;
        }
        job.ended(counts);
        return true;
    }

    /** Begins the erasure of all data, so that nothing waits for other data. {@return whether all of it is erased} */
    private boolean eraseAll(Erasure erasure, ErasureJob job, Map<String, Long> counts) {
        var isComplete = true;
        for (var data : owned) {
            var items = erasures.items(erasure, data.counted());
            var isErased = data.erase(erasure.owner().toString(), items);
            var count = (long) items.all().size();
            counts.put(data.counted(), count);
            if (isErased) {
                job.stage(data.stage(), Map.of(data.counted(), count));
            }
            isComplete &= isErased;
        }
        return isComplete;
    }

    @Override
    @PreDestroy
    public void close() {
        task.close();
    }
}
