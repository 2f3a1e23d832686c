package io.sluice.pictures.decode;

import static io.sluice.pictures.decode.FileSurgery.bytes;
import static io.sluice.pictures.decode.FileSurgery.find;
import static io.sluice.pictures.decode.FileSurgery.inserted;
import static io.sluice.pictures.decode.FileSurgery.joined;
import static io.sluice.pictures.decode.FileSurgery.pngChunk;
import static io.sluice.pictures.decode.FileSurgery.removed;
import static io.sluice.pictures.decode.FileSurgery.withByte;
import static io.sluice.pictures.decode.FileSurgery.withChunk;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.pictures.container.Inspection.Accepted;
import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.ReferencePixels;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that viewers show although something is wrong with them, and files of which a part is missing. */
class StillPicturesTest {
    private static final Framing FRAMING = new Framing(24, Framing.Fit.STRETCH);
    private static final ReferencePixels DRAWING = ReferencePixels.gradient(90, 70);
    private static final byte[] JPEG = ImageFiles.written(DRAWING.image(), "jpeg");
    private static final byte[] PROGRESSIVE = ImageFiles.written(DRAWING.image(), "jpeg", true);
    private static final byte[] PNG = ImageFiles.written(DRAWING.image(), "png");
    private static final byte[] INTERLACED = ImageFiles.written(DRAWING.image(), "png", true);
    private static final byte[] GIF = ImageFiles.written(DRAWING.image(), "gif");
    private static final byte[] WEBP = ImageFiles.losslessWebp(DRAWING.image());
    private static final byte[] MORE =
            ImageFiles.written(ReferencePixels.noise(40, 30, 3).image(), "jpeg");

    private final ImageInspector inspector = new ImageInspector(ImageInspector.Limits.ofDefaults());
    private final ImageDecoder decoder = new ImageDecoder(inspector);

