package io.sluice.embedder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;

/**
 * Files that people send as pictures: complete, incomplete, damaged and unusual pictures, and files that are no
 * pictures.
 */
final class StrangeImages {
    private static final long SEED = 17;

    private StrangeImages() {}

    /** {@return the files, by a description of what is strange about them} */
    static Map<String, byte[]> all() {
        var files = new LinkedHashMap<String, byte[]>();
        var random = new Random(SEED);
        whole().forEach((name, file) -> {
            for (int percent = 5; percent < 100; percent += 5) {
                files.put(name + ", first " + percent + " %", Arrays.copyOf(file, file.length * percent / 100));
            }
            for (int i = 0; i < 5; i++) {
                var damaged = file.clone();
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
                files.put(name + ", a bit changed, " + i + ", seed " + SEED, damaged);
            }
        });
        files.putAll(odd());
        files.putAll(other());
        return files;
    }

    /** {@return a GIF of about 30 bytes with a screen of this size, and a frame of one pixel} */
    static byte[] blankGif(int width, int height) {
        return ByteBuffer.allocate(29)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("GIF89a".getBytes(ISO_8859_1))
                .putShort((short) width)
                .putShort((short) height)
                .put(new byte[3])
                .put((byte) 0x2C)
                .putInt(0)
                .putShort((short) 1)
                .putShort((short) 1)
                .put((byte) 0)
                .put(new byte[] {2, 2, 0x44, 1, 0, 0x3B})
                .array();
    }

    private static Map<String, byte[]> whole() {
        var noise = noise(60, 40);
        var onePixel = Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
        return Map.of(
                "JPEG", written(noise, "jpeg", false),
                "progressive JPEG", written(noise, "jpeg", true),
                "PNG", written(noise, "png", false),
                "interlaced PNG", written(noise, "png", true),
                "WebP", onePixel,
                "GIF", written(noise, "gif", false));
    }

    private static Map<String, byte[]> odd() {
        return Map.of(
                "1 x 1", written(noise(1, 1), "png", false),
                "20,000 x 1", written(noise(20_000, 1), "png", false),
                "blank GIF", blankGif(20, 20),
                "no zlib stream", png(100, 100, "no zlib stream".getBytes(ISO_8859_1)),
                "30,000 x 30,000", png(30_000, 30_000, new byte[9]));
    }

    private static Map<String, byte[]> other() {
        return Map.of(
                "nothing", new byte[0],
                "HEIC", "\0\0\0\030ftypheic\0\0\0\0mif1heic".getBytes(ISO_8859_1),
                "AVIF", "\0\0\0\030ftypavif\0\0\0\0mif1avif".getBytes(ISO_8859_1),
                "SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(ISO_8859_1),
                "text", "a text named mug.jpg".getBytes(ISO_8859_1),
                "noise", new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    }

    private static BufferedImage noise(int width, int height) {
        var random = new Random(SEED);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, random.nextInt(1 << 24));
        }
        return image;
    }

    private static byte[] written(BufferedImage image, String format, boolean inPasses) {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName(format).next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            var options = writer.getDefaultWriteParam();
            if (inPasses) {
                options.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** {@return a black and white PNG, one bit for each pixel, with this compressed data} */
    private static byte[] png(int width, int height, byte[] data) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1));
        var header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) 1)
                .array();
        chunk(out, "IHDR", header);
        chunk(out, "IDAT", data);
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        var crc = new CRC32();
        crc.update(type.getBytes(ISO_8859_1));
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(type.getBytes(ISO_8859_1));
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
