package io.sluice.pictures.face;

import static io.sluice.pictures.resize.PixelRows.CHANNELS;
import static org.bytedeco.opencv.global.opencv_core.CV_32FC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;

import io.sluice.pictures.decode.OpenCv;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.resize.BicubicResize;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;
import org.bytedeco.opencv.opencv_objdetect.FaceDetectorYN;
import org.bytedeco.opencv.opencv_objdetect.FaceRecognizerSF;

/**
 * Two networks that OpenCV runs: one finds faces (the outputs of YuNet), one describes a face by a vector (the input of
 * SFace). One thread may use them at a time.
 */
public final class FaceNetworks implements AutoCloseable {
    /**
     * The lengths of a picture's longer side at which faces are searched. YuNet finds faces of about 10 to 300 pixels, as
     * its publisher says, so these two lengths reach from a hundredth of the picture to nearly all of it.
     */
    private static final List<Framing> FRAMINGS = List.of(new Framing(320, Fit.WITHIN), new Framing(960, Fit.WITHIN));

    /** This and the next two are the defaults of OpenCV's class. */
    private static final float LEAST_CONFIDENCE = 0.9f;

    private static final float MOST_OVERLAP = 0.3f;
    private static final int CANDIDATES = 5_000;

    private static final int OPENCV_ITSELF = 0;
    private static final int PROCESSOR = 0;
    private static final String NO_CONFIGURATION = "";

    private static final int NUMBERS_OF_A_BOX = 4;
    private static final int MARKS = 5;
    private static final int CONFIDENCE_AT = NUMBERS_OF_A_BOX + 2 * MARKS;
    private static final int NUMBERS_OF_A_FACE = CONFIDENCE_AT + 1;

    private final FaceDetectorYN detector;
    private final FaceRecognizerSF recognizer;

    private FaceNetworks(FaceDetectorYN detector, FaceRecognizerSF recognizer) {
        this.detector = detector;
        this.recognizer = recognizer;
    }

    /**
     * Loads OpenCV and the networks.
     *
     * @throws IllegalArgumentException when OpenCV cannot read a file; the message names it
     */
    public static FaceNetworks load(Path detector, Path recognizer) {
        OpenCv.load();
        var finds = read(detector, file -> {
            try (var any =
                    new Size(FRAMINGS.getFirst().side(), FRAMINGS.getFirst().side())) {
                return FaceDetectorYN.create(
                        file,
                        NO_CONFIGURATION,
                        any,
                        LEAST_CONFIDENCE,
                        MOST_OVERLAP,
                        CANDIDATES,
                        OPENCV_ITSELF,
                        PROCESSOR);
            }
        });
        try {
            return new FaceNetworks(
                    finds,
                    read(
                            recognizer,
                            file -> FaceRecognizerSF.create(file, NO_CONFIGURATION, OPENCV_ITSELF, PROCESSOR)));
        } catch (RuntimeException unreadable) {
            finds.close();
            throw unreadable;
        }
    }

    private interface Reader<T> {
        T read(String file);
    }

    private static <T> T read(Path file, Reader<T> reader) {
        try {
            return reader.read(file.toString());
        } catch (RuntimeException e) { // JavaCPP has no other class for the exceptions of C++
            throw new IllegalArgumentException("OpenCV cannot read the network " + file, e);
        }
    }

    /** {@return the faces of a picture, the surest first} */
    public List<DescribedFace> facesIn(Picture picture) {
        var faces = new ArrayList<DescribedFace>();
        try (var pixels = new Pixels(picture)) {
            for (var found : distinct(foundIn(picture))) {
                faces.add(new DescribedFace(
                        found.box(), found.marks(), found.confidence(), describe(found, picture, pixels.mat)));
            }
        }
        return faces;
    }

    /** The numbers of OpenCV that say where a face is, in shares of the picture. */
    private static final class Found {
        private final float[] numbers;

