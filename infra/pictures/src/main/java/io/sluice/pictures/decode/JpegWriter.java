package io.sluice.pictures.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.sluice.pictures.resize.PixelRows;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** Writes pictures as JPEG files that have no metadata: no Exif, no profile, no comment. */
public final class JpegWriter {
    private JpegWriter() {}

    /**
     * {@return the file, with half as many colors as pixels in each direction}
     *
     * @param quality 1 to 100
     */
    public static byte[] write(Picture picture, int quality) {
        OpenCv.load();
        var rows = picture.asRows();
        var row = new byte[picture.width() * PixelRows.CHANNELS];
        try (var pixels = new BytePointer((long) row.length * picture.height());
                var mat = new Mat(picture.height(), picture.width(), CV_8UC3, pixels);
                var file = new BytePointer();
                var options = new IntPointer(
                        opencv_imgcodecs.IMWRITE_JPEG_QUALITY, quality, opencv_imgcodecs.IMWRITE_JPEG_OPTIMIZE, 1)) {
            var memory = pixels.asBuffer();
            for (int y = 0; y < picture.height(); y++) {
                rows.read(y, 0, row);
                memory.put(row);
            }
            if (!opencv_imgcodecs.imencode(".jpg", mat, file, options)) {
                throw new IllegalStateException("a picture was not encoded");
            }
            var bytes = new byte[Math.toIntExact(file.limit())];
            file.get(bytes);
            return bytes;
        }
    }
}
