package io.sluice.embedder;

import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.embeddings.EmbeddingCache;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A text or an image from which a model makes one vector. */
sealed interface Input {
    /** {@return the name of the vector} */
    String vector();

    /** {@return the SHA-256 of the content that the model reads, 64 hex digits} */
    String sha256();

    /** {@return the key of its vector in the cache} */
    default EmbeddingCache.Key key(String revision) {
        return new EmbeddingCache.Key(sha256(), revision, vector());
    }

    /** {@return the input of a product's text vector: its name and its description as one text} */
    static Text text(ProductSaved product) {
        return new Text(product.name() + ". " + product.description());
    }

    /** {@return the input of a product's image vector; empty when the product has no image} */
    static Optional<Image> image(ProductSaved product) {
        return Optional.ofNullable(product.image()).map(Image::new);
    }

    /** A text. */
    record Text(String text) implements Input {
        @Override
        public String vector() {
            return ProductVectors.TEXT;
        }

        @Override
        public String sha256() {
            return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** An image file in the object store. */
    record Image(StoredObject object) implements Input {
        @Override
        public String vector() {
            return ProductVectors.IMAGE;
        }

        @Override
        public String sha256() {
            return object.sha256();
        }

        /** Other pixels from the same file make another vector. */
        @Override
        public EmbeddingCache.Key key(String revision) {
            return Input.super.key(revision + "/" + ImageDecoder.REVISION);
        }
    }
}
