package io.sluice.rekognizer.enrolment;

import io.sluice.pictures.container.ImageInspector.Limits;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.pictures.photo.Renditions;
import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import java.util.concurrent.locks.ReentrantLock;

/** Makes of a selfie what Rekognition takes: an upright JPEG within its limits. One at a time, because each is large. */
final class SelfieRenderer {
    private static final long MOST_BYTES = Limits.ofDefaults().maxBytes();
    private static final int SHORTEST_SIDE = 80;

    private final ObjectStore objects;
    private final ImageDecoder decoder;
    private final ReentrantLock one = new ReentrantLock();

    SelfieRenderer(ObjectStore objects, ImageDecoder decoder) {
        this.objects = objects;
        this.decoder = decoder;
    }

    /**
     * {@return the picture; the same selfie gives the same bytes}
     *
     * @throws FaceServiceException when the selfie is no picture that can be used
     */
    byte[] render(StoredObject selfie) {
        one.lock();
        try {
            return rendered(objects.get(selfie, MOST_BYTES));
        } catch (ImageRefusedException e) {
            throw new FaceServiceException(failure(e));
        } finally {
            one.unlock();
        }
    }

    private byte[] rendered(byte[] file) {
        try (var decoding = decoder.prepare(file, Renditions.PREVIEW)) {
            var picture = decoding.picture();
            if (Math.min(picture.width(), picture.height()) < SHORTEST_SIDE) {
                throw new FaceServiceException(new Fatal(
                        RekognizerFailure.NO_FACE_FOUND,
                        "the picture is too small to find a face in it: its shorter side needs %d pixels or more"
                                .formatted(SHORTEST_SIDE)));
            }
            return Renditions.of(picture, decoding.image().still().colorProfile())
                    .preview();
        }
    }

    private static Failure failure(ImageRefusedException refused) {
        var detail = String.valueOf(refused.getMessage());
        return switch (refused.code()) {
            case IMAGE_TOO_SLOW -> new Retryable(RekognizerFailure.PICTURE_UNREADABLE, detail, Scope.RECORD, refused);
            case IMAGE_TOO_LARGE, IMAGE_TOO_MANY_PIXELS, IMAGE_TOO_COMPLEX ->
                new Fatal(RekognizerFailure.PICTURE_TOO_LARGE, detail, refused);
            case IMAGE_EMPTY, IMAGE_FORMAT_UNSUPPORTED, IMAGE_MALFORMED, IMAGE_TRUNCATED, IMAGE_UNDECODABLE ->
                new Fatal(RekognizerFailure.PICTURE_UNREADABLE, detail, refused);
        };
    }
}
