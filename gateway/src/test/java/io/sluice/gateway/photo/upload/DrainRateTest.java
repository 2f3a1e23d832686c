package io.sluice.gateway.photo.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DrainRateTest {
    private static final Instant START = Instant.parse("2026-11-27T12:00:00Z");

    private final DrainRate rate = new DrainRate();

    private void note(int second, long done) {
        rate.note(done, START.plusSeconds(second));
    }

    @Test
    void isHalfAMinuteWhileNothingIsKnown() {
        assertThat(rate.timeFor(100)).isEqualTo(Duration.ofSeconds(30));
        note(0, 50);
        assertThat(rate.timeFor(100)).isEqualTo(Duration.ofSeconds(30));
        note(5, 50);
        assertThat(rate.timeFor(100)).as("nothing leaves the queue").isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void followsTheSpeedOfTheLastHalfMinute() {
        note(0, 0);
        note(10, 50);
        assertThat(rate.timeFor(100)).isEqualTo(Duration.ofSeconds(20));
        note(60, 50);
        note(61, 60);
        assertThat(rate.timeFor(20)).as("10 photos in the last second").isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void isAtLeastASecondAndAtMostFiveMinutes() {
        note(0, 0);
        note(1, 1_000);
        assertThat(rate.timeFor(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(rate.timeFor(10_000_000)).isEqualTo(Duration.ofMinutes(5));
    }
}
