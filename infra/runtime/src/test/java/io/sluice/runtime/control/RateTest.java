package io.sluice.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateTest {
    private final Rate rate = new Rate();

    @Test
    void isNothingBeforeTwoCounts() {
        assertThat(rate.perSecond(1_000, at(0))).isZero();
    }

    @Test
    void isTheGrowthOfTheLastTenSeconds() {
        rate.perSecond(0, at(0));
        assertThat(rate.perSecond(25, at(5))).isEqualTo(5.0);
        assertThat(rate.perSecond(26, at(10))).isEqualTo(2.6);
        assertThat(rate.perSecond(26, at(15))).isEqualTo(0.1);
        assertThat(rate.perSecond(26, at(20))).isZero();
    }

    private static long at(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
