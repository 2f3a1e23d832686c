package io.sluice.pictures.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;

import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.platform.NativeEnvironment;
import io.sluice.pictures.resize.PixelRows;
import java.nio.ByteBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;
import org.bytedeco.opencv.opencv_core.Mat;

/** OpenCV's image decoders. They have a limit of their own on the pixels for which they allocate memory. */
public final class OpenCv implements Codec {
    private static final String MAX_PIXELS = "60000000";

    private OpenCv() {}

    /**
     * Loads the native library. The first time it is unpacked into the user's cache folder. OpenCV reads its
     * environment while it is loaded, so that is set before; what the operator has set stays.
     */
    public static OpenCv load() {
        // Memory is freed by closing here; JavaCPP must not count the rest of the process against its own limit.
        if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
            System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        }
        NativeEnvironment.setIfAbsent("OPENCV_IO_MAX_IMAGE_PIXELS", MAX_PIXELS);
        NativeEnvironment.setIfAbsent("OPENCV_LOG_LEVEL", "FATAL");
        NativeEnvironment.setIfAbsent("OPENCV_OPENCL_RUNTIME", "disabled");
        opencv_core.setNumThreads(1);
        return new OpenCv();
    }

    @Override
    public Pixels decode(byte[] file, int reduction) {
        try (var bytes = new BytePointer(file);
                var buffer = new Mat(1, file.length, CV_8UC1, bytes)) {
            var pixels = opencv_imgcodecs.imdecode(buffer, flags(reduction));
            if (!pixels.empty()) {
                return new Pixels(pixels);
            }
            pixels.close();
        } catch (RuntimeException e) {
            // JavaCPP turns every C++ exception into a bare RuntimeException whose text names source lines.
            var refused = new ImageRefusedException(Code.IMAGE_UNDECODABLE, "the image cannot be decoded");
            refused.initCause(e);
            throw refused;
        }
        throw new ImageRefusedException(Code.IMAGE_UNDECODABLE, "the image cannot be decoded");
    }

    private static int flags(int reduction) {
        return switch (reduction) {
            case 2 -> IMREAD_REDUCED_COLOR_2;
            case 4 -> IMREAD_REDUCED_COLOR_4;
            case 8 -> IMREAD_REDUCED_COLOR_8;
            default -> IMREAD_COLOR;
        };
    }

    /** Decoded pixels in native memory. */
    static final class Pixels implements PixelRows {
        private final Mat mat;
        private final ByteBuffer memory;
        private final int rowLength;

        private Pixels(Mat mat) {
            this.mat = mat;
            this.memory = mat.createBuffer();
            this.rowLength = (int) mat.step();
        }

        @Override
        public int width() {
            return mat.cols();
        }

        @Override
        public int height() {
            return mat.rows();
        }

        @Override
        public void read(int y, int from, byte[] row) {
            memory.get(y * rowLength + from * CHANNELS, row);
        }

        @Override
        public void close() {
            mat.close();
        }
    }
}
