package io.sluice.gateway.access.erasure;

import io.sluice.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What a receipt says of records that an erasure cannot remove itself: until when Kafka keeps them, as the catalogue of
 * topics says.
 */
final class ErasureReceipt {
    /** A segment of these topics is closed, and then compacted. */
    private static final Duration COMPACTION = Topics.FORGOTTEN.multipliedBy(2);

    private static final Duration FAILED_RECORDS = Topics.PERSONAL_FAILURES_KEPT.plus(Topics.FORGOTTEN);
    /** Kafka closes a segment of a topic without {@code segment.ms} after a week. */
    private static final Duration JOB_EVENTS = Topics.JOB_EVENTS_KEPT.plus(Duration.ofDays(7));

    private ErasureReceipt() {}

    /** {@return the stages of an erasure that ends now} */
    static List<String> stages(Instant now) {
        return List.of(
                "topics-compacted-by-" + day(now, COMPACTION),
                "job-events-expire-by-" + day(now, JOB_EVENTS),
                "retries-and-dead-letters-expire-by-" + day(now, FAILED_RECORDS));
    }

    /** The end of a day that has begun counts as the next day. */
    private static String day(Instant now, Duration kept) {
        return now.plus(kept).atOffset(ZoneOffset.UTC).toLocalDate().plusDays(1).toString();
    }
}
