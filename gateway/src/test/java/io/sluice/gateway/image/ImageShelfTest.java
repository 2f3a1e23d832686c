package io.sluice.gateway.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.gateway.problem.ProblemCode;
import io.sluice.gateway.problem.ProblemException;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.ObjectStore.ObjectCorruptException;
import io.sluice.stores.objects.ObjectStore.ObjectMissingException;
import io.sluice.stores.objects.ObjectStore.ObjectTooLargeException;
import java.io.InputStream;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ImageShelfTest {
    private static final StoredObject OBJECT =
            new StoredObject("sluice", "products/" + "a".repeat(64), "a".repeat(64), "image/png", 9);

    @Test
    void saysWhyAPictureCannotBeShown() {
        shows(ObjectMissingException::new, ProblemCode.IMAGE_NOT_FOUND);
        shows(object -> new ObjectTooLargeException(object, 10, 9), ProblemCode.IMAGE_NOT_FOUND);
        shows(ObjectCorruptException::new, ProblemCode.IMAGE_CORRUPT);
    }

    private static void shows(Function<StoredObject, RuntimeException> thrown, ProblemCode code) {
        var shelf = new ImageShelf(new FailingStore(thrown));

        assertThatThrownBy(() -> shelf.fetch(OBJECT))
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
        public StoredObject put(String folder, byte[] bytes, String contentType) {
            throw thrown.apply(OBJECT);
        }

        @Override
        public StoredObject upload(String key, String contentType, InputStream bytes, long atMost) {
            throw thrown.apply(OBJECT);
        }

        @Override
        public void delete(StoredObject object) {
            throw thrown.apply(object);
        }

        @Override
        public byte[] get(StoredObject object, long maxBytes) {
            throw thrown.apply(object);
        }
    }
}
