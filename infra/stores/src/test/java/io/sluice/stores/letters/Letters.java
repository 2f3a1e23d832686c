package io.sluice.stores.letters;

import io.sluice.stores.letters.FailedRecord.Origin;
import io.sluice.stores.letters.FailedRecord.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes records of dead-letter topics. */
final class Letters {
    static final String TOPIC = "products.v1.embedder.dlq";
    static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private Letters() {}

    /** {@return the record at this offset, whose original record has the same offset} */
    static FailedRecord at(long offset) {
        return of(offset, offset, 0, "IMAGE_UNDECODABLE", null);
    }

    static FailedRecord coded(long offset, String code) {
        return of(offset, offset, 0, code, null);
    }

    /** {@return a record at this offset about the original one} */
    static FailedRecord again(long offset, long original, int redrives) {
        return of(offset, original, redrives, "IMAGE_UNDECODABLE", null);
    }

    /** {@return a record about an edited one that replaced the letter} */
    static FailedRecord edited(long offset, long original, int redrives, LetterId sentBackFrom) {
        return of(offset, original, redrives, "IMAGE_UNDECODABLE", sentBackFrom);
    }

    static LetterId id(long offset) {
        return new LetterId(TOPIC, 0, offset);
    }

    private static FailedRecord of(
            long offset, long original, int redrives, String code, @Nullable LetterId sentBackFrom) {
        return new FailedRecord(
                id(offset),
                new Origin("products.v1", 3, original, "embedder-builtin-1"),
                "embedder",
                "p-" + original,
                new Reason(code, "not a picture", 1),
                START,
                START.plusSeconds(offset),
                redrives,
                original,
                "job-" + original,
                sentBackFrom);
    }
}
