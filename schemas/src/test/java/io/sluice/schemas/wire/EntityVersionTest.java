package io.sluice.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class EntityVersionTest {
    @Test
    void isEpochThenOffset() {
        assertThat(EntityVersion.of(1, 5)).isEqualTo((1L << 40) + 5);
        assertThat(EntityVersion.of(2, 0)).isGreaterThan(EntityVersion.of(1, (1L << 40) - 1));
    }

    @Test
    void everyVersionIsExactAsADouble() {
        var greatest = EntityVersion.of(8191, (1L << 40) - 1);
        assertThat((long) (double) greatest).isEqualTo(greatest);
        assertThat(greatest).isLessThan(1L << 53);
    }

    @Test
    void refusesAnOffsetThatWouldRunIntoTheEpoch() {
        assertThatThrownBy(() -> EntityVersion.of(0, 1L << 40)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EntityVersion.of(8192, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
