package io.sluice.gateway.access.erasure;

import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What a receipt says of records that an erasure cannot remove itself: until when Kafka keeps them. The settings of the
 * topics make it so; see the catalogue of topics.
 */
final class ErasureReceipt {
    /** A day until the segment is closed, and a day until it is compacted. */
    private static final Period COMPACTION = Period.ofDays(2);

    private static final Period FAILED_RECORDS = Period.ofDays(30);
    /** Seven days of retention, and seven until the segment is closed. */
    private static final Period JOB_EVENTS = Period.ofDays(14);

    private ErasureReceipt() {}

    /** {@return the stages of an erasure that ends now} */
    static List<String> stages(Instant now) {
        return List.of(
                "topics-compacted-by-" + day(now, COMPACTION),
                "job-events-expire-by-" + day(now, JOB_EVENTS),
                "retries-and-dead-letters-expire-by-" + day(now, FAILED_RECORDS));
    }

    /** The end of a day that has begun counts as the next day. */
    private static String day(Instant now, Period period) {
        return now.atOffset(ZoneOffset.UTC)
                .toLocalDate()
                .plus(period)
                .plusDays(1)
                .toString();
    }
}
