package io.sluice.gateway.image;

import io.sluice.gateway.problem.Outage;
import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import jakarta.inject.Singleton;

/** Where product pictures are kept. */
@Singleton
public final class ImageShelf {
    private static final String FOLDER = "products";

    private final ObjectStore objects;

    ImageShelf(ObjectStore objects) {
        this.objects = objects;
    }

    /** {@return where the picture is, once the store has it} */
    public StoredObject store(UploadedImage image) {
        try {
            return objects.put(FOLDER, image.bytes(), image.mediaType());
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    /**
     * {@return the picture's bytes}
     *
     * @throws ProblemException when the store does not have them, has others, or does not answer
     */
    public byte[] fetch(StoredObject object) {
        try {
            return objects.get(object, ImageInspector.Limits.ofDefaults().maxBytes());
        } catch (ObjectStore.ObjectMissingException | ObjectStore.ObjectTooLargeException e) {
            throw new ProblemException(ProblemCode.IMAGE_NOT_FOUND, "The product's image is not in the store.", e);
        } catch (ObjectStore.ObjectCorruptException e) {
            throw new ProblemException(
                    ProblemCode.IMAGE_CORRUPT,
                    "What the store has is not the image that was sent; send the product again, with its image.",
                    e);
        } catch (RuntimeException e) {
            throw unavailable(e);
        }
    }

    private static RuntimeException unavailable(RuntimeException cause) {
        return Outage.or(
                cause,
                ProblemCode.OBJECT_STORE_UNAVAILABLE,
                "Images can be neither kept nor shown now; try again in a moment.");
    }
}
