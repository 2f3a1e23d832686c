package io.sluice.embedder.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.embedder.ImageErrors;
import io.sluice.embedder.NewerVersions;
import io.sluice.embedder.compute.CpuPool;
import io.sluice.embedder.compute.ImageWorkers;
import io.sluice.fakes.InMemoryObjects;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.ImageRefusedException;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Emission;
import io.sluice.runtime.Outcome.Emit;
import io.sluice.runtime.Outcome.Failed;
import io.sluice.runtime.Outcome.Superseded;
import io.sluice.runtime.Received;
import io.sluice.runtime.Received.Turn;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.S3Errors;
import io.sluice.stores.photo.PhotoLedger.ObjectKey;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class PhotoPreparerTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-28T06:00:00Z"), ZoneOffset.UTC);
    private static final Instant TAKEN = Instant.parse("2024-07-14T18:30:05Z");
    private static final Instant BY_EVENT = Instant.parse("2020-01-01T00:00:00Z");

    private final InMemoryObjects objects = new InMemoryObjects();
    private final CpuPool pool = new CpuPool(2);
    private final ImageWorkers workers = new ImageWorkers(
            new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults())), pool, Duration.ofSeconds(20));
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<String, Long> ledger = new HashMap<>();
    private final List<ObjectKey> toRemove = new ArrayList<>();
    private boolean ledgerIsAway;
    private boolean ledgerIsReadOnly;
    private final PhotoPreparer preparer = preparer(workers, 2);

    private PhotoPreparer preparer(ImageWorkers workers, int atOnce) {
        return new PhotoPreparer(
                new PhotoRenderer(objects, workers, CLOCK),
                new OldPhotos(new NewerVersions<>(this::newest), this::noted),
                new ImageErrors().or(new S3Errors()),
                atOnce,
                meters);
    }

    private List<Outcome> handle(List<Received<PhotoSaved>> batch) {
        try {
            return preparer.handle(batch);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Long> newest(Collection<String> ids) {
        if (ledgerIsAway) {
            throw new IllegalStateException("away");
        }
        return ledger;
    }

    private void noted(List<ObjectKey> originals) {
        if (ledgerIsReadOnly) {
            throw new IllegalStateException("read only");
        }
        toRemove.addAll(originals);
    }

    @AfterEach
    void close() {
        preparer.close();
        pool.close();
    }

    @Test
    void emitsAPhotoWithItsPicturesAndFacts() throws Exception {
        var file = Jpegs.turned(Jpegs.of(3_000, 1_500, Color.RED));
        var photo = photo("p", stored("p", file), null);

        var prepared = prepared(handle(List.of(received(photo))).getFirst());

        assertThat(prepared.photo()).isEqualTo(photo);
        assertThat(prepared.width()).isEqualTo(1_500);
        assertThat(prepared.height()).isEqualTo(3_000);
        assertThat(prepared.takenAt()).isEqualTo(TAKEN);
        var key = photo.object().key();
        shows(prepared.preview(), key + ".preview-", 960, 1_920);
        shows(prepared.thumbnail(), key + ".thumbnail-", 200, 400);
        assertThat(meters.get(PhotoPreparer.METER).timer().count()).isEqualTo(1);
    }

    private void shows(StoredObject object, String keyPrefix, int width, int height) throws Exception {
        assertThat(object.key()).isEqualTo(keyPrefix + object.sha256().substring(0, 16));
        assertThat(object.contentType()).isEqualTo("image/jpeg");
        var image = ImageIO.read(new ByteArrayInputStream(objects.get(object, 1_000_000)));
        assertThat(image.getWidth()).isEqualTo(width);
        assertThat(image.getHeight()).isEqualTo(height);
        assertThat(new Color(image.getRGB(width / 2, height / 2)).getRed()).isGreaterThan(240);
    }

    @Test
    void theEventsOwnTimeIsBeforeThatOfTheFile() {
        var photo = photo("p", stored("p", Jpegs.turned(Jpegs.of(60, 40, Color.RED))), BY_EVENT);

        assertThat(prepared(handle(List.of(received(photo))).getFirst()).takenAt())
                .isEqualTo(BY_EVENT);
    }

    @Test
    void preparingAPhotoAgainStoresNothingNew() {
        var photo = photo("p", stored("p", Jpegs.of(600, 400, Color.BLUE)), null);
        var first = handle(List.of(received(photo)));
        var kept = Map.copyOf(objects.kept());

        var again = handle(List.of(received(photo)));

        assertThat(again).isEqualTo(first);
        assertThat(objects.kept()).containsOnlyKeys(kept.keySet()).hasSize(3);
    }

    @Test
    void passesDeletionsOn() {
        var outcome = handle(List.of(new Received<>("gone", null, 7, "job"))).getFirst();

        assertThat(outcome).isEqualTo(Outcome.emitTombstone(Topics.PREPARED_PHOTOS, "gone"));
    }

    @Test
    void logsTheJobsAndTheFilesOfABatchInOneLine() {
        var logger = (Logger) LoggerFactory.getLogger(PhotoPreparer.class);
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        logger.addAppender(lines);
        try {
            var file = stored("a", Jpegs.of(60, 40, Color.RED));
            var hostile = new PhotoSaved("b", "anna", "a\u001b[2J.jpg", file, null);
            handle(List.of(
                    received(photo("a", file, null)), received(hostile), new Received<>("gone", null, 7, "job-gone")));
        } finally {
            logger.detachAppender(lines);
        }

        assertThat(lines.list)
                .filteredOn(line -> line.getLevel() == Level.INFO)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.getMessage()).isEqualTo("photos prepared");
                    assertThat(line.getKeyValuePairs())
                            .extracting(pair -> pair.key + "=" + pair.value)
                            .contains(
                                    "photos=3",
                                    "jobs=[job-a, job-b, job-gone]",
                                    "files=[a.jpg, a\\u001b[2J.jpg]",
                                    "failed=0");
                });
    }

    @Test
    void aBrokenPhotoFailsAloneWithItsReason() {
        var whole = Jpegs.of(200, 100, Color.GREEN);
        var photos = List.of(
                photo("a", stored("a", whole), null),
                photo("cut", stored("cut", Arrays.copyOf(whole, whole.length / 2)), null),
                photo("text", stored("text", new byte[] {'h', 'i'}), null),
                photo("b", stored("b", whole), null));

        var outcomes = handle(photos.stream().map(PhotoPreparerTest::received).toList());

        assertThat(prepared(outcomes.get(0)).photo().photoId()).isEqualTo("a");
        assertThat(failure(outcomes.get(1)))
                .isInstanceOfSatisfying(
                        Fatal.class, fatal -> assertThat(fatal.code().name()).isEqualTo("IMAGE_TRUNCATED"));
        assertThat(failure(outcomes.get(2)))
                .isInstanceOfSatisfying(
                        Fatal.class, fatal -> assertThat(fatal.code().name()).isEqualTo("IMAGE_FORMAT_UNSUPPORTED"));
        assertThat(prepared(outcomes.get(3)).photo().photoId()).isEqualTo("b");
    }

    @Test
    void anObjectThatIsMissingIsRetriedUnlessThePhotoIsDeletedOrReplaced() {
        var object = new StoredObject("sluice", "photos/anna/gone", "0".repeat(64), "image/jpeg", 10);
        var ids = List.of("deleted", "replaced", "same", "unknown");
        ledger.putAll(Map.of("deleted", 2L, "replaced", 3L, "same", 1L));
        var batch = ids.stream().map(id -> received(photo(id, object, null))).toList();

        var outcomes = handle(batch);

        assertThat(outcomes.subList(0, 2)).allMatch(Superseded.class::isInstance);
        assertThat(outcomes.subList(2, 4))
                .allSatisfy(outcome -> assertThat(failure(outcome))
                        .isInstanceOfSatisfying(Retryable.class, retryable -> {
                            assertThat(retryable.code().name()).isEqualTo("OBJECT_MISSING");
                            assertThat(retryable.scope()).isEqualTo(Scope.RECORD);
                        }));
        ledgerIsAway = true;
        assertThat(handle(batch)).allMatch(Failed.class::isInstance);
        assertThat(objects.kept()).isEmpty();
    }

    /** An attempt before may have stored a picture and ended before it emitted anything. */
    @Test
    void whatAnAttemptBeforeStoredIsNotedToBeRemovedWhenThePhotoIsDeleted() {
        var object = new StoredObject("sluice", "photos/anna/gone", "0".repeat(64), "image/jpeg", 10);
        var batch = List.of(received(photo("p", object, null)), received(photo("q", object, null)));
        ledger.put("p", 2L);

        ledgerIsReadOnly = true;
        assertThat(handle(batch)).as("they come again").allMatch(Failed.class::isInstance);
        ledgerIsReadOnly = false;
        assertThat(handle(batch).getFirst()).isInstanceOf(Superseded.class);

        assertThat(toRemove).containsExactly(ObjectKey.of(object));
    }

    @Test
    void makesNothingOfWhatWaitedWhileANewerVersionCame() {
        var photo = photo("p", stored("p", Jpegs.of(60, 40, Color.RED)), null);
        ledger.put("p", 2L);

        assertThat(handle(List.of(waited(photo), waited(null)))).allMatch(Superseded.class::isInstance);
        assertThat(objects.kept()).hasSize(1);
        assertThat(toRemove).containsExactly(ObjectKey.of(photo.object()));
        assertThat(prepared(handle(List.of(received(photo))).getFirst()).photo())
                .as("in order: the event names what was stored, so that the indexer removes it")
                .isEqualTo(photo);
    }

    @Test
    void onlySoManyPhotosAreInMemoryAtATime() throws Exception {
        var inMemory = new AtomicInteger();
        var most = new AtomicInteger();
        var gate = new CountDownLatch(1);
        var slow = new ImageWorkers(
                new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()), (still, reduction, alpha) -> {
                    most.accumulateAndGet(inMemory.incrementAndGet(), Math::max);
                    awaitUninterruptibly(gate);
                    inMemory.decrementAndGet();
                    throw new ImageRefusedException(Code.IMAGE_UNDECODABLE, "seen");
                }),
                pool,
                Duration.ofSeconds(20));
        var batch = IntStream.range(0, 6)
                .mapToObj(i -> received(photo("p" + i, stored("p" + i, Jpegs.of(40 + i, 40, Color.RED)), null)))
                .toList();
        try (var one = preparer(slow, 1);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var handling = threads.submit(() -> one.handle(batch));
            await().until(() -> inMemory.get() == 1);
            gate.countDown();
            assertThat(handling.get()).hasSize(6);
        }
        assertThat(most).hasValue(1);
        assertThat(objects.fetched()).hasSize(6);
    }

    @Test
    void photosThatWaitForAPlaceAreNotPreparedAfterTheStop() throws Exception {
        var began = new CountDownLatch(1);
        var gate = new CountDownLatch(1);
        var stuck = new ImageWorkers(
                new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()), (still, reduction, alpha) -> {
                    began.countDown();
                    awaitUninterruptibly(gate);
                    throw new ImageRefusedException(Code.IMAGE_UNDECODABLE, "seen");
                }),
                pool,
                Duration.ofSeconds(20));
        var batch = IntStream.range(0, 6)
                .mapToObj(i -> received(photo("p" + i, stored("p" + i, Jpegs.of(40 + i, 40, Color.RED)), null)))
                .toList();
        var one = preparer(stuck, 1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var handling = threads.submit(() -> one.handle(batch));
            began.await();

            one.close();
            gate.countDown();

            assertThat(handling)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .havingCause()
                    .as("the batch comes again")
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(objects.fetched()).hasSize(1);
    }

    private static void awaitUninterruptibly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Received<PhotoSaved> waited(@Nullable PhotoSaved photo) {
        return new Received<>("p", photo, 1, null, Turn.WAITED, Instant.EPOCH);
    }

    private StoredObject stored(String id, byte[] file) {
        return objects.put(sha256 -> "photos/anna/" + sha256 + "-" + id, file, "image/jpeg");
    }

    private static PhotoSaved photo(String id, StoredObject object, @Nullable Instant takenAt) {
        return new PhotoSaved(id, "anna", id + ".jpg", object, takenAt);
    }

    private static Received<PhotoSaved> received(PhotoSaved photo) {
        return new Received<>(photo.photoId(), photo, 1, "job-" + photo.photoId());
    }

    private static PreparedPhoto prepared(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Emit.class);
        Emission<?> emission = ((Emit) outcome).emissions().getFirst();
        assertThat(emission.topic()).isEqualTo(Topics.PREPARED_PHOTOS);
        return (PreparedPhoto) Objects.requireNonNull(emission.event());
    }

    private static Failure failure(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Failed.class);
        return ((Failed) outcome).failure();
    }
}
