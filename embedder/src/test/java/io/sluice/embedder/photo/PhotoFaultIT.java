package io.sluice.embedder.photo;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.sluice.embedder.ImageErrors;
import io.sluice.embedder.NewerVersions;
import io.sluice.embedder.compute.CpuPool;
import io.sluice.embedder.compute.ImageWorkers;
import io.sluice.fakes.InMemoryObjects;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.pictures.decode.Picture;
import io.sluice.pictures.photo.Renditions;
import io.sluice.runtime.Pipeline;
import io.sluice.schemas.Topics;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.photo.PreparedPhoto;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.S3Errors;
import io.sluice.testkit.FaultInjector;
import io.sluice.testkit.FaultInjector.Fault;
import io.sluice.testkit.PipelineLab;
import java.awt.Color;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One photo whose handler or object fails in any way, among good ones, with a real broker. */
class PhotoFaultIT {
    private static final int GOOD = 100;
    private static final String BAD = "bad";
    private static final List<String> NO_STORES_FAULT = List.of("UNCLASSIFIED", "OBJECT_MISSING", "OBJECT_CORRUPT");

    private final PipelineLab lab = PipelineLab.open(1);
    private final InMemoryObjects objects = new InMemoryObjects();
    private final CpuPool pool = new CpuPool(1);
    private final ImageWorkers workers = new ImageWorkers(
            new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults())), pool, Duration.ofSeconds(5));

    /** What is loaded once must not count as waiting for the bad one. */
    @BeforeAll
    static void loadTheCodecs() {
        var pixel = new Picture(1, 1, new byte[3]);
        assertThat(Renditions.of(pixel, new byte[0]).preview()).isNotEmpty();
    }

    @AfterEach
    void close() {
        lab.close();
        pool.close();
    }

    static Stream<Fault> exceptions() {
        return Stream.of(
                new Fault("an exception that no table knows", () -> new IllegalStateException("provoked")),
                new Fault("an Error", () -> new StackOverflowError("provoked")));
    }

    static Stream<Fault> inTheStore() {
        return Stream.concat(
                IntStream.of(403, 404, 409, 429, 500, 503)
                        .mapToObj(status -> new Fault(
                                "S3 " + status,
                                () -> S3Exception.builder()
                                        .statusCode(status)
                                        .message("provoked")
                                        .build())),
                Stream.of(
                        new Fault("S3: connection refused", () -> SdkClientException.create("provoked")),
                        new Fault("no table knows it", () -> new IllegalStateException("provoked")),
                        new Fault("an Error", () -> new StackOverflowError("provoked"))));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void aPhotoThatFailsIsGivenUpOnceAndStopsNoOther(Fault fault) {
        publish();

        try (var preparer = preparer(objects)) {
            new FaultInjector(lab, BAD).check(pipeline(preparer), fault, GOOD, NO_STORES_FAULT);
        }
    }

    @ParameterizedTest
    @MethodSource("inTheStore")
    void aPhotoWhoseObjectFailsIsGivenUpOnceAndStopsNoOther(Fault fault) {
        var object = publish();
        var failing = (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (self, method, args) -> {
                    if (method.getName().equals("get") && args[0].equals(object)) {
                        fault.happen();
                    }
                    try {
                        return method.invoke(objects, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });

        try (var preparer = preparer(failing)) {
            new FaultInjector(lab, BAD).checkStore(pipeline(preparer), fault, GOOD, NO_STORES_FAULT);
        }
    }

    /** The handler is called for every record, however often, and makes the same of it. */
    @Test
    void eachPhotoIsEmittedOnceWithItsJobAndDeletionsAreInOrder() {
        lab.create(Topics.PHOTOS);
        lab.publish(
                Topics.PHOTOS,
                photo("kept", objects.put("photos/anna", Jpegs.of(50, 40, Color.RED), "image/jpeg")),
                "job-1");
        lab.publish(
                Topics.PHOTOS,
                photo("gone", objects.put("photos/anna", Jpegs.of(50, 40, Color.BLUE), "image/jpeg")),
                "job-2");
        lab.write(Topics.PHOTOS, "gone", null, "job-3");

        try (var preparer = preparer(objects)) {
            var pipeline = pipeline(preparer);
            lab.start(pipeline);
            lab.awaitDrained(pipeline);
        }

        assertThat(lab.events(Topics.PREPARED_PHOTOS))
                .extracting(PreparedPhoto::key)
                .containsExactly("kept", "gone");
        assertThat(lab.read(Topics.PREPARED_PHOTOS).getLast().value()).isNull();
        assertThat(lab.reports("job-1")).contains("prepared:processing");
    }

    private StoredObject publish() {
        lab.create(Topics.PHOTOS);
        var good = objects.put("photos/anna", Jpegs.of(30, 20, Color.RED), "image/jpeg");
        var bad = objects.put("photos/anna", Jpegs.of(30, 20, Color.BLUE), "image/jpeg");
        for (var i = 0; i < GOOD; i++) {
            if (i == GOOD / 2) {
                lab.publish(Topics.PHOTOS, photo(BAD, bad), "job-" + BAD);
            }
            lab.publish(Topics.PHOTOS, photo("good-" + i, good), "job-" + i);
        }
        return bad;
    }

    private static PhotoSaved photo(String id, StoredObject object) {
        return new PhotoSaved(id, "anna", id + ".jpg", object, null);
    }

    private PhotoPreparer preparer(ObjectStore store) {
        return new PhotoPreparer(
                new PhotoRenderer(store, workers, Clock.systemUTC()),
                new OldPhotos(new NewerVersions<>(_ -> Map.of()), _ -> {}),
                new ImageErrors().or(new S3Errors()),
                3,
                new SimpleMeterRegistry());
    }

    private Pipeline<PhotoSaved> pipeline(PhotoPreparer preparer) {
        return new PhotoPreparerPipeline().pipeline(preparer, objects);
    }
}
