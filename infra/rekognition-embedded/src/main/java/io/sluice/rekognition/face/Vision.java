package io.sluice.rekognition.face;

import static io.sluice.pictures.resize.PixelRows.CHANNELS;

import io.sluice.pictures.container.ImageFormat;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.face.DescribedFace;
import io.sluice.pictures.face.FaceBox;
import io.sluice.pictures.face.FaceCascade;
import io.sluice.pictures.face.FaceNetworks;
import io.sluice.pictures.face.FacePoint;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import io.sluice.rekognition.protocol.ApiError;
import io.sluice.samplephotos.FaceMarkerReader;
import io.sluice.samplephotos.MarkedFace;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sees the faces in a picture: drawn people by their markers. When there is none, it sees real faces: by the models, or when
 * it has none, by OpenCV's cascade, which cannot tell whose they are. It looks at one picture at a time, so that pictures
 * that come together take the memory of one.
 */
public final class Vision {
    private static final String ONLY_MARKERS = "stand-in-1.markers-only";
    private static final String MARKERS_AND_MODELS = "stand-in-1.markers-and-models-";

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
    private static final int PERCENT = 100;

    private final Optional<FaceModels> models;
    private final ReentrantLock turn = new ReentrantLock(true);
    private @Nullable ImageDecoder decoder;
    private @Nullable FaceCascade cascade;
    private @Nullable FaceNetworks networks;

    /** @param models those that see real faces; empty when only the cascade sees them */
    public Vision(Optional<FaceModels> models) {
        this.models = models;
    }

    /** {@return the name of the models in answers. It says whether faces without a marker are matched, and by which files.} */
    public String modelVersion() {
        return models.map(files -> MARKERS_AND_MODELS + files.id()).orElse(ONLY_MARKERS);
    }

    /** {@return what it knows of real people, for the start line} */
    public String realPeople() {
        return models.map(files -> "and real people by the models in " + files.folder())
                .orElse("and cannot match real faces");
    }

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

    /** The networks are loaded with the first picture without markers. */
    private FaceNetworks networks(FaceModels files) {
        var loaded = networks;
        if (loaded == null) {
            loaded = FaceNetworks.load(files.detector(), files.recognizer());
            networks = loaded;
        }
        return loaded;
    }

    private List<Face> facesIn(Picture picture) {
        var lightness = lightness(picture);
        var marked = FaceMarkerReader.facesIn(picture.width(), lightness);
        var faces = marked.isEmpty()
                ? realFacesIn(picture, lightness)
                : marked.stream().map(found -> face(found, picture, lightness));
        return faces.sorted(Comparator.comparingDouble((Face face) -> face.box().area())
                        .reversed()
                        .thenComparingDouble(face -> face.box().left()))
                .limit(MOST_FACES)
                .toList();
    }

    private Stream<Face> realFacesIn(Picture picture, int[] lightness) {
        if (models.isEmpty()) {
            return cascade().facesIn(picture).stream().map(found -> face(found, picture, lightness));
        }
        var files = models.get();
        return networks(files).facesIn(picture).stream().map(found -> face(found, files.id(), picture, lightness));
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
                degrees(marked.quarterTurns()),
                List.of(),
                MARKER_CONFIDENCE,
                PERCENT * brightness(box, picture, lightness),
                PERCENT * size);
    }

    private static double degrees(int quarterTurns) {
        return quarterTurns > 2 ? -90 : 90.0 * quarterTurns;
    }

    /** {@return a face without a marker, which is similar only to the same pixels} */
    private static Face face(FaceBox found, Picture picture, int[] lightness) {
        var box = box(found);
        return new Face(
                box,
                Likeness.ofPixels(hash(box, picture)),
                0,
                List.of(),
                CASCADE_CONFIDENCE,
                PERCENT * brightness(box, picture, lightness),
                sharpness(box, picture));
    }

    /** {@return a face without a marker, which the models have described} */
    private static Face face(DescribedFace found, String model, Picture picture, int[] lightness) {
        var box = box(found.box());
        return new Face(
                box,
                Likeness.ofPixels(hash(box, picture), new FaceVector(model, found.vector())),
                roll(found.marks(), picture),
                found.marks(),
                PERCENT * Math.min(1, found.confidence()),
                PERCENT * brightness(box, picture, lightness),
                sharpness(box, picture));
    }

    private static Box box(FaceBox found) {
        return new Box(found.left(), found.top(), found.width(), found.height());
    }

    private static String hash(Box box, Picture picture) {
        return FaceIds.hash("SHA-256", pixels(box, picture));
    }

    private static double sharpness(Box box, Picture picture) {
        return PERCENT * Math.min(1, box.width() * picture.width() / CLEAR_SIDE);
    }

    /** {@return how the line between the eyes lies, in degrees with the clock} */
    private static double roll(List<FacePoint> marks, Picture picture) {
        var left = marks.getFirst();
        var right = marks.get(1);
        return Math.toDegrees(
                Math.atan2((right.y() - left.y()) * picture.height(), (right.x() - left.x()) * picture.width()));
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
