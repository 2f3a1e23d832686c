package io.sluice.indexer.photo;

import static io.sluice.testkit.PipelineLab.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fakes.InMemoryObjects;
import io.sluice.runtime.kafka.ConsumerGroups;
import io.sluice.runtime.run.RunningPipeline;
import io.sluice.schemas.Topic;
import io.sluice.schemas.Topics;
import io.sluice.stores.letters.LetterTable;
import io.sluice.stores.objects.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Objects that no photo names, with a clock that is ahead. */
class PhotoSweepIT {
    private static final String ORPHAN = "photos/" + PhotoLab.OWNER + "/orphan-x9";

    private final PhotoLab photos = new PhotoLab(new InMemoryObjects());
    private final RunningPipeline running = photos.lab.start(photos.photos);

    @AfterEach
    void close() {
        photos.close();
    }

    @Test
    void removesWhatNoPhotoNamesAfter45Days() throws Exception {
        havePhotoAndOrphans();

        sweepIn(Duration.ofDays(44));
        assertThat(photos.keys()).hasSize(5);
        sweepIn(Duration.ofDays(46));

        assertThat(photos.keys()).hasSize(3).allMatch(key -> key.contains("-x1"));
    }

    @Test
    void removesNothingWhileAReaderIsBehind() throws Exception {
        havePhotoAndOrphans();
        running.close();
        var waiting = photos.upload("more bytes", "x2");
        preparerHasRead(2);
        sweepIn(Duration.ofDays(46));
        assertThat(photos.keys()).as("the record of x2 is not read").hasSize(6);

        photos.lab.start(photos.photos);
        photos.lab.awaitDrained(photos.photos);
        sweepIn(Duration.ofDays(46));

        assertThat(photos.ledger.find(waiting.photoId())).isPresent();
        assertThat(photos.keys()).hasSize(4).noneMatch(key -> key.startsWith(ORPHAN));
    }

    @Test
    void removesNothingWhileThePreparerIsBehind() throws Exception {
        havePhotoAndOrphans();
        preparerHasRead(0);

        sweepIn(Duration.ofDays(46));

        assertThat(photos.keys()).hasSize(5);
    }

    @Test
    void removesNothingWhileADeadLetterOfAnIndexerIsOpen() throws Exception {
        havePhotoAndOrphans();
        photos.database.run("""
                INSERT INTO operations.dead_letters (topic, partition, position, pipeline, consumer_group, key, code,
                    message, attempts, failed_at, redrives, orig_topic, orig_partition, orig_offset, state)
                VALUES ('photos.v1.photo-indexer.dlq', 0, 0, 'photo-indexer', 'photo-indexer', 'p', 'POSTGRES_REJECTED',
                    'provoked', 3, now(), 0, 'photos.v1', 0, 0, 'open')""");

        sweepIn(Duration.ofDays(46));
        assertThat(photos.keys()).hasSize(5);
        photos.database.run("UPDATE operations.dead_letters SET state = 'discarded'");
        sweepIn(Duration.ofDays(46));

        assertThat(photos.keys()).hasSize(3);
    }

    /** As when a service is given an empty database: the records of the objects were read into another one. */
    @Test
    void removesNothingThatIsOlderThanTheDatabase() throws Exception {
        havePhotoAndOrphans();
        photos.database.run("UPDATE photo_sweep SET since = now() + interval '1 hour'");

        sweepIn(Duration.ofDays(46));

        assertThat(photos.keys()).hasSize(5);
    }

    @Test
    void removesSelfiesThatNoEnrolmentNames() throws Exception {
        photos.lab.create(Topics.FACE_ENROLMENTS);
        photos.store("faces/anna/1", "the gateway died");
        photos.lab.write(Topics.FACE_ENROLMENTS, "anna", null, "job");

        sweepIn(Duration.ofDays(46));
        assertThat(selfies()).as("the record is not read").hasSize(1);
        hasRead(Topics.FACE_ENROLLER, Topics.FACE_ENROLMENTS, 1);
        sweepIn(Duration.ofDays(44));
        assertThat(selfies()).hasSize(1);
        sweepIn(Duration.ofDays(46));

        assertThat(selfies()).isEmpty();
    }

    private List<ObjectStore.Listed> selfies() {
        return photos.objects.list("faces/", null, 10);
    }

    /** Makes a photo that is prepared, an upload that broke off, and a picture whose record was never written. */
    private void havePhotoAndOrphans() throws Exception {
        photos.lab.start(photos.preparedPhotos);
        photos.prepare(photos.upload("bytes", "x1"));
        photos.store(ORPHAN, "the gateway died");
        photos.store(ORPHAN + ".preview-0123456789abcdef", "the preparer died");
        photos.awaitDrained();
        await().until(() -> photos.keys().size() == 5);
        preparerHasRead(1);
    }

    /** Commits an offset for the preparer, which does not run here. */
    private void preparerHasRead(long offset) throws Exception {
        hasRead(Topics.PHOTO_PREPARER, Topics.PHOTOS, offset);
    }

    private void hasRead(String pipeline, Topic<?> topic, long offset) throws Exception {
        var partition = new TopicPartition(photos.lab.names().of(topic), 0);
        var group = photos.lab.names().group(pipeline);
        photos.lab
                .kafka()
                .admin()
                .alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private void sweepIn(Duration ahead) {
        var clock = Clock.fixed(Instant.now().plus(ahead), ZoneOffset.UTC);
        var groups = new ConsumerGroups(photos.lab.kafka().admin(), Duration.ofSeconds(30));
        var reads = new ReadCheck(groups, photos.lab.names(), photos.stores.getBean(LetterTable.class));
        new PhotoSweep(photos.ledger, photos.objects, photos.remover, reads, clock).sweep();
    }
}
