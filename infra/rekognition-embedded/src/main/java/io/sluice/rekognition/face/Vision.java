package io.sluice.rekognition.face;

import static io.sluice.pictures.resize.PixelRows.CHANNELS;

import io.sluice.pictures.container.ImageFormat;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.face.FaceBox;
import io.sluice.pictures.face.FaceCascade;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import io.sluice.rekognition.protocol.ApiError;
import io.sluice.samplephotos.FaceMarkerReader;
import io.sluice.samplephotos.MarkedFace;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sees the faces in a picture: drawn people by their markers, and when there is none, real ones by OpenCV's cascade. It
 * looks at one picture at a time, so that pictures that come together take the memory of one.
 */
public final class Vision {
    /** Names the model in answers. It says that faces without a marker are not matched. */
    public static final String MODEL_VERSION = "stand-in-1.markers-only";

    private static final int MOST_FACES = 100;
    private static final int LEAST_SIDE = 80;

    /** The real service promises to find faces of 40 pixels in a picture of this length, and of more in larger ones. */
    private static final Framing FRAMING = new Framing(1_920, Fit.WITHIN);

    /** A marker of this many pixels is as clear as it gets. */
    private static final double CLEAR_SIDE = 100;

    private static final double UPRIGHT = 1;
    private static final double TURNED = 0.7;
    private static final double MARKER_CONFIDENCE = 99.9;
    private static final double CASCADE_CONFIDENCE = 90;
    private static final int BRIGHTEST = 255;

    private final ReentrantLock turn = new ReentrantLock(true);
    private @Nullable ImageDecoder decoder;
    private @Nullable FaceCascade cascade;

    /**
     * {@return the largest faces in a picture, at most 100 of them, the largest first}
     *
     * @param file a JPEG or PNG file
     */
    public List<Face> facesIn(byte[] file) {
        turn.lock();
        try (var decoding = decoder().prepare(file, FRAMING)) {
            requireSupported(decoding.image());
            return facesIn(decoding.picture());
        } catch (ImageRefusedException refused) {
            throw switch (refused.code()) {
                case IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS -> ApiError.IMAGE_TOO_LARGE.rejection();
                default -> ApiError.INVALID_IMAGE_FORMAT.rejection();
            };
        } finally {
            turn.unlock();
        }
    }

    /** OpenCV is loaded with the first picture, because many a stack sees none. */
    private ImageDecoder decoder() {
        var loaded = decoder;
        if (loaded == null) {
            loaded = new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()));
            decoder = loaded;
        }
        return loaded;
    }

    private static void requireSupported(Inspection.Accepted image) {
        if (image.format() != ImageFormat.JPEG && image.format() != ImageFormat.PNG) {
            throw ApiError.INVALID_IMAGE_FORMAT.rejection();
        }
        if (Math.min(image.width(), image.height()) < LEAST_SIDE) {
            throw ApiError.INVALID_PARAMETER.rejection();
        }
    }

    private FaceCascade cascade() {
        var loaded = cascade;
        if (loaded == null) {
            loaded = FaceCascade.load();
            cascade = loaded;
        }
        return loaded;
    }

    private List<Face> facesIn(Picture picture) {
        var lightness = lightness(picture);
        var marked = FaceMarkerReader.facesIn(picture.width(), lightness);
        var faces = marked.isEmpty()
                ? cascade().facesIn(picture).stream().map(found -> face(found, picture, lightness))
                : marked.stream().map(found -> face(found, picture, lightness));
        return faces.sorted(Comparator.comparingDouble((Face face) -> face.box().area())
                        .reversed()
                        .thenComparingDouble(face -> face.box().left()))
                .limit(MOST_FACES)
                .toList();
    }

    private static int[] lightness(Picture picture) {
        var rgb = picture.rgb();
        var lightness = new int[picture.width() * picture.height()];
        for (int i = 0, at = 0; i < lightness.length; i++, at += CHANNELS) {
            lightness[i] = FaceMarkerReader.lightness(rgb[at] & 0xFF, rgb[at + 1] & 0xFF, rgb[at + 2] & 0xFF);
        }
        return lightness;
    }

    private static Face face(MarkedFace marked, Picture picture, int[] lightness) {
        var pixels = marked.box();
        var box = new Box(
                pixels.getX() / picture.width(),
                pixels.getY() / picture.height(),
                pixels.getWidth() / picture.width(),
                pixels.getHeight() / picture.height());
        var size = Math.min(1, marked.side() / CLEAR_SIDE);
        var clarity = size * (marked.quarterTurns() == 0 ? UPRIGHT : TURNED);
        return new Face(
                box,
                Likeness.ofPerson(marked.marker().number(), clarity),
                marked.quarterTurns(),
                MARKER_CONFIDENCE,
                100 * brightness(box, picture, lightness),
                100 * size);
    }

    /** {@return a face without a marker, which is similar only to the same pixels} */
    private static Face face(FaceBox found, Picture picture, int[] lightness) {
        var box = new Box(found.left(), found.top(), found.width(), found.height());
        var sharpness = 100 * Math.min(1, found.width() * picture.width() / CLEAR_SIDE);
        return new Face(
                box,
                Likeness.ofPixels(FaceIds.hash("SHA-256", pixels(box, picture))),
                0,
                CASCADE_CONFIDENCE,
                100 * brightness(box, picture, lightness),
                sharpness);
    }

    /** The pixels of a picture that are in a box: from left and top on, before right and bottom. */
    private record Area(int left, int top, int right, int bottom) {
        static Area of(Box box, Picture picture) {
            return new Area(
                    pixel(box.left(), picture.width()),
                    pixel(box.top(), picture.height()),
                    pixel(box.left() + box.width(), picture.width()),
                    pixel(box.top() + box.height(), picture.height()));
        }

        private static int pixel(double share, int length) {
            return Math.clamp(Math.round(share * length), 0, length);
        }
    }

    private static byte[] pixels(Box box, Picture picture) {
        var area = Area.of(box, picture);
        var pixels = new ByteArrayOutputStream();
        for (int y = area.top(); y < area.bottom(); y++) {
            var start = y * picture.width() + area.left();
            pixels.write(picture.rgb(), start * CHANNELS, (area.right() - area.left()) * CHANNELS);
        }
        return pixels.toByteArray();
    }

    private static double brightness(Box box, Picture picture, int[] lightness) {
        var area = Area.of(box, picture);
        long sum = 0;
        long count = 0;
        for (int y = area.top(); y < area.bottom(); y++) {
            for (int x = area.left(); x < area.right(); x++) {
                sum += lightness[y * picture.width() + x];
                count++;
            }
        }
        return count == 0 ? 0 : (double) sum / count / BRIGHTEST;
    }
}
