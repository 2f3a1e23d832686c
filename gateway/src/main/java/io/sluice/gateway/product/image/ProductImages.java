package io.sluice.gateway.product.image;

import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.image.UploadedImage;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;

/**
 * Stores the pictures of products under the hash of their content, so two products with the same picture share one
 * object.
 */
@Singleton
public final class ProductImages {
    private static final String FOLDER = "products/";

    private final ObjectShelf shelf;

    ProductImages(ObjectShelf shelf) {
        this.shelf = shelf;
    }

    /** Stores the picture, and returns its place in the object store. */
    public StoredObject store(UploadedImage image) {
        return shelf.store(sha256 -> FOLDER + sha256, image.mediaType(), image.bytes());
    }

    /**
     * {@return the picture's bytes}
     *
     * @throws ProblemException when the store does not have the picture, has other bytes, or does not answer
     */
    public byte[] fetch(StoredObject object) {
        try {
            return shelf.fetch(object, ImageGuard.MAX_BYTES);
        } catch (ObjectStore.ObjectMissingException | ObjectStore.ObjectTooLargeException e) {
            throw new ProblemException(
                    ProductImageProblem.IMAGE_NOT_FOUND, "The product's image is not in the store.", e);
        } catch (ObjectStore.ObjectCorruptException e) {
            throw new ProblemException(
                    ProductImageProblem.IMAGE_CORRUPT,
                    "The stored image is not the image that was sent; send the product again, with its image.",
                    e);
        }
    }
}
