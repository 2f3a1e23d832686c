package io.sluice.pictures.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pictures.container.Inspection.Accepted;
import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.container.Inspection.Refused;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageInspectorTest {
    private static final String QUANTIZATION = "ffdb 0043 00" + "01".repeat(64);

    private final ImageInspector inspector = new ImageInspector(ImageInspector.Limits.ofDefaults());

    static Stream<Named<byte[]>> whole() {
        return Stream.of(
                Named.of("JPEG", Pictures.jpeg()),
                Named.of("progressive JPEG", Pictures.progressiveJpeg()),
                Named.of("PNG", Pictures.png()),
                Named.of("GIF", Pictures.gif()),
                Named.of("WebP", Pictures.webp()),
                Named.of("lossless WebP", Pictures.losslessWebp(61, 47)),
                Named.of("extended WebP", Pictures.extendedWebp(61, 47)));
    }

    @Test
    void readsFormatAndSizeFromTheHeader() {
        accepted(inspector.inspect(Pictures.jpeg()), ImageFormat.JPEG, 61, 47, 3);
        accepted(inspector.inspect(Pictures.progressiveJpeg()), ImageFormat.JPEG, 61, 47, 9);
        accepted(inspector.inspect(Pictures.png()), ImageFormat.PNG, 61, 47, 3);
        accepted(inspector.inspect(Pictures.gif()), ImageFormat.GIF, 61, 47, 11);
        accepted(inspector.inspect(Pictures.webp()), ImageFormat.WEBP, 1, 1, 3);
        accepted(inspector.inspect(Pictures.losslessWebp(61, 47)), ImageFormat.WEBP, 61, 47, 3);
        accepted(inspector.inspect(Pictures.extendedWebp(61, 47)), ImageFormat.WEBP, 61, 47, 3);
    }

    /** Where only the mark of the end is cut off, the picture is whole. */
    @ParameterizedTest
    @MethodSource("whole")
    void refusesAFileCutOffAnywhereOrLosesNothingOfThePicture(byte[] bytes) {
        var still = still(inspector.inspect(bytes));
        var nearTheEnds = IntStream.concat(
                IntStream.rangeClosed(1, Math.min(80, bytes.length - 1)),
                IntStream.range(Math.max(1, bytes.length - 80), bytes.length));
        var everyTwentieth = IntStream.range(1, 20).map(i -> bytes.length * i / 20);
        IntStream.concat(nearTheEnds, everyTwentieth)
                .filter(length -> length > 0)
                .forEach(length -> {
                    var what = "first %d of %d bytes".formatted(length, bytes.length);
                    switch (inspector.inspect(Arrays.copyOf(bytes, length))) {
                        case Accepted accepted ->
                            assertThat(still(accepted)).as(what).isEqualTo(still);
                        case Refused refused ->
                            assertThat(refused.code()).as(what).isIn(Code.IMAGE_TRUNCATED, Code.IMAGE_MALFORMED);
                    }
                });
        assertThat(inspector.inspect(Arrays.copyOf(bytes, bytes.length * 9 / 10)))
                .isInstanceOf(Refused.class);
    }

    @ParameterizedTest
    @MethodSource("whole")
    void leavesOutWhatFollowsTheEnd(byte[] bytes) {
        var longer = Arrays.copyOf(bytes, bytes.length + 1000);
        Arrays.fill(longer, bytes.length, longer.length, (byte) 0x55);

        assertThat(still(inspector.inspect(longer))).isEqualTo(still(inspector.inspect(bytes)));
    }

    @Seeded
    @ParameterizedTest
    @MethodSource("whole")
    void answersForAnyBytes(byte[] bytes, Seed seed) {
        var random = seed.random();
        for (int round = 0; round < 5_000; round++) {
            var damaged = bytes.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            var cut = random.nextBoolean() ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
            assertThat(inspector.inspect(cut)).as("round %d", round).isNotNull();
        }
    }

    @Test
    void refusesAPngWithOneBitChangedBeforeItsEndChunk() {
        var whole = Pictures.png();
        var end = whole.length - 12;
        for (int bit = 8 * 8; bit < end * 8; bit++) {
            var damaged = whole.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(inspector.inspect(damaged)).as("bit %d", bit).isInstanceOf(Refused.class);
        }
    }

    @Test
    void walksThroughRestartsStuffedBytesFillBytesAndAThumbnailInsideAJpeg() {
        var jpeg = jpeg(
                "ffe0 0006 ffd8ffd9", // a segment that holds an end marker
                QUANTIZATION,
                "ffff ffc0 000b 08 002f 003d 01 011100", // fill bytes, then the frame
                "ffda 0008 01 0100 003f00", // a scan
                "1234 ff00 56 ffd0 78 ffd7 ff00",
                "ffda 0008 01 0100 003f00 12"); // another
        accepted(inspector.inspect(jpeg), ImageFormat.JPEG, 61, 47, 3);
    }

    @Test
    void refusesAJpegWithoutAScanAndOneWithoutAFrame() {
        refused(inspector.inspect(jpeg("ffc0 000b 08 002f 003d 01 011100")), Code.IMAGE_MALFORMED, "without a picture");
        refused(inspector.inspect(jpeg("ffda 0008 01 0100 003f00 12")), Code.IMAGE_MALFORMED, "without a frame");
        refused(inspector.inspect(jpeg("ffc3 000b 08 002f 003d 01 011100")), Code.IMAGE_MALFORMED, "lossless");
        refused(inspector.inspect(jpeg("ffc0 000b 08 0000 003d 01 011100")), Code.IMAGE_MALFORMED, "61 x 0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3c3f786d6c20763f3e3c73766720786d6c6e733d22783e | SVG",
                "0000001866747970 68656963 00000000 | HEIC",
                "0000001866747970 68656978 00000000 | HEIC",
                "0000001866747970 68657663 00000000 | HEIC",
                "0000001866747970 6d696631 00000000 6d696631 68656963 | HEIC",
                "0000001866747970 61766966 00000000 | AVIF",
                "0000001866747970 61766973 00000000 | AVIF",
                "0000001866747970 6d696631 00000000 6d696631 61766966 | AVIF",
                "0000001866747970 69736f6d 00000000 69736f6d 61766966 | MP4 video",
                "255044462d312e37 | PDF",
                "424d3600030000000000 | BMP",
                "49492a0008000000 | TIFF",
                "504b030414000600 | ZIP",
                "3c21444f43545950452068746d6c3e | HTML",
                "6e6f7420616e20696d616765 | text",
                "7b226572726f72223a22227d | JSON",
                "0a5b5d | JSON",
            })
    void namesWhatElseItIs(String hex, String name) {
        refused(
                inspector.inspect(HexFormat.of().parseHex(hex.replace(" ", ""))),
                Code.IMAGE_FORMAT_UNSUPPORTED,
                name + " is not supported; send JPEG, PNG, WebP or GIF");
    }

    @ParameterizedTest
    @MethodSource("whole")
    void saysWhatStandsBeforeAPicture(byte[] bytes) {
        for (var before : List.of("\357\273\277", "\n", "\357\273\277\r\n ")) {
            var late = (before + new String(bytes, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
            refused(
                    inspector.inspect(late),
                    Code.IMAGE_MALFORMED,
                    before.equals("\n") ? "white space stands before" : "a byte order mark stands before");
        }
    }

    @Test
    void refusesWhatItCannotName() {
        refused(inspector.inspect(new byte[] {1, 2, 3, 4}), Code.IMAGE_FORMAT_UNSUPPORTED, "not an image");
        refused(
                inspector.inspect("RIFF\0\0\0\0WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1)),
                Code.IMAGE_FORMAT_UNSUPPORTED,
                "not an image");
        refused(inspector.inspect(new byte[0]), Code.IMAGE_EMPTY, "no bytes");
    }

    @Test
    void refusesMorePixelsThanAllowedEvenWhenTheRestIsMissing() {
        refused(inspector.inspect(pngHeader(30_000, 30_000)), Code.IMAGE_TOO_MANY_PIXELS, "30000 x 30000");
        refused(inspector.inspect(pngHeader(30_001, 1)), Code.IMAGE_TOO_MANY_PIXELS, "30001 x 1");
        refused(inspector.inspect(pngHeader(10_000, 5_000)), Code.IMAGE_TRUNCATED, "not complete");
        refused(inspector.inspect(Pictures.extendedWebp(16_000, 16_000)), Code.IMAGE_TOO_MANY_PIXELS, "16000");
    }

    @Test
    void refusesAJpegOfSoManyScansThatDecodingThemWouldTakeMinutes() {
        var scan = "ffda 0008 01 0100 000000 12";
        var large = QUANTIZATION + "ffc2 000b 08 1b58 1b58 01 011100"; // 7000 x 7000
        var small = QUANTIZATION + "ffc2 000b 08 0010 0010 01 011100";
        assertThat(inspector.inspect(jpeg(large, scan.repeat(20)))).isInstanceOf(Accepted.class);
        refused(inspector.inspect(jpeg(large, scan.repeat(21))), Code.IMAGE_TOO_COMPLEX, "more scans");
        assertThat(inspector.inspect(jpeg(small, scan.repeat(1_000)))).isInstanceOf(Accepted.class);
        refused(inspector.inspect(jpeg(small, scan.repeat(1_001))), Code.IMAGE_TOO_COMPLEX, "more scans");
    }

    @Test
    void refusesMoreBytesThanAllowed() {
        var small = new ImageInspector(new ImageInspector.Limits(100, 1_000, 1_000));
        refused(small.inspect(new byte[101]), Code.IMAGE_TOO_LARGE, "101 bytes");
    }

    @Test
    void countsWhatAlphaAndFramesOfAWebpTake() {
        var lossless = Pictures.losslessWebp(61, 47);
        lossless[24] |= 0x10; // after RIFF, VP8L and a byte: 14 bits, 14 bits, alpha
        accepted(inspector.inspect(lossless), ImageFormat.WEBP, 61, 47, 4);

        var extended = Pictures.extendedWebp(61, 47);
        extended[20] = 0x10;
        accepted(inspector.inspect(extended), ImageFormat.WEBP, 61, 47, 4);
        extended[20] = 0x12;
        refused(inspector.inspect(extended), Code.IMAGE_MALFORMED, "without a picture"); // no frame of an animation
    }

    @Test
    void countsAGifFrameThatReachesBeyondItsScreen() {
        var gif = Pictures.gif();
        gif[6] = 1;
        gif[7] = 0;
        accepted(inspector.inspect(gif), ImageFormat.GIF, 61, 47, 11);
    }

    private static void accepted(Inspection inspection, ImageFormat format, int width, int height, int bytesPerPixel) {
        assertThat(inspection)
                .isInstanceOfSatisfying(
                        Accepted.class,
                        image -> assertThat(image)
                                .isEqualTo(new Accepted(format, width, height, bytesPerPixel, image.still())));
    }

    /** {@return what the decoder gets} */
    private static byte[] still(Inspection inspection) {
        var still = ((Accepted) inspection).still();
        var bytes = ByteBuffer.allocate(still.size());
        still.copyTo(bytes);
        return bytes.array();
    }

    private static ObjectAssert<Refused> refused(Inspection inspection, Code code, String reason) {
        return assertThat(inspection)
                .asInstanceOf(InstanceOfAssertFactories.type(Refused.class))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code))
                .satisfies(refused -> assertThat(refused.reason()).contains(reason));
    }

    private static byte[] jpeg(String... segments) {
        var hex = "ffd8" + String.join("", segments) + "ffd9";
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static byte[] pngHeader(int width, int height) {
        var header = ByteBuffer.allocate(17).put("IHDR".getBytes(StandardCharsets.US_ASCII));
        header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        var crc = new CRC32();
        crc.update(header.array());
        var out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(ByteBuffer.allocate(4).putInt(13).array());
        out.writeBytes(header.array());
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
        return out.toByteArray();
    }
}
