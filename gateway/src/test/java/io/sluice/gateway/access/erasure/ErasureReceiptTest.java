package io.sluice.gateway.access.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class ErasureReceiptTest {
    @Test
    void namesTheFirstDayOnWhichEachTopicHasNothing() {
        assertThat(ErasureReceipt.stages(Instant.parse("2026-11-28T23:59:59Z")))
                .containsExactly(
                        "topics-compacted-by-2026-12-01",
                        "job-events-expire-by-2026-12-13",
                        "retries-and-dead-letters-expire-by-2026-12-29");
    }
}
