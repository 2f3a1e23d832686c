package io.sluice.gateway.product;

import io.sluice.gateway.idempotency.IdempotencyKey;
import io.sluice.schemas.job.Job;
import java.util.HashMap;
import java.util.Map;

/**
 * The lines of one bulk call with a key, in their order. A line that was taken in before is normally left as it is; but when
 * an earlier line of the same product is newer by now, because only that one had to be written again, then the later line
 * must be written again too: of two lines of one product the later wins, however often the call is sent.
 *
 * <p>For one thread.
 */
public final class KeyedLines {
    /** Some 5 MB. */
    static final int REMEMBERED = 50_000;

    private static final long NEWEST = Long.MAX_VALUE;

    private final IdempotencyKey key;
    private final Map<String, Long> versions = new HashMap<>();
    private boolean wroteAny;

    /** Makes those of a call of which no line was read yet. */
    public KeyedLines(IdempotencyKey key) {
        this.key = key;
    }

    /** {@return the id of the job of the line with this number} */
    public String jobId(long line) {
        return key.jobId(line);
    }

    /** Notes that a line of this product is written now. */
    void note(String productId) {
        wroteAny = true;
        remember(productId, NEWEST);
    }

    /**
     * Notes a line that was taken in before.
     *
     * @return whether an earlier line of its product is newer than it is; of more products than are remembered this is
     *     assumed as soon as any line was written, because writing again does no harm and leaving it may
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
