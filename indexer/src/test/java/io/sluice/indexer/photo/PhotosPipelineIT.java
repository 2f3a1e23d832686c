package io.sluice.indexer.photo;

import static io.sluice.testkit.PipelineLab.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.fakes.InMemoryObjects;
import io.sluice.schemas.Topics;
import io.sluice.schemas.wire.Headers;
import io.sluice.stores.photo.PhotoRow;
import io.sluice.testkit.FaultInjector;
import io.sluice.testkit.FaultInjector.Fault;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.TestKafka;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhotosPipelineIT {
    private static final int GOOD = 100;

    private final InMemoryObjects store = new InMemoryObjects();
    private final PhotoLab photos = new PhotoLab(store);

    @AfterEach
    void close() {
        photos.close();
    }

    @Test
    void aPhotoIsKnownAtOnceAndItsJobEndsWhenItIsPrepared() {
        start();
        var written = photos.upload("bytes", "x1");
        await().until(() -> photos.ledger.find(written.photoId()).isPresent());
        assertThat(row(written.photoId()).isPrepared()).isFalse();
        assertThat(row(written.photoId()).version()).isEqualTo(written.version());

        photos.prepare(written);
        photos.awaitDrained();

        assertThat(row(written.photoId()).isPrepared()).isTrue();
        assertThat(photos.keys()).hasSize(3);
        assertThat(photos.lab.reports(written.jobId()))
                .containsExactlyInAnyOrder("saved:processing", "indexed:succeeded");
    }

    @Test
    void aDeleteRemovesTheRowAndAllObjectsOfThePhotoAndNoOthers() {
        start();
        var first = photos.upload("bytes", "x1");
        var other = photos.upload("other bytes", "x2");
        photos.prepare(first);
        photos.prepare(other);
        photos.awaitDrained();
        assertThat(photos.keys()).hasSize(6);

        var deleted = photos.delete(first.photoId());
        await().until(() -> photos.keys().size() == 3);
        photos.prepare(deleted);
        photos.awaitDrained();

        assertThat(photos.ledger.find(first.photoId())).isEmpty();
        assertThat(photos.keys()).allMatch(key -> key.contains("-x2"));
        assertThat(photos.lab.reports(deleted.jobId())).contains("indexed:succeeded");
    }

    @Test
    void theSameBytesAfterADeleteLoseNothing() {
        start();
        var first = photos.upload("bytes", "x1");
        var deleted = photos.delete(first.photoId());
        var again = photos.upload("bytes", "x2");
        photos.prepare(again);
        photos.prepare(deleted);
        photos.prepare(first);

        photos.awaitDrained();

        assertThat(row(first.photoId()).version()).isEqualTo(again.version());
        assertThat(row(first.photoId()).isPrepared()).isTrue();
        assertThat(photos.keys()).hasSize(3).allMatch(key -> key.contains("-x2"));
        assertThat(photos.lab.reports(first.jobId())).contains("indexed:superseded");
        assertThat(photos.lab.reports(again.jobId())).contains("indexed:succeeded");
    }

    /** Compaction would keep the late record alone, and a new ledger would have a photo that was deleted. */
    @Test
    void theNewestVersionIsWrittenBehindARecordThatCameLate() {
        start();
        var gone = photos.upload("gone", "x1");
        var kept = photos.upload("kept", "x2");
        var deleted = photos.delete(gone.photoId());
        var sentAgain = photos.upload("kept", "x2");
        photos.prepare(deleted);
        photos.prepare(sentAgain);
        photos.awaitDrained();

        photos.prepare(gone, Map.of(Headers.OUT_OF_TURN, "true"));
        photos.prepare(kept, Map.of(Headers.OUT_OF_TURN, "true"));
        await().until(() -> photos.lab.read(Topics.PREPARED_PHOTOS).size() >= 6);
        photos.awaitDrained();

        assertThat(photos.lab.read(Topics.PREPARED_PHOTOS)).as("each once").hasSize(6);
        var last = photos.lab.read(Topics.PREPARED_PHOTOS).subList(4, 6);
        assertThat(last)
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactly(gone.photoId(), kept.photoId());
        assertThat(last)
                .extracting(record -> TestKafka.header(record, Headers.ENTITY_VERSION))
                .containsExactly(String.valueOf(deleted.version()), String.valueOf(sentAgain.version()));
        assertThat(last.getFirst().value()).isNull();
        assertThat(last.getLast().value()).isNotNull();
        assertThat(row(kept.photoId()).isPrepared()).isTrue();
        assertThat(photos.ledger.find(gone.photoId())).isEmpty();
        assertThat(photos.keys()).hasSize(3).allMatch(key -> key.contains("-x2"));
    }

    /** If the preparer and this pipeline both moved it, a delete could come between the two copies of an upload. */
    @Test
    void aRecordOnAForeignPartitionIsLeftToThePreparer() {
        var partitions = 2;
        try (var lab = PipelineLab.open(partitions)) {
            lab.create(Topics.PHOTOS);
            var key = "p".getBytes(UTF_8);
            var home = Utils.toPositive(Utils.murmur2(key)) % partitions;
            lab.kafka().write(List.of(new ProducerRecord<>(lab.names().of(Topics.PHOTOS), 1 - home, key, null)));
            lab.start(photos.photos);

            lab.awaitDrained(photos.photos);

            assertThat(lab.read(Topics.PHOTOS)).hasSize(1);
            assertThat(photos.ledger.find(List.of("p"))).isEmpty();
        }
    }

    @Test
    void objectsThatTheStoreDoesNotRemoveAreRemovedLater() {
        start();
        var written = photos.upload("bytes", "x1");
        photos.prepare(written);
        photos.awaitDrained();
        store.failWith(new IllegalStateException("the store is away"));

        photos.delete(written.photoId());
        await().until(() -> photos.ledger.find(written.photoId()).isEmpty());
        photos.lab.awaitDrained(photos.photos);
        assertThat(photos.ledger.toRemove(10)).hasSize(3);
        store.failWith(null);
        photos.remover.removeAll();

        assertThat(photos.keys()).isEmpty();
        assertThat(photos.ledger.toRemove(10)).isEmpty();
    }

    @Test
    void anObjectThatTheStoreRefusesToRemoveIsTriedAgainWithinSeconds() {
        start();
        var written = photos.upload("bytes", "x1");
        photos.prepare(written);
        photos.awaitDrained();
        store.failDeletesWith(new IllegalStateException("not now"));

        photos.delete(written.photoId());
        await().until(() -> tried().equals(Collections.nCopies(3, List.of("t", "t"))));
        store.failDeletesWith(null);
        await().until(() -> photos.ledger.toRemove(10).size() == 3);
        photos.remover.removeAll();

        assertThat(photos.keys()).isEmpty();
        assertThat(tried()).isEmpty();
    }

    /** {@return whether the removal of each object was tried, and whether it is tried again within seconds} */
    private List<List<String>> tried() {
        return photos.database.rows("SELECT attempts > 0, due_at <= now() + interval '10 s' FROM object_removals");
    }

    @Test
    void theWaitForAnObjectDoublesUpToTenMinutes() {
        assertThat(IntStream.of(0, 1, 2, 6, 7, 100).mapToObj(ObjectRemover::waitAfter))
                .containsExactly(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(320),
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10));
    }

    /** The batch that is handled during the stop has been written. */
    @Test
    void aRemovalThatIsAskedForAfterTheStopIsLeftToTheNextStart() {
        var written = photos.upload("bytes", "x1");
        start();
        photos.awaitDrained();
        photos.remover.close();

        var deleted = photos.delete(written.photoId());
        photos.lab.awaitDrained(photos.photos);

        assertThat(photos.lab.reports(deleted.jobId())).containsExactly("saved:processing");
        assertThat(photos.keys()).hasSize(1);
        photos.remover.removeAll();
        assertThat(photos.keys()).isEmpty();
    }

    static Stream<Fault> faults() {
        return Stream.of(
                new Fault("an exception that no table knows", () -> new IllegalStateException("provoked")),
                new Fault("an Error", () -> new StackOverflowError("provoked")),
                new Fault("SQLSTATE 22001", () -> new SQLException("provoked", "22001")),
                new Fault("SQLSTATE 57014", () -> new SQLException("provoked", "57014")));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aPhotoThatFailsIsGivenUpOnceAndStopsNoOther(Fault fault) {
        var bad = "";
        for (var i = 0; i <= GOOD; i++) {
            var written = photos.upload("bytes " + i, "x1");
            bad = i == GOOD / 2 ? written.photoId() : bad;
        }

        new FaultInjector(photos.lab, bad)
                .check(photos.photos, fault, GOOD, List.of("UNCLASSIFIED", "POSTGRES_REJECTED"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aPreparedPhotoThatFailsIsGivenUpOnceAndStopsNoOther(Fault fault) {
        var bad = "";
        for (var i = 0; i <= GOOD; i++) {
            var written = photos.upload("bytes " + i, "x1");
            photos.prepare(written);
            bad = i == GOOD / 2 ? written.photoId() : bad;
        }

        new FaultInjector(photos.lab, bad)
                .check(photos.preparedPhotos, fault, GOOD, List.of("UNCLASSIFIED", "POSTGRES_REJECTED"));
    }

    private void start() {
        photos.lab.start(photos.photos);
        photos.lab.start(photos.preparedPhotos);
    }

    private PhotoRow row(String photoId) {
        return photos.ledger.find(photoId).orElseThrow();
    }
}
