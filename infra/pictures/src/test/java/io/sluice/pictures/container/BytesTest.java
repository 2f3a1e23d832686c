package io.sluice.pictures.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import org.junit.jupiter.api.Test;

class BytesTest {
    private static final byte[] SIMILAR = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFE, (byte) 0xFF};

    @Seeded
    @Test
    void findsTheNextByteFFAtAnyPosition(Seed seed) {
        var random = seed.random();
        for (int round = 0; round < 20_000; round++) {
            var array = new byte[random.nextInt(40)];
            var kinds = 1 + random.nextInt(SIMILAR.length);
            for (int i = 0; i < array.length; i++) {
                array[i] = SIMILAR[random.nextInt(kinds)];
            }
            var from = random.nextInt(array.length + 1);
            var expected = from;
            while (expected < array.length && array[expected] != (byte) 0xFF) {
                expected++;
            }

            assertThat(new Bytes(array).nextFF(from)).isEqualTo(expected);
        }
    }
}
