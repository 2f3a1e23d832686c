package io.sluice.pictures.face;

import static io.sluice.pictures.resize.PixelRows.CHANNELS;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;

import io.sluice.pictures.decode.OpenCv;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.BicubicResize;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.RectVector;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.CascadeClassifier;

/**
 * The cascade of classifiers that comes with OpenCV (local binary patterns, frontal faces). It finds upright faces that
 * look at the camera and are about a tenth of the picture's longer side or more. It misses others. One thread may use it at
 * a time.
 */
public final class FaceCascade implements AutoCloseable {
    private static final String FILE =
            "/org/bytedeco/opencv/%s/share/opencv4/lbpcascades/lbpcascade_frontalface_improved.xml";

    /** Twice as long takes four times the time, and finds faces of half the size. */
    private static final Framing FRAMING = new Framing(640, Fit.WITHIN);

    private static final double STEP_OF_SIZES = 1.2;
    /** How many windows at about the same place must agree. */
    private static final int NEIGHBORS = 3;

    private final CascadeClassifier classifier;

    private FaceCascade(CascadeClassifier classifier) {
        this.classifier = classifier;
    }

    /** Loads OpenCV and the cascade, which is unpacked into the user's cache folder. */
    public static FaceCascade load() {
        OpenCv.load();
        try {
            var file = Loader.cacheResource(FILE.formatted(Loader.getPlatform()));
            if (file == null) {
                throw new IllegalStateException("this build of OpenCV has no " + FILE.formatted(Loader.getPlatform()));
            }
            return new FaceCascade(new CascadeClassifier(file.getPath()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the boxes of the faces, in no order} */
    public List<FaceBox> facesIn(Picture picture) {
        var small = Picture.of(BicubicResize.resize(picture.asRows(), FRAMING));
        try (var pixels = new BytePointer((long) small.width() * small.height());
                var mat = new Mat(small.height(), small.width(), CV_8UC1, pixels);
                var found = new RectVector();
                var any = new Size()) {
            pixels.put(lightness(small.rgb()), 0, small.width() * small.height());
            classifier.detectMultiScale(mat, found, STEP_OF_SIZES, NEIGHBORS, 0, any, any);
            var boxes = new ArrayList<FaceBox>();
            for (long i = 0; i < found.size(); i++) {
                var at = found.get(i);
                boxes.add(new FaceBox(
                        (double) at.x() / small.width(),
                        (double) at.y() / small.height(),
                        (double) at.width() / small.width(),
                        (double) at.height() / small.height()));
            }
            return boxes;
        }
    }

    /** {@return the lightness of each pixel, by the weights of ITU-R BT.601} */
    private static byte[] lightness(byte[] rgb) {
        var lightness = new byte[rgb.length / CHANNELS];
        for (int i = 0, at = 0; i < lightness.length; i++, at += CHANNELS) {
            lightness[i] =
                    (byte) ((299 * (rgb[at] & 0xFF) + 587 * (rgb[at + 1] & 0xFF) + 114 * (rgb[at + 2] & 0xFF)) / 1000);
        }
        return lightness;
    }

    @Override
    public void close() {
        classifier.close();
    }
}
