package io.sluice.pictures.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import io.sluice.pictures.resize.ReferencePixels;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture is turned as its Exif block says, wherever the format keeps the block. */
class OrientationTest {
    private static final int WIDTH = 31;
    private static final int HEIGHT = 22;
    private static final int FLAG_EXIF = 0x08;
    private static final byte[] PREFIX = FileSurgery.bytes("Exif\0\0");
    private static final byte[] NONE = {};

    private final ReferencePixels pixels = ReferencePixels.noise(WIDTH, HEIGHT, 5);
    private final byte[] png = ImageFiles.written(pixels.image(), "png");
    private final byte[] webp = ImageFiles.losslessWebp(pixels.image());
    private final byte[] jpeg = ImageFiles.written(pixels.image(), "jpeg");
    private final ImageDecoder decoder = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsPngAndWebpLikeJpeg(int orientation) {
        for (var order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            for (var prefix : List.of(NONE, PREFIX)) {
                var exif = FileSurgery.joined(prefix, FileSurgery.exif(order, orientation));
                shows(FileSurgery.withChunk(png, "eXIf", exif), orientation, "PNG, " + order);
                shows(withExif(FLAG_EXIF, exif), orientation, "WebP, " + order);
            }
            shows(jpegWith(order, orientation), decoded(jpeg).upright(orientation), 0.3, "JPEG, " + order);
        }
    }

    @Test
    void turnsAPngWhoseExifStandsBehindItsData() {
        var exif = FileSurgery.pngChunk("eXIf", FileSurgery.exif(ByteOrder.BIG_ENDIAN, 6));
        shows(FileSurgery.inserted(png, png.length - 12, exif), 6, "behind");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 9, 255, 256, 0x0600, 65535})
    void ignoresOrientationsThatDoNotExist(int orientation) {
        for (var order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            var exif = FileSurgery.exif(order, orientation);
            shows(FileSurgery.withChunk(png, "eXIf", exif), 1, "PNG, " + order);
            shows(withExif(FLAG_EXIF, exif), 1, "WebP, " + order);
            shows(jpegWith(order, orientation), decoded(jpeg), 0.3, "JPEG, " + order);
        }
    }

    @Test
    void ignoresWhatViewersIgnore() {
        var exif = FileSurgery.exif(ByteOrder.LITTLE_ENDIAN, 6);
        shows(withExif(0, exif), 1, "a WebP that does not announce its Exif");
        var damaged = FileSurgery.withChunk(png, "eXIf", exif);
        damaged[FileSurgery.find(damaged, "eXIf") + 4 + exif.length] ^= 1;
        shows(damaged, 1, "a wrong checksum");
        for (int length = 0; length < exif.length - 4; length++) {
            shows(FileSurgery.withChunk(png, "eXIf", Arrays.copyOf(exif, length)), 1, length + " bytes");
        }
        var xmp = FileSurgery.bytes("http://ns.adobe.com/xap/1.0/\0<x tiff:Orientation=\"6\"/>");
        shows(FileSurgery.inserted(jpeg, 2, FileSurgery.jpegSegment(0xE1, xmp)), decoded(jpeg), 0.3, "XMP");
    }

    @Test
    void theFirstExifOfAJpegCounts() {
        var file = FileSurgery.inserted(jpegWith(ByteOrder.BIG_ENDIAN, 8), 2, segment(ByteOrder.LITTLE_ENDIAN, 3));
        var xmp = FileSurgery.jpegSegment(0xE1, FileSurgery.bytes("http://ns.adobe.com/xap/1.0/\0"));
        shows(FileSurgery.inserted(file, 2, xmp), decoded(jpeg).upright(3), 0.3, "two");
    }

    private byte[] jpegWith(ByteOrder order, int orientation) {
        return FileSurgery.inserted(jpeg, 2, segment(order, orientation));
    }

    private static byte[] segment(ByteOrder order, int orientation) {
        return FileSurgery.jpegSegment(0xE1, FileSurgery.joined(PREFIX, FileSurgery.exif(order, orientation)));
    }

    private byte[] withExif(int flags, byte[] exif) {
        return FileSurgery.extendedWebp(webp, flags, WIDTH, HEIGHT, FileSurgery.riffChunk("EXIF", exif));
    }

    private static ReferencePixels decoded(byte[] jpeg) {
        return ReferencePixels.of(ImageFiles.read(jpeg));
    }

    private void shows(byte[] file, int orientation, String what) {
        shows(file, pixels.upright(orientation), 0.01, what);
    }

    private void shows(byte[] file, ReferencePixels expected, double tolerance, String what) {
        var picture = decoder.decode(file, new Framing(16, Fit.STRETCH));
        assertThat(DecodedPixelsTest.distance(picture, expected.framed(16, Fit.STRETCH)))
                .as(what)
                .isLessThanOrEqualTo(tolerance);
    }
}
