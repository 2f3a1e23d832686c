package io.sluice.pictures.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pictures.container.ImageFormat;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.ReferencePixels;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the inspector accepts before it is stored is what the decoder reads. Bytes of good files are changed, inserted
 * and removed outside of their coded data, of which only the decoder knows whether it is whole.
 */
class DoorAndDecoderTest {
    private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 400);
    private static final Framing FRAMING = new Framing(16, Framing.Fit.STRETCH);

    private final ImageInspector inspector = new ImageInspector(ImageInspector.Limits.ofDefaults());
    private final ImageDecoder decoder = new ImageDecoder(inspector);

    /** A file, and where its coded data begins and ends. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Sample(byte[] file, int data, int end) {
        static Named<Sample> jpeg(String name, byte[] file) {
            return Named.of(name, new Sample(file, FileSurgery.find(file, "\u00ff\u00da") + 14, file.length - 2));
        }

        static Named<Sample> png(String name, byte[] file) {
            return Named.of(name, new Sample(file, FileSurgery.find(file, "IDAT") + 4, file.length - 16));
        }

        static Named<Sample> webp(String name, byte[] file, String chunk) {
            return Named.of(name, new Sample(file, FileSurgery.find(file, chunk) + 8, file.length));
        }

        int anywhere(Random random) {
            var outside = random.nextInt(data + file.length - end);
            return outside < data ? outside : end + outside - data;
        }
    }

    static Stream<Named<Sample>> samples() {
        var drawing = ReferencePixels.gradient(90, 70).image();
        var frames = List.of(drawing, ReferencePixels.noise(90, 70, 5).image());
        var gif = ImageFiles.written(drawing, "gif");
        var alpha = ReferencePixels.gradient(60, 40).translucent();
        var turned = FileSurgery.withChunk(
                ImageFiles.written(drawing, "png"), "eXIf", FileSurgery.exif(ByteOrder.BIG_ENDIAN, 6));
        return Stream.of(
                Sample.jpeg("JPEG", ImageFiles.written(drawing, "jpeg")),
                Sample.jpeg("progressive JPEG", ImageFiles.written(drawing, "jpeg", true)),
                Sample.jpeg("turned JPEG", ImageFiles.withOrientation(ImageFiles.written(drawing, "jpeg"), 6)),
                Sample.jpeg("CMYK JPEG", CmykJpeg.of(10, 50, 90, 30)),
                Sample.png("PNG", ImageFiles.written(drawing, "png")),
                Sample.png("PNG with alpha", ImageFiles.written(alpha, "png")),
                Sample.png("interlaced PNG", ImageFiles.written(drawing, "png", true)),
                Sample.png("turned PNG", turned),
                Sample.png("animated PNG", ImageFiles.animated("png", frames)),
                Named.of("GIF", new Sample(gif, gif.length, gif.length)),
                Sample.webp("WebP", ImageFiles.webp(drawing, 80), "VP8 "),
                Sample.webp("WebP without loss", ImageFiles.losslessWebp(drawing), "VP8L"),
                Sample.webp("animated WebP", ImageFiles.animated("webp", frames), "ANMF"));
    }

    @Seeded
    @ParameterizedTest
    @MethodSource("samples")
    void theDecoderReadsWhatTheInspectorAccepts(Sample sample, Seed seed) {
        var random = seed.random();
        var accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var file = changed(sample, random);
            var what = "round " + round;
            switch (inspector.inspect(file)) {
                case Inspection.Accepted image -> {
                    accepted++;
                    // a JPEG's header may say another size than its data has, or other codes
                    assertThat(refusal(file)
                                    .filter(code -> image.format() != ImageFormat.JPEG || code != Code.IMAGE_TRUNCATED))
                            .as("%s: %s", what, image)
                            .isEmpty();
                }
                case Inspection.Refused refused ->
                    assertThat(refusal(file)).as(what).contains(refused.code());
            }
        }
        assertThat(accepted).isBetween(1, ROUNDS - 1);
    }

    private static byte[] changed(Sample sample, Random random) {
        var file = sample.file;
        var at = sample.anywhere(random);
        return switch (random.nextInt(5)) {
            case 0 -> FileSurgery.withByte(file, at, file[at] ^ (1 << random.nextInt(8)));
            case 1 -> FileSurgery.withByte(file, at, random.nextInt(256));
            case 2 -> FileSurgery.inserted(file, at, some(1 + random.nextInt(20), random));
            case 3 -> FileSurgery.removed(file, at, Math.min(1 + random.nextInt(3), file.length - at));
            default -> FileSurgery.joined(file, some(random.nextInt(100), random));
        };
    }

    private static byte[] some(int count, Random random) {
        var bytes = new byte[count];
        random.nextBytes(bytes);
        if (random.nextBoolean()) {
            Arrays.fill(bytes, (byte) (random.nextBoolean() ? 0 : 0xFF));
        }
        return bytes;
    }

    private Optional<Code> refusal(byte[] file) {
        try {
            decoder.decode(file, FRAMING);
            return Optional.empty();
        } catch (ImageRefusedException e) {
            return Optional.of(e.code());
        }
    }
}
