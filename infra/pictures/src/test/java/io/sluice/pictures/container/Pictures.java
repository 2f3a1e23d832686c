package io.sluice.pictures.container;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/** Small image files to look at. */
final class Pictures {
    static final int WIDTH = 61;
    static final int HEIGHT = 47;

    private Pictures() {}

    static byte[] png() {
        return written("png", false);
    }

    static byte[] gif() {
        return written("gif", false);
    }

    static byte[] jpeg() {
        return written("jpeg", false);
    }

    /** Several scans. */
    static byte[] progressiveJpeg() {
        return written("jpeg", true);
    }

    /** A real lossy file of one pixel. */
    static byte[] webp() {
        return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    }

    /** The container of the extended format around data that nobody decodes here. */
    static byte[] extendedWebp(int width, int height) {
        var canvas = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN);
        canvas.putInt(0).putShort((short) (width - 1)).put((byte) ((width - 1) >> 16));
        canvas.putShort((short) (height - 1)).put((byte) ((height - 1) >> 16));
        return riff(chunk("VP8X", canvas.array()), chunk("EXIF", new byte[7]), losslessChunk(width, height));
    }

    static byte[] losslessWebp(int width, int height) {
        return riff(losslessChunk(width, height));
    }

    private static byte[] losslessChunk(int width, int height) {
        var data = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        data.put((byte) 0x2F).putInt(((width - 1) & 0x3FFF) | (((height - 1) & 0x3FFF) << 14));
        return chunk("VP8L", data.array());
    }

    private static byte[] riff(byte[]... chunks) {
        var out = new ByteArrayOutputStream();
        for (var chunk : chunks) {
            out.writeBytes(chunk);
        }
        var size = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(4 + out.size());
        var file = new ByteArrayOutputStream();
        file.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(size.array());
        file.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
        file.writeBytes(out.toByteArray());
        return file.toByteArray();
    }

    private static byte[] chunk(String type, byte[] data) {
        var padded = data.length + (data.length & 1);
        return ByteBuffer.allocate(8 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    private static byte[] written(String format, boolean progressive) {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName(format).next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            var options = writer.getDefaultWriteParam();
            if (progressive) {
                options.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, new IIOImage(drawing(), null, null), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static BufferedImage drawing() {
        var image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setColor(Color.ORANGE);
        pen.fillOval(5, 5, 40, 30);
        pen.setColor(Color.BLUE);
        pen.drawLine(0, 0, WIDTH, HEIGHT);
        pen.dispose();
        return image;
    }
}
