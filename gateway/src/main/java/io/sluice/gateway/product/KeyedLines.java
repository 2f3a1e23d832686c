package io.sluice.gateway.product;

import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.schemas.job.Job;
import java.util.HashMap;
import java.util.Map;

/**
 * The lines of one bulk call with an idempotency key, in order. A line that was accepted before is normally not written
 * again. But an earlier line of the same product may be newer by now, because only that line was written again. Then
 * the later line must be written again too: of two lines of one product the later one wins, however often the call is
 * sent.
 *
 * <p>For one thread.
 */
public final class KeyedLines {
    /** The number of products whose versions are remembered; about 5 MB. */
    static final int REMEMBERED = 50_000;

    private static final long NEWEST = Long.MAX_VALUE;

    private final IdempotencyKey key;
    private final Map<String, Long> versions = new HashMap<>();
    private boolean wroteAny;

    /** Creates the lines of a call of which no line has been read yet. */
    public KeyedLines(IdempotencyKey key) {
        this.key = key;
    }

    /** {@return the id of the job of the line with this number} */
    public String jobId(long line) {
        return key.jobId(line);
    }

    /** Records that a line of this product is being written. */
    void note(String productId) {
        wroteAny = true;
        remember(productId, NEWEST);
    }

    /**
     * Records a line that was accepted before.
     *
     * @return whether an earlier line of its product is newer than this line. For a product that is not remembered, the
     *     answer is yes as soon as any line was written, because writing a line again does no harm and skipping it may
     */
    boolean isOvertaken(String productId, Job job) {
        var version = job.version() == null ? 0 : job.version();
        var earlier = versions.get(productId);
        if (earlier == null) {
            var isForgotten = wroteAny && versions.size() >= REMEMBERED;
            remember(productId, version);
            return isForgotten;
        }
        remember(productId, Math.max(earlier, version));
        return earlier > version;
    }

    private void remember(String productId, long version) {
        if (versions.size() < REMEMBERED || versions.containsKey(productId)) {
            versions.put(productId, version);
        }
    }
}
