package io.sluice.pictures.decode;

import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;

/** Image files of every kind that is taken in: by the JDK's encoders where it has them, by OpenCV's where not. */
public final class ImageFiles {
    private static final int LOSSLESS = 101;

    static {
        // what OpenCV reads from the environment must be there before anything else loads it
        OpenCv.load();
    }

    private ImageFiles() {}

    /** {@return a file; interlaced or progressive when asked for} */
    public static byte[] written(RenderedImage image, String format, boolean inPasses) {
        return written(format, writer -> {
            var options = writer.getDefaultWriteParam();
            if (inPasses) {
                options.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            }
            writer.write(null, new IIOImage(image, null, null), options);
        });
    }

    public static byte[] written(RenderedImage image, String format) {
        return written(image, format, false);
    }

    public static byte[] animatedGif(List<BufferedImage> frames) {
        return written("gif", writer -> {
            writer.prepareWriteSequence(null);
            for (var frame : frames) {
                writer.writeToSequence(new IIOImage(frame, null, null), writer.getDefaultWriteParam());
            }
            writer.endWriteSequence();
        });
    }

    /** {@return some 30 bytes whose screen has a size, with a frame of one pixel} */
    public static byte[] blankGif(int width, int height) {
        return ByteBuffer.allocate(29)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("GIF89a".getBytes(StandardCharsets.US_ASCII))
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

    private interface Writing {
        void with(ImageWriter writer) throws IOException;
    }

    private static byte[] written(String format, Writing writing) {
        var out = new ByteArrayOutputStream();
        var writer = ImageIO.getImageWritersByFormatName(format).next();
        try (var stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writing.with(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** {@return the pixels as the JDK reads them} */
    public static BufferedImage read(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] losslessWebp(BufferedImage image) {
        return webp(image, LOSSLESS);
    }

    public static byte[] webp(BufferedImage image, int quality) {
        try (var pixels = mat(image, opencv_imgcodecs.IMREAD_UNCHANGED);
                var out = new BytePointer();
                var options = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, quality)) {
            if (!opencv_imgcodecs.imencode(".webp", pixels, out, options)) {
                throw new IllegalStateException("not encoded");
            }
            return bytes(out);
        }
    }

    /** {@return frames of {@code format}, {@code webp} or {@code png}, without loss} */
    public static byte[] animated(String format, List<BufferedImage> frames) {
        try (var animation = new opencv_imgcodecs.Animation();
                var pixels = new MatVector();
                var durations =
                        new IntPointer(frames.stream().mapToInt(_ -> 100).toArray());
                var options = new IntPointer(opencv_imgcodecs.IMWRITE_WEBP_QUALITY, LOSSLESS);
                var out = new BytePointer()) {
            frames.forEach(frame -> pixels.push_back(mat(frame, opencv_imgcodecs.IMREAD_COLOR)));
            animation.frames(pixels).durations(durations);
            if (!opencv_imgcodecs.imencodeanimation("." + format, animation, out, options)) {
                throw new IllegalStateException("not encoded");
            }
            return bytes(out);
        }
    }

    private static Mat mat(BufferedImage image, int flags) {
        var png = written(image, "png");
        try (var file = new BytePointer(png);
                var bytes = new Mat(1, png.length, opencv_core.CV_8UC1, file)) {
            return opencv_imgcodecs.imdecode(bytes, flags);
        }
    }

    private static byte[] bytes(BytePointer pointer) {
        var bytes = new byte[(int) pointer.limit()];
        pointer.get(bytes);
        return bytes;
    }

    /** Puts an Exif segment that holds nothing but the orientation behind the start of a JPEG. */
    public static byte[] withOrientation(byte[] jpeg, int orientation) {
        var exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xFFE1).putShort((short) 34).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        exif.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0);
        exif.putInt(0);
        var out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(exif.array());
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** {@return a PNG of black and white, one bit a pixel, with this compressed data} */
    public static byte[] png(int width, int height, byte[] data) {
        var out = new ByteArrayOutputStream();
        out.writeBytes("\u0089PNG\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1));
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

    /** Writes the checksums of a PNG's chunks anew, so that what was changed in them gets to the decoder. */
    public static void mendChecksums(byte[] png) {
        var file = ByteBuffer.wrap(png);
        for (int at = 8; at + 12 <= png.length; at += 12 + file.getInt(at)) {
            var crc = new CRC32();
            crc.update(png, at + 4, 4 + file.getInt(at));
            file.putInt(at + 8 + file.getInt(at), (int) crc.getValue());
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data) {
        var crc = new CRC32();
        crc.update(type.getBytes(StandardCharsets.US_ASCII));
        crc.update(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(data);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }
}
