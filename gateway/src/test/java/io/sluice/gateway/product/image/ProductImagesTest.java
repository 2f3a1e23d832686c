package io.sluice.gateway.product.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.fakes.InMemoryObjects;
import io.sluice.gateway.image.UploadedImage;
import io.sluice.gateway.shelf.ObjectShelf;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.ObjectStore.ObjectCorruptException;
import io.sluice.stores.objects.ObjectStore.ObjectMissingException;
import io.sluice.stores.objects.ObjectStore.ObjectTooLargeException;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.ProblemKind;
import java.io.InputStream;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProductImagesTest {
    private static final StoredObject OBJECT =
            new StoredObject("sluice", "products/" + "a".repeat(64), "a".repeat(64), "image/png", 9);

    @Test
    void saysWhyAPictureCannotBeServed() {
        shows(ObjectMissingException::new, ProductImageProblem.IMAGE_NOT_FOUND);
        shows(object -> new ObjectTooLargeException(object, 10, 9), ProductImageProblem.IMAGE_NOT_FOUND);
        shows(ObjectCorruptException::new, ProductImageProblem.IMAGE_CORRUPT);
    }

    @Test
    void storesAPictureUnderItsHash() {
        var objects = new InMemoryObjects();
        var images = new ProductImages(new ObjectShelf(objects));

        var first = images.store(new UploadedImage(new byte[] {1, 2, 3}, "image/png"));
        var second = images.store(new UploadedImage(new byte[] {1, 2, 3}, "image/png"));

        assertThat(first).isEqualTo(second);
        assertThat(first.key()).isEqualTo("products/" + first.sha256());
        assertThat(objects.kept()).hasSize(1);
        assertThat(images.fetch(first)).containsExactly(1, 2, 3);
    }

    private static void shows(Function<StoredObject, RuntimeException> thrown, ProblemKind code) {
        var images = new ProductImages(new ObjectShelf(new FailingStore(thrown)));

        assertThatThrownBy(() -> images.fetch(OBJECT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo(code.name()));
    }

    private record FailingStore(Function<StoredObject, RuntimeException> thrown) implements ObjectStore {
        @Override
        public String name() {
            return "objects";
        }

        @Override
        public void probe() {}

        @Override
        public StoredObject put(KeyOfHash key, byte[] bytes, String contentType) {
            throw thrown.apply(OBJECT);
        }

        @Override
        public StoredObject upload(String key, String contentType, InputStream bytes, long atMost) {
            throw thrown.apply(OBJECT);
        }

        @Override
        public void delete(String bucket, String key) {
            throw thrown.apply(OBJECT);
        }

        @Override
        public List<Listed> list(String prefix, @Nullable String after, int limit) {
            throw thrown.apply(OBJECT);
        }

        @Override
        public byte[] get(StoredObject object, long maxBytes) {
            throw thrown.apply(object);
        }

        @Override
        public byte[] getPart(StoredObject object, long first, int length) {
            throw thrown.apply(object);
        }
    }
}
