package io.sluice.rekognition.face;

import io.sluice.pictures.container.ImageFormat;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.face.FaceCascade;
import io.sluice.pictures.face.FaceNetworks;
import io.sluice.pictures.resize.Framing;
import io.sluice.pictures.resize.Framing.Fit;
import io.sluice.rekognition.protocol.ApiError;
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
        var seen = new SeenFaces(picture);
        var marked = seen.marked();
        var faces = marked.isEmpty() ? realFacesIn(picture, seen) : marked.stream();
        return faces.sorted(Comparator.comparingDouble((Face face) -> face.box().area())
                        .reversed()
                        .thenComparingDouble(face -> face.box().left()))
                .limit(MOST_FACES)
                .toList();
    }

    private Stream<Face> realFacesIn(Picture picture, SeenFaces seen) {
        if (models.isEmpty()) {
            return cascade().facesIn(picture).stream().map(seen::of);
        }
        var files = models.get();
        return networks(files).facesIn(picture).stream().map(found -> seen.of(found, files.id()));
    }
}
