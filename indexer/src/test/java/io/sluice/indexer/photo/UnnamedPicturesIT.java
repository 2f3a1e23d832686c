package io.sluice.indexer.photo;

import static io.sluice.testkit.PipelineLab.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import io.sluice.testkit.TestStack;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pictures of a deleted photo that no record names, with a real object store. */
class UnnamedPicturesIT {
    private final ApplicationContext s3 =
            ApplicationContext.run(Map.of("s3.endpoint", TestStack.s3().url(), "s3.bucket", "unnamed"));
    private final PhotoLab photos = new PhotoLab(s3.getBean(ObjectStore.class));

    @AfterEach
    void close() {
        photos.close();
        s3.close();
    }

    /** The preparer is killed between the picture's put and the record that names it. Then the photo is deleted. */
    @Test
    void aPictureThatWasStoredBeforeTheDeleteGoesWithIt() {
        photos.lab.start(photos.photos);
        var kept = photos.upload("kept", "x1");
        var gone = photos.upload("gone", "x2");
        photos.store(picture(kept), "a preview");
        photos.store(picture(gone), "a preview");
        photos.awaitSaved();

        photos.delete(gone.photoId());

        await().untilAsserted(() -> assertThat(photos.keys()).containsExactly(original(kept), picture(kept)));
    }

    /** The preparer reads the original, the photo is deleted, and the preparer is killed after the picture's put. */
    @Test
    void aPictureThatWasStoredAfterTheDeleteGoesWhenThePreparerFindsThePhotoDeleted() {
        photos.lab.start(photos.photos);
        var gone = photos.upload("gone", "x3");
        photos.awaitSaved();
        photos.delete(gone.photoId());
        await().until(() -> !photos.keys().contains(original(gone)));
        photos.awaitSaved();
        photos.store(picture(gone), "a preview");

        photos.ledger.noteUnnamed(List.of(new ObjectKey("unnamed", original(gone)))); // as the preparer does then
        photos.remover.removeAll();

        assertThat(photos.keys()).doesNotContain(picture(gone));
    }

    private static String original(PhotoLab.Written written) {
        return Objects.requireNonNull(written.photo()).object().key();
    }

    private static String picture(PhotoLab.Written written) {
        return original(written) + ".preview-0123456789abcdef";
    }
}
