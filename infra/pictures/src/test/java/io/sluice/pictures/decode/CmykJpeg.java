package io.sluice.pictures.decode;

import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;

/** A JPEG with four channels, as printers' software writes it: Adobe's marker, inks inverted. */
public final class CmykJpeg {
    private static final int SIDE = 64;

    private CmykJpeg() {}

    /** {@return a file of one color; inks from 0 to 255} */
    public static byte[] of(int cyan, int magenta, int yellow, int black) {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4, null);
        var pixel = new int[] {255 - cyan, 255 - magenta, 255 - yellow, 255 - black};
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                raster.setPixel(x, y, pixel);
            }
        }
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(raster, null, null), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return withAdobeMarker(out.toByteArray());
    }

    private static byte[] withAdobeMarker(byte[] jpeg) {
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xEE, 0, 14});
        out.writeBytes("Adobe".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {0, 100, 0, 0, 0, 0, 0});
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
