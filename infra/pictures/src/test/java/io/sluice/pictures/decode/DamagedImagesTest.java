package io.sluice.pictures.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.ReferencePixels;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are, the decoder answers with a picture or a refusal. */
class DamagedImagesTest {
    private static final int ROUNDS = Integer.getInteger("sluice.fuzz.rounds", 400);
    private static final Framing FRAMING = new Framing(16, Framing.Fit.STRETCH);
    /** Where the data of a PNG begins when nothing but the header is before it, and what follows it. */
    private static final int PNG_DATA = 8 + 25 + 8;

    private static final int PNG_END = 4 + 12;

    private final Map<String, Integer> answered = new TreeMap<>();
    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    static Stream<Named<byte[]>> files() {
        var drawing = ReferencePixels.gradient(90, 70).image();
        var frames = List.of(drawing, ReferencePixels.noise(90, 70, 5).image());
        return Stream.of(
                Named.of("JPEG", ImageFiles.written(drawing, "jpeg")),
                Named.of("progressive JPEG", ImageFiles.written(drawing, "jpeg", true)),
                Named.of("turned JPEG", ImageFiles.withOrientation(ImageFiles.written(drawing, "jpeg"), 6)),
                Named.of("CMYK JPEG", CmykJpeg.of(10, 50, 90, 30)),
                Named.of("PNG", ImageFiles.written(drawing, "png")),
                Named.of("interlaced PNG", ImageFiles.written(drawing, "png", true)),
                Named.of("animated PNG", ImageFiles.animated("png", frames)),
                Named.of("GIF", ImageFiles.written(drawing, "gif")),
                Named.of("WebP", ImageFiles.webp(drawing, 80)),
                Named.of("WebP without loss", ImageFiles.losslessWebp(drawing)),
                Named.of("animated WebP", ImageFiles.animated("webp", frames)));
    }

    @Seeded
    @ParameterizedTest
    @MethodSource("files")
    void answersForAnyBytes(byte[] whole, Seed seed) {
        var random = seed.random();
        for (int round = 0; round < ROUNDS; round++) {
            var damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            answers(damaged, "round " + round);
        }
        answers(whole, "whole");
        assertThat(answered).containsKey("decoded");
    }

    /** Behind right checksums, damage reaches the decoder. */
    @Seeded
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void answersForAnyPixelsOfAPng(boolean interlaced, Seed seed) {
        var random = seed.random();
        var whole = ImageFiles.written(ReferencePixels.noise(40, 30, 5).image(), "png", interlaced);
        for (int round = 0; round < ROUNDS; round++) {
            var damaged = whole.clone();
            damaged[PNG_DATA + random.nextInt(damaged.length - PNG_DATA - PNG_END)] ^= (byte) (1 << random.nextInt(8));
            ImageFiles.mendChecksums(damaged);
            answers(damaged, "round " + round);
        }
        assertThat(answered).containsKey("IMAGE_UNDECODABLE");
    }

    @ParameterizedTest
    @MethodSource("files")
    void refusesAFileCutOffAnywhereBeforeTheEndOfItsStillPicture(byte[] whole) {
        var picture = pixels(decoder.decode(whole, FRAMING));
        for (int length = 1; length < 40; length++) {
            assertThat(answers(Arrays.copyOf(whole, length), length + " bytes")).isEmpty();
        }
        for (int percent = 5; percent < 100; percent += 5) { // an animation goes on behind its still picture
            var what = percent + " %";
            answers(Arrays.copyOf(whole, whole.length * percent / 100), what)
                    .ifPresent(cut -> assertThat(pixels(cut)).as(what).isEqualTo(picture));
        }
        assertThat(answered.keySet()).isSubsetOf("IMAGE_TRUNCATED", "IMAGE_MALFORMED", "decoded");
    }

    static int[] pixels(Picture picture) {
        return IntStream.range(0, picture.width() * picture.height())
                .map(i -> {
                    var x = i % picture.width();
                    var y = i / picture.width();
                    return picture.red(x, y) << 16 | picture.green(x, y) << 8 | picture.blue(x, y);
                })
                .toArray();
    }

    private Optional<Picture> answers(byte[] file, String what) {
        try {
            var picture = decoder.decode(file, FRAMING);
            assertThat(picture.width()).as(what).isEqualTo(FRAMING.side());
            answered.merge("decoded", 1, Integer::sum);
            return Optional.of(picture);
        } catch (ImageRefusedException e) {
            assertThat(e.getMessage()).as(what).isNotBlank();
            answered.merge(e.code().name(), 1, Integer::sum);
            return Optional.empty();
        }
    }
}
