package io.sluice.embedder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.context.ApplicationContext;
import io.sluice.embedder.compute.CpuPool;
import io.sluice.embedder.compute.ImageWorkers;
import io.sluice.embedder.compute.ModelWorkers;
import io.sluice.fakes.InMemoryEmbeddings;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.runtime.Pipeline;
import io.sluice.runtime.RetryPolicy;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore;
import io.sluice.stores.objects.S3Errors;
import io.sluice.testkit.FaultInjector;
import io.sluice.testkit.FaultInjector.Fault;
import io.sluice.testkit.PipelineLab;
import io.sluice.testkit.Samples;
import io.sluice.testkit.TestStack;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** One product whose handler or picture fails in any way, among 200 good ones, while the object store works. */
class AnyFaultIT {
    private static final int GOOD = 200;
    private static final String BAD = "bad";
    private static final List<String> NO_STORES_FAULT = List.of("UNCLASSIFIED", "OBJECT_MISSING", "OBJECT_CORRUPT");

    private final PipelineLab lab = PipelineLab.open(1);
    private final ApplicationContext stores =
            ApplicationContext.run(Map.of("s3.endpoint", TestStack.s3().url(), "s3.bucket", "any-fault"));
    private final ObjectStore objects = stores.getBean(ObjectStore.class);
    private final ImageDecoder decoder =
            new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()), new StuckCodec());
    private final CpuPool pool = new CpuPool(1);
    private final ModelWorkers workers =
            new ModelWorkers(new FakeModel(), new ImageWorkers(decoder, pool, Duration.ofSeconds(5)), pool);

    @AfterEach
    void close() {
        lab.close();
        workers.close();
        stores.close();
    }

    static Stream<Fault> exceptions() {
        return Stream.of(
                new Fault("an exception that no table knows", () -> new IllegalStateException("provoked")),
                new Fault("an Error", () -> new StackOverflowError("provoked")));
    }

    static Stream<Fault> inTheStore() {
        var statuses = IntStream.of(301, 400, 401, 403, 404, 405, 408, 409, 412, 416, 429, 500, 501, 503, 504)
                .mapToObj(status -> new Fault(
                        "S3 " + status,
                        () -> S3Exception.builder()
                                .statusCode(status)
                                .message("provoked")
                                .build()));
        return Stream.concat(
                statuses,
                Stream.of(
                        new Fault("S3: connection refused", () -> SdkClientException.create("provoked")),
                        new Fault(
                                "S3: hangs until the default timeout",
                                Duration.ofSeconds(30),
                                () -> ApiCallTimeoutException.create(30_000))));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void aProductThatFailsIsGivenUpOnceAndStopsNoOther(Fault fault) {
        publish();

        try (var pictures = new PictureLoader(objects, workers, 1_000_000, 2)) {
            new FaultInjector(lab, BAD).check(pipeline(pictures), fault, GOOD, NO_STORES_FAULT);
        }
    }

    @ParameterizedTest
    @MethodSource("inTheStore")
    void aProductWhosePictureFailsIsGivenUpOnceAndStopsNoOther(Fault fault) {
        var picture = publish();
        var failing = (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (self, method, args) -> {
                    if (method.getName().equals("get") && args[0].equals(picture)) {
                        fault.happen();
                    }
                    try {
                        return method.invoke(objects, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                });

        try (var pictures = new PictureLoader(failing, workers, 1_000_000, 2)) {
            new FaultInjector(lab, BAD).checkStore(pipeline(pictures), fault, GOOD, NO_STORES_FAULT);
        }
    }

    private StoredObject publish() {
        lab.create(Topics.PRODUCTS);
        var picture = objects.put("products", Pngs.of(7), "image/png");
        for (var i = 0; i < GOOD; i++) {
            if (i == GOOD / 2) {
                lab.publish(Topics.PRODUCTS, Samples.productWithImage(BAD, picture), "job-" + BAD);
            }
            lab.publish(Topics.PRODUCTS, Samples.product("good-" + i), "job-" + i);
        }
        return picture;
    }

    private Pipeline<ProductSaved> pipeline(PictureLoader pictures) {
        var vectors = Topics.productVectors("fake-1");
        var errors = new ImageErrors().or(new S3Errors());
        var embedder = new ProductEmbedder(
                new FakeModel(),
                new Vectors(workers, pictures, new InMemoryEmbeddings(), errors, new SimpleMeterRegistry()),
                new NewerVersions<>(_ -> Map.of()),
                vectors);
        return Pipeline.named("embedder")
                .from(Topics.PRODUCTS)
                .inBatchesOf(32)
                .emits(vectors)
                .reports("product", "embedded")
                .dependsOn(objects)
                .translating(errors)
                .handledBy(embedder, RetryPolicy.ofDefaults());
    }
}
