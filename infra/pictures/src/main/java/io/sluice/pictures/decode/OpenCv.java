package io.sluice.pictures.decode;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_IGNORE_ORIENTATION;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_2;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_REDUCED_COLOR_8;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;

import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.container.Orientation;
import io.sluice.pictures.container.Still;
import io.sluice.pictures.platform.NativeEnvironment;
import io.sluice.pictures.resize.Framing.Transparency;
import io.sluice.pictures.resize.PixelRows;
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
    public PixelRows decode(Still still, int reduction, Transparency transparency) {
        try (var bytes = new BytePointer(still.size());
                var buffer = new Mat(1, still.size(), CV_8UC1, bytes)) {
            still.copyTo(bytes.asBuffer());
            var pixels = opencv_imgcodecs.imdecode(buffer, flags(still, reduction));
            if (!pixels.empty()) {
                return new OpenCvPixels(upright(pixels, still.orientation()), transparency);
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

    /** Alpha comes only with the flag that changes nothing. OpenCV turns no picture, because it turns only some. */
    private static int flags(Still still, int reduction) {
        if (still.hasAlpha()) {
            return IMREAD_UNCHANGED;
        }
        return IMREAD_IGNORE_ORIENTATION
                | switch (reduction) {
                    case 2 -> IMREAD_REDUCED_COLOR_2;
                    case 4 -> IMREAD_REDUCED_COLOR_4;
                    case 8 -> IMREAD_REDUCED_COLOR_8;
                    default -> IMREAD_COLOR;
                };
    }

    /** Turns decoded pixels; the only place that does. */
    private static Mat upright(Mat pixels, Orientation orientation) {
        var turned = pixels;
        if (orientation.swapsSides()) {
            turned = new Mat();
            opencv_core.transpose(pixels, turned);
            pixels.close();
        }
        if (orientation.mirrorsColumns() || orientation.mirrorsRows()) {
            opencv_core.flip(turned, turned, axis(orientation));
        }
        return turned;
    }

    private static int axis(Orientation orientation) {
        if (orientation.mirrorsColumns()) {
            return orientation.mirrorsRows() ? -1 : 1;
        }
        return 0;
    }
}