        Found(float[] numbers) {
            this.numbers = numbers;
        }

        FaceBox box() {
            return new FaceBox(numbers[0], numbers[1], numbers[2], numbers[3]);
        }

        List<FacePoint> marks() {
            var marks = new ArrayList<FacePoint>();
            for (int at = NUMBERS_OF_A_BOX; at < CONFIDENCE_AT; at += 2) {
                marks.add(new FacePoint(numbers[at], numbers[at + 1]));
            }
            return marks;
        }

        double confidence() {
            return numbers[CONFIDENCE_AT];
        }

        /** {@return the numbers in pixels of a picture of this size, or from them} */
        Found scaled(double width, double height) {
            var scaled = numbers.clone();
            for (int at = 0; at < CONFIDENCE_AT; at += 2) {
                scaled[at] *= (float) width;
                scaled[at + 1] *= (float) height;
            }
            return new Found(scaled);
        }
    }

    private List<Found> foundIn(Picture picture) {
        var all = new ArrayList<Found>();
        var searched = 0;
        for (var framing : FRAMINGS) {
            var small = Picture.of(BicubicResize.resize(picture.asRows(), framing));
            var longer = Math.max(small.width(), small.height());
            if (longer > searched) { // a small picture is not enlarged
                all.addAll(detect(small));
                searched = longer;
            }
        }
        return all;
    }

    private List<Found> detect(Picture picture) {
        var all = new ArrayList<Found>();
        try (var pixels = new Pixels(picture);
                var size = new Size(picture.width(), picture.height());
                var faces = new Mat()) {
            detector.setInputSize(size);
            detector.detect(pixels.mat, faces);
            for (int row = 0; row < faces.rows(); row++) {
                var numbers = new float[NUMBERS_OF_A_FACE];
                try (var from = new FloatPointer(faces.ptr(row))) {
                    from.get(numbers);
                }
                all.add(new Found(numbers).scaled(1.0 / picture.width(), 1.0 / picture.height()));
            }
        }
        return all;
    }

    /** {@return each face once, the surest first: a face of middle size is found at both lengths} */
    private static List<Found> distinct(List<Found> found) {
        var kept = new ArrayList<Found>();
        found.stream()
                .sorted(Comparator.comparingDouble(Found::confidence).reversed())
                .filter(face -> kept.stream().noneMatch(other -> face.box().overlapWith(other.box()) > MOST_OVERLAP))
                .forEachOrdered(kept::add);
        return kept;
    }

    private UnitVector describe(Found face, Picture picture, Mat pixels) {
        try (var numbers = new FloatPointer(face.scaled(picture.width(), picture.height()).numbers);
                var row = new Mat(1, NUMBERS_OF_A_FACE, CV_32FC1, numbers);
                var upright = new Mat();
                var described = new Mat()) {
            recognizer.alignCrop(pixels, row, upright);
            recognizer.feature(upright, described);
            var vector = new float[(int) described.total()];
            try (var from = new FloatPointer(described.data())) {
                from.get(vector);
            }
            return UnitVector.along(vector);
        }
    }

    /** A picture in native memory, as OpenCV has it: blue, green, red. */
    private static final class Pixels implements AutoCloseable {
        private final BytePointer bytes;
        private final Mat mat;

        Pixels(Picture picture) {
            var rowLength = picture.width() * CHANNELS;
            bytes = new BytePointer((long) rowLength * picture.height());
            mat = new Mat(picture.height(), picture.width(), CV_8UC3, bytes);
            var row = new byte[rowLength];
            var memory = bytes.asBuffer();
            try (var rows = picture.asRows()) {
                for (int y = 0; y < picture.height(); y++) {
                    rows.read(y, 0, row);
                    memory.put(y * rowLength, row);
                }
            }
        }

        @Override
        public void close() {
            mat.close();
            bytes.close();
        }
    }

    @Override
    public void close() {
        detector.close();
        recognizer.close();
    }
}