    static Stream<Arguments> shown() {
        var tables = find(JPEG, "\u00ff\u00db");
        var video = joined(bytes("\0\0\0\030ftypmp42\0\0\0\0"), new byte[500]);
        return Stream.of(
                Arguments.of("JPEG with zeros between segments", JPEG, inserted(JPEG, tables, new byte[20])),
                Arguments.of("JPEG with text between segments", JPEG, inserted(JPEG, tables, bytes("some text"))),
                Arguments.of("JPEG with FF 00 between segments", JPEG, inserted(JPEG, tables, bytes("\u00ff\0"))),
                Arguments.of("JPEG with fill bytes", JPEG, inserted(JPEG, tables, bytes("\u00ff\u00ff\u00ff"))),
                Arguments.of(
                        "JPEG with a restart between segments", JPEG, inserted(JPEG, tables, bytes("\u00ff\u00d3"))),
                Arguments.of("JPEG without its end", JPEG, cut(JPEG, 2)),
                Arguments.of("JPEG with half of its end", JPEG, cut(JPEG, 1)),
                Arguments.of("JPEG with zeros in place of its end", JPEG, joined(cut(JPEG, 2), new byte[5000])),
                Arguments.of("JPEG without its end before another", JPEG, joined(cut(JPEG, 2), MORE)),
                Arguments.of("progressive JPEG without its end", PROGRESSIVE, cut(PROGRESSIVE, 2)),
                Arguments.of("JPEG before another", JPEG, joined(JPEG, MORE)),
                Arguments.of("JPEG before a video", JPEG, joined(JPEG, video)),
                Arguments.of("PNG without its end", PNG, cut(PNG, 12)),
                Arguments.of("interlaced PNG without its end", INTERLACED, cut(INTERLACED, 12)),
                Arguments.of("PNG with half of its end", PNG, cut(PNG, 5)),
                Arguments.of("PNG with a wrong checksum of its end", PNG, withByte(PNG, PNG.length - 1, 0)),
                Arguments.of("PNG with something else for an end", PNG, joined(cut(PNG, 12), video)),
                Arguments.of("PNG with a damaged text", PNG, damaged(withChunk(PNG, "tEXt", bytes("a\0b")), "tEXt")),
                Arguments.of(
                        "PNG with a damaged transparency", PNG, damaged(withChunk(PNG, "tRNS", new byte[6]), "tRNS")),
                Arguments.of("PNG with an unknown chunk", PNG, withChunk(PNG, "abCd", new byte[9])),
                Arguments.of("PNG with an animation of no frame", PNG, withChunk(PNG, "acTL", new byte[8])),
                Arguments.of("PNG with a frame outside", PNG, animated(900, 1)),
                Arguments.of("PNG with a frame of no size", PNG, animated(0, 1)),
                Arguments.of("PNG with too few frames", PNG, animated(90, 7)),
                Arguments.of("PNG with frames beside its image", PNG, besides()),
                Arguments.of(
                        "PNG with more data behind",
                        PNG,
                        inserted(
                                PNG,
                                PNG.length - 12,
                                joined(pngChunk("tEXt", bytes("a\0b")), pngChunk("IDAT", new byte[4])))),
                Arguments.of("GIF without its trailer", GIF, cut(GIF, 1)),
                Arguments.of("GIF with zeros between blocks", GIF, joined(cut(GIF, 1), new byte[3], bytes(";"))),
                Arguments.of("GIF with something behind", GIF, joined(GIF, video)),
                Arguments.of("GIF with a damaged second frame", GIF, joined(cut(GIF, 1), bytes(",\1\2"))),
                Arguments.of("GIF with a background outside its colors", smallGif(), withByte(smallGif(), 11, 0xEE)),
                Arguments.of(
                        "GIF with an unknown disposal",
                        GIF,
                        inserted(GIF, 13 + (6 << (GIF[10] & 7)), bytes("!\u00f9\4\u001c\0\0\0\0"))),
                Arguments.of("WebP of a wrong length", WEBP, withByte(WEBP, 4, WEBP[4] + 2)),
                Arguments.of("WebP with something behind", WEBP, joined(WEBP, video)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shown")
    void showsWhatTheFileWithoutTheFaultShows(String what, byte[] whole, byte[] file) {
        var accepted = (Accepted) inspector.inspect(file);
        assertThat(accepted.width()).isEqualTo(90);
        assertThat(DamagedImagesTest.pixels(decoder.decode(file, FRAMING)))
                .as(what)
                .isEqualTo(DamagedImagesTest.pixels(decoder.decode(whole, FRAMING)));
    }

    static Stream<Arguments> refused() {
        var half = Arrays.copyOf(JPEG, JPEG.length * 3 / 4);
        var lastScan = new String(PROGRESSIVE, StandardCharsets.ISO_8859_1).lastIndexOf("\u00ff\u00da");
        return Stream.of(
                Arguments.of("three quarters of a JPEG", half, Code.IMAGE_TRUNCATED),
                Arguments.of("these and zeros", joined(half, new byte[9000]), Code.IMAGE_TRUNCATED),
                Arguments.of("these and another JPEG", joined(half, MORE), Code.IMAGE_MALFORMED),
                Arguments.of(
                        "a progressive JPEG without its last scan",
                        Arrays.copyOf(PROGRESSIVE, lastScan),
                        Code.IMAGE_TRUNCATED),
                Arguments.of(
                        "a JPEG without a table", removed(JPEG, find(JPEG, "\u00ff\u00db"), 69), Code.IMAGE_MALFORMED),
                Arguments.of("a PNG with damaged data", damaged(PNG, "IDAT"), Code.IMAGE_MALFORMED),
                Arguments.of("a PNG cut in its data", cut(PNG, 20), Code.IMAGE_TRUNCATED),
                Arguments.of("a PNG with its data in two places", inTwoPlaces(), Code.IMAGE_MALFORMED),
                Arguments.of("a GIF cut in its frame", cut(GIF, 9), Code.IMAGE_TRUNCATED),
                Arguments.of("a GIF of too few pixels", emptyGif(), Code.IMAGE_MALFORMED),
                Arguments.of("a WebP cut in its frame", cut(WEBP, 9), Code.IMAGE_TRUNCATED));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatIsNotWholeBeforeItIsStored(String what, byte[] file, Code code) {
        assertThat(inspector.inspect(file))
                .as(what)
                .isInstanceOfSatisfying(
                        Inspection.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    /** The container is whole, so only the decoder sees it. Viewers show the missing part in gray. */
    @Test
    void refusesThePartOfAJpegThatHasAnEndMarkerAgain() {
        for (var whole : List.of(
                JPEG,
                PROGRESSIVE,
                ImageFiles.written(DRAWING.gray().grayImage(BufferedImage.TYPE_BYTE_GRAY, 1), "jpeg"),
                ImageFiles.withOrientation(JPEG, 6))) {
            var data = new String(whole, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00da") + 14;
            var file = joined(Arrays.copyOf(whole, data + 20), bytes("\u00ff\u00d9"));
            assertThatThrownBy(() -> decoder.decode(file, FRAMING))
                    .isInstanceOfSatisfying(
                            ImageRefusedException.class,
                            e -> assertThat(e.code()).isEqualTo(Code.IMAGE_TRUNCATED));
        }
    }

    @Test
    void aPngWithTooFewRowsIsNoPicture() {
        var few = ImageFiles.written(ReferencePixels.gradient(90, 30).image(), "png");
        var taller = withByte(few, 8 + 8 + 7, 70);
        ImageFiles.mendChecksums(taller);
        assertThatThrownBy(() -> decoder.decode(taller, FRAMING)).isInstanceOf(ImageRefusedException.class);
        assertThat(inspector.inspect(cut(taller, 12))).isInstanceOf(Inspection.Refused.class);
    }

    private static byte[] cut(byte[] file, int count) {
        return Arrays.copyOf(file, file.length - count);
    }

    private static byte[] damaged(byte[] png, String type) {
        var at = find(png, type);
        var length = ByteBuffer.wrap(png).getInt(at - 4);
        return withByte(png, at + 4 + length, png[at + 4 + length] ^ 1);
    }

    private static byte[] animated(int width, int frames) {
        var frame = ByteBuffer.allocate(26).putInt(0).putInt(width).putInt(70).array();
        return withChunk(
                withChunk(PNG, "acTL", ByteBuffer.allocate(8).putInt(frames).array()), "fcTL", frame);
    }

    private static byte[] besides() {
        var noise = ImageFiles.written(ReferencePixels.noise(90, 70, 1).image(), "png");
        var at = find(noise, "IDAT");
        var data = Arrays.copyOfRange(noise, at, at + 4 + ByteBuffer.wrap(noise).getInt(at - 4));
        var frame = ByteBuffer.allocate(26).putInt(0).putInt(90).putInt(70).array();
        var second = ByteBuffer.allocate(data.length)
                .putInt(1)
                .put(data, 4, data.length - 4)
                .array();
        var animation = joined(pngChunk("fcTL", frame), pngChunk("fdAT", second));
        var withFrames = inserted(PNG, PNG.length - 12, animation);
        return withChunk(withFrames, "acTL", ByteBuffer.allocate(8).putInt(1).array());
    }

    /** The data goes on behind a text. */
    private static byte[] inTwoPlaces() {
        var at = find(PNG, "IDAT");
        var length = ByteBuffer.wrap(PNG).getInt(at - 4);
        var half = at + 4 + length / 2;
        return joined(
                Arrays.copyOf(PNG, at - 4),
                pngChunk("IDAT", Arrays.copyOfRange(PNG, at + 4, half)),
                pngChunk("tEXt", bytes("a\0b")),
                pngChunk("IDAT", Arrays.copyOfRange(PNG, half, at + 4 + length)),
                pngChunk("IEND", new byte[0]));
    }

    /** Of two colors, so that most numbers are outside. */
    private static byte[] smallGif() {
        var black = new BufferedImage(90, 70, BufferedImage.TYPE_BYTE_BINARY);
        return ImageFiles.written(DRAWING.image(black), "gif");
    }

    /** A frame of one pixel that holds none. */
    private static byte[] emptyGif() {
        var gif = ImageFiles.blankGif(90, 70);
        return withByte(withByte(gif, 25, 0x2C), 26, 0);
    }
}
