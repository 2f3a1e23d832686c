package io.sluice.indexer.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.context.ApplicationContext;
import io.sluice.indexer.IndexerConfig;
import io.sluice.indexer.photo.PhotoLab.Written;
import io.sluice.runtime.FacesConfig;
import io.sluice.runtime.Pipeline;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.photo.PhotoLedger;
import io.sluice.stores.photo.PhotoRow;
import io.sluice.testkit.TestStack;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Both topics are read again from the beginning, with a real object store. */
class PhotoReplayIT {
    private static final int PHOTOS = 12;
    private static final int STEPS = 80;

    private final ApplicationContext s3 =
            ApplicationContext.run(Map.of("s3.endpoint", TestStack.s3().url(), "s3.bucket", "replay"));
    private final PhotoLab photos = new PhotoLab(s3.getBean(ObjectStore.class));

    @AfterEach
    void close() {
        photos.close();
        s3.close();
    }

    @Seeded
    @Test
    void aReplayBringsNoDeletedPhotoBackAndRemovesNoObjectOfAPhotoThatStands(Seed seed) throws Exception {
        var ids = write(seed);
        run();
        var rows = photos.ledger.find(ids);
        var keys = photos.keys();
        assertThat(new HashSet<>(keys)).isEqualTo(named(rows.values()));
        assertThat(rows.values()).anyMatch(row -> row.upload() == null).anyMatch(row -> row.upload() != null);

        reset(photos.photos);
        reset(photos.preparedPhotos);
        run();
        assertThat(photos.ledger.find(ids)).isEqualTo(rows);
        assertThat(photos.keys()).isEqualTo(keys);

        assertThat(replayedIntoAnEmptyDatabase(ids)).isEqualTo(rows);
        assertThat(photos.keys()).isEqualTo(keys);
    }

    /** Uploads and deletes photos in turns, and prepares them in any order. {@return their ids} */
    private Set<String> write(Seed seed) {
        var random = seed.random();
        var unprepared = new ArrayList<Written>();
        var last = new HashMap<Integer, Written>();
        for (var step = 0; step < STEPS; step++) {
            var photo = random.nextInt(PHOTOS);
            var before = last.get(photo);
            var written = before != null && before.photo() != null
                    ? photos.delete(before.photoId())
                    : photos.upload("photo " + photo, "x" + step);
            last.put(photo, written);
            unprepared.add(written);
            while (!unprepared.isEmpty() && random.nextInt(3) > 0) {
                photos.prepare(unprepared.remove(random.nextInt(unprepared.size())));
            }
        }
        unprepared.forEach(photos::prepare);
        var ids = new HashSet<String>();
        last.values().forEach(written -> ids.add(written.photoId()));
        return ids;
    }

    private void run() {
        try (var _ = photos.lab.start(photos.photos);
                var _ = photos.lab.start(photos.preparedPhotos)) {
            photos.awaitDrained();
        }
    }

    /** Sets the consumer group of a stopped pipeline to the beginning. */
    private void reset(Pipeline<?> pipeline) throws Exception {
        var kafka = photos.lab.kafka();
        var group = photos.lab.names().group(pipeline.group());
        var beginnings = new HashMap<TopicPartition, OffsetAndMetadata>();
        kafka.committed(group).keySet().forEach(partition -> beginnings.put(partition, new OffsetAndMetadata(0)));
        kafka.admin().alterConsumerGroupOffsets(group, beginnings).all().get();
    }

    private Map<String, PhotoRow> replayedIntoAnEmptyDatabase(Set<String> ids) throws Exception {
        try (var stores = ApplicationContext.run(
                Map.of("database.url", TestStack.postgres().url()))) {
            var ledger = stores.getBean(PhotoLedger.class);
            try (var remover = new ObjectRemover(ledger, photos.objects, Clock.systemUTC())) {
                var config = new IndexerConfig(7, 7);
                var saved = new PhotosPipeline().photos(config, ledger, remover);
                var prepared = new PhotosPipeline().preparedPhotos(config, new FacesConfig("off"), ledger, remover);
                reset(saved);
                reset(prepared);
                try (var _ = photos.lab.start(prepared);
                        var _ = photos.lab.start(saved)) {
                    photos.lab.awaitDrained(saved);
                    photos.lab.awaitDrained(prepared);
                    remover.removeAll();
                }
                return ledger.find(ids);
            }
        }
    }

    private static Set<String> named(Collection<PhotoRow> rows) {
        var keys = new HashSet<String>();
        for (var row : rows) {
            var upload = row.upload();
            var pictures = row.pictures();
            if (upload != null && pictures != null) {
                List.of(upload.photo().object(), pictures.preview(), pictures.thumbnail())
                        .forEach(object -> keys.add(object.key()));
            }
        }
        return keys;
    }
}
