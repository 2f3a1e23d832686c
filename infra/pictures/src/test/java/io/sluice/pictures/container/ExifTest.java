package io.sluice.pictures.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExifTest {
    private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 2_000);

    @ParameterizedTest
    @CsvSource({
        "2024:07:14 18:30:05, , , 2024-07-14T18:30:05Z",
        "2024:07:14 18:30:05, +02:00, , 2024-07-14T16:30:05Z",
        "2024:07:14 18:30:05, -09:30, 5, 2024-07-15T04:00:05.500Z",
        "2024:02:29 23:59:59, +14:00, 123456, 2024-02-29T09:59:59.123456Z",
        "1839:08:19 12:00:00, , , 1839-08-19T12:00:00Z",
        "2024:07:14 18:30:05, summer, , 2024-07-14T18:30:05Z",
        "2024:07:14 18:30:05, '   :  ', , 2024-07-14T18:30:05Z",
        "2024:07:14 18:30:05, , nonsense, 2024-07-14T18:30:05Z",
    })
    void readsWhenThePictureWasTaken(String time, String offset, String fraction, Instant expected) {
        for (var order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            var block = new ExifFile(order).orientation(6).with(ExifFile.TIME, time);
            if (offset != null) {
                block.with(ExifFile.OFFSET, offset);
            }
            if (fraction != null) {
                block.with(ExifFile.FRACTION, fraction);
            }

            assertThat(read(block.bytes())).isEqualTo(new Exif(new Orientation(6), expected));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000:00:00 00:00:00",
                "    :  :     :  :  ",
                "0001:01:01 00:00:00",
                "1825:12:31 23:59:59",
                "2024:02:30 10:00:00",
                "2023:02:29 10:00:00",
                "2024:13:01 10:00:00",
                "2024:07:14 24:00:01",
                "2024-07-14T18:30:05",
                "2024:07:14",
                "",
                "2024:07:14 18:30:05 and more than a time is long",
            })
    void aTimeThatIsNoneIsNoTime(String time) {
        var block = new ExifFile(ByteOrder.LITTLE_ENDIAN).with(ExifFile.TIME, time);

        assertThat(read(block.bytes())).isEqualTo(Exif.NONE);
    }

    @Test
    void aTimeOfAnotherTypeIsNoTime() {
        var block = new ExifFile(ByteOrder.BIG_ENDIAN)
                .with(ExifFile.TIME, "2024:07:14 18:30:05")
                .bytes();
        var entry = 8 + 2 + 3 * 12 + 4 + 2;
        assertThat(block[entry + 3]).isEqualTo((byte) 2);
        block[entry + 3] = 7;

        assertThat(read(block)).isEqualTo(Exif.NONE);
    }

    @Seeded
    @Test
    void answersForAnyBlock(Seed seed) {
        var random = seed.random();
        var whole = new ExifFile(ByteOrder.BIG_ENDIAN)
                .orientation(3)
                .with(ExifFile.TIME, "2024:07:14 18:30:05")
                .with(ExifFile.OFFSET, "+02:00")
                .with(ExifFile.FRACTION, "25")
                .bytes();
        var times = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var damaged = whole.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            times += Exif.read(new Bytes(damaged), 0, random.nextInt(damaged.length + 1))
                                    .takenAt()
                            == null
                    ? 0
                    : 1;
        }
        assertThat(times).isPositive();
    }

    private static Exif read(byte[] block) {
        return Exif.read(new Bytes(block), 0, block.length);
    }
}
