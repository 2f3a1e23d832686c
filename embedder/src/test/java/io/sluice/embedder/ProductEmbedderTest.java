package io.sluice.embedder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micronaut.health.HealthStatus;
import io.sluice.embedder.compute.CpuPool;
import io.sluice.embedder.compute.ImageWorkers;
import io.sluice.embedder.compute.Lane;
import io.sluice.embedder.compute.ModelWorkers;
import io.sluice.fakes.InMemoryEmbeddings;
import io.sluice.fakes.InMemoryObjects;
import io.sluice.pictures.container.ImageInspector;
import io.sluice.pictures.decode.ImageDecoder;
import io.sluice.runtime.Failure;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Failure.Retryable;
import io.sluice.runtime.Failure.Scope;
import io.sluice.runtime.FailureTranslator;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Outcome.Superseded;
import io.sluice.runtime.Received;
import io.sluice.runtime.Received.Turn;
import io.sluice.runtime.RuntimeFailure;
import io.sluice.schemas.Topics;
import io.sluice.schemas.product.ProductSaved;
import io.sluice.schemas.product.ProductVectors;
import io.sluice.stores.StoreFailure;
import io.sluice.stores.objects.S3Errors;
import io.sluice.testkit.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProductEmbedderTest {
    private final FakeModel model = new FakeModel();
    private final InMemoryObjects objects = new InMemoryObjects();
    private final InMemoryEmbeddings cache = new InMemoryEmbeddings();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final CpuPool pool = new CpuPool(2);
    private final StuckCodec codec = new StuckCodec();
    private final ImageDecoder decoder =
            new ImageDecoder(new ImageInspector(ImageInspector.Limits.ofDefaults()), codec);
    private final ModelWorkers workers =
            new ModelWorkers(model, new ImageWorkers(decoder, pool, Duration.ofMillis(300)), pool);
    private final PictureLoader pictures = new PictureLoader(objects, workers, 1_000_000, 2);
    private final Map<String, Long> ledger = new HashMap<>();
    private boolean ledgerIsAway;
    private final ProductEmbedder embedder = new ProductEmbedder(
            model,
            new Vectors(
                    workers,
                    pictures,
                    cache,
                    new ImageErrors().or(storeIsDown()).or(new S3Errors()),
                    meters),
            new NewerVersions<>(this::newest),
            Topics.productVectors("fake-1"));

    @AfterEach
    void close() {
        pictures.close();
        codec.release();
        workers.close();
    }

    private Map<String, Long> newest(Collection<String> ids) {
        if (ledgerIsAway) {
            throw new IllegalStateException("away");
        }
        return ledger;
    }

    @Test
    void makesNothingOfAProductThatWaitedWhileANewerVersionOrADeletionCame() throws Exception {
        ledger.put("updated", 2L);
        ledger.put("deleted", 2L);
        ledger.put("same", 1L);
        var ids = List.of("updated", "deleted", "same", "unknown");

        assertThat(embedder.handle(
                        ids.stream().map(id -> received(id, Turn.WAITED)).toList()))
                .extracting(outcome -> outcome instanceof Superseded)
                .containsExactly(true, true, false, false);
        assertThat(embedder.handle(
                        ids.stream().map(id -> received(id, Turn.IN_ORDER)).toList()))
                .as("in order, every version is emitted")
                .noneMatch(outcome -> outcome instanceof Superseded);
        ledgerIsAway = true;
        assertThat(embedder.handle(
                        ids.stream().map(id -> received(id, Turn.WAITED)).toList()))
                .as("the indexer notices later")
                .noneMatch(outcome -> outcome instanceof Superseded);
    }

    private static Received<ProductSaved> received(String id, Turn turn) {
        return new Received<>(id, Samples.product(id), 1, null, turn, Instant.EPOCH);
    }

    @Test
    void aPictureThatBlocksTheDecoderFailsAloneAndItsThreadIsReplaced() {
        var batch = new ArrayList<Received<ProductSaved>>();
        for (int i = 0; i < 4; i++) { // more than the pool has threads
            batch.add(received(
                    Samples.productWithImage("stuck-" + i, objects.put("x-" + i, StuckCodec.endless(i), "image/png"))));
            batch.add(received(Samples.productWithImage("good-" + i, objects.put("y-" + i, Pngs.of(i), "image/png"))));
        }

        var outcomes = embedder.handle(batch);

        for (int i = 0; i < batch.size(); i += 2) {
            assertThat(failure(outcomes.get(i))).isInstanceOf(Retryable.class).satisfies(failure -> {
                assertThat(failure.code()).isEqualTo(EmbedderFailure.IMAGE_TOO_SLOW);
                assertThat(failure.detail()).isEqualTo("the image was not decoded within 300 ms");
            });
            assertThat(emitted(outcomes.get(i + 1)).vectors()).containsKey("image");
        }
        assertThat(pool.stuck()).isEqualTo(4);
        assertThat(new DecoderLiveness(pool).status()).isEqualTo(HealthStatus.DOWN);
        codec.release();
        await().untilAsserted(() -> assertThat(pool.stuck()).isZero());
        assertThat(new DecoderLiveness(pool).status()).isEqualTo(HealthStatus.UP);
    }

    @Test
    void largePicturesThatAreStuckFreeTheirMemory() {
        var stuck = IntStream.range(0, 3) // each takes all the memory for decoding
                .mapToObj(i -> received(Samples.productWithImage(
                        "stuck-" + i, objects.put("x-" + i, StuckCodec.endlessAndLarge(i), "image/gif"))));
        var good = IntStream.range(0, 3)
                .mapToObj(i -> received(
                        Samples.productWithImage("good-" + i, objects.put("y-" + i, Pngs.of(i), "image/png"))));

        var outcomes = embedder.handle(Stream.concat(stuck, good).toList());

        assertThat(outcomes.subList(0, 3))
                .allSatisfy(outcome -> assertThat(failure(outcome).code()).isEqualTo(EmbedderFailure.IMAGE_TOO_SLOW));
        assertThat(outcomes.subList(3, 6))
                .allSatisfy(outcome -> assertThat(emitted(outcome).vectors()).containsKey("image"));
        assertThat(workers.embedTexts(List.of("a query"), Lane.QUERY)).hasSize(1);
        workers.close();
        assertThat(pool.stuck()).isEqualTo(3);
    }

    @Test
    void passesAProductOnWithItsVectors() {
        var image = objects.put("products", Pngs.of(200), "image/png");
        var plain = Samples.product("plain");
        var pictured = Samples.productWithImage("pictured", image);

        var outcomes = embedder.handle(List.of(received(plain), received(pictured)));

        assertThat(emitted(outcomes.get(0)))
                .isEqualTo(new ProductVectors(
                        plain, "fake", model.dimensions(), Map.of("text", FakeModel.ofText(text(plain)))));
        assertThat(emitted(outcomes.get(1)).vectors())
                .isEqualTo(Map.of("text", FakeModel.ofText(text(pictured)), "image", FakeModel.ofRed(200)));
        assertThat(computed("text") + computed("image")).isEqualTo(3);
    }

    @Test
    void passesADeletionOn() {
        var outcomes = embedder.handle(List.of(new Received<>("gone", null, 7, null)));

        assertThat(outcomes).containsExactly(Outcome.emitTombstone(Topics.productVectors("fake-1"), "gone"));
        assertThat(model.texts).isEmpty();
    }

    @Test
    void answersInOrderForTextsOfAnyLength() {
        var batch = IntStream.range(0, 50)
                .mapToObj(i -> Samples.product("p-" + i, "x".repeat(1 + i * 37 % 50)))
                .map(ProductEmbedderTest::received)
                .toList();

        var outcomes = embedder.handle(batch);

        for (int i = 0; i < batch.size(); i++) {
            var product = Objects.requireNonNull(batch.get(i).event());
            assertThat(emitted(outcomes.get(i)).product()).isEqualTo(product);
            assertThat(emitted(outcomes.get(i)).vectors()).containsEntry("text", FakeModel.ofText(text(product)));
        }
    }

    @Test
    void computesADuplicateOnce() {
        var image = objects.put("products", Pngs.of(10), "image/png");
        var batch = IntStream.range(0, 10)
                .mapToObj(i -> new ProductSaved(
                        "p-" + i, "Same", "text", Samples.product("p").metadata(), image))
                .map(ProductEmbedderTest::received)
                .toList();

        assertThat(embedder.handle(batch))
                .hasSize(10)
                .allSatisfy(outcome -> assertThat(emitted(outcome).vectors()).hasSize(2));

        assertThat(model.texts).containsExactly("Same. text");
        assertThat(model.pictures).hasSize(1);
        assertThat(objects.fetched()).hasSize(1);
    }

    @Test
    void reusesVectorsOfTheSameModelAndContent() {
        var image = objects.put("products", Pngs.of(10), "image/png");
        var product = Samples.productWithImage("p", image);
        var first = embedder.handle(List.of(received(product)));

        var second = embedder.handle(List.of(received(product)));

        assertThat(second).isEqualTo(first);
        assertThat(model.texts).hasSize(1);
        assertThat(objects.fetched()).hasSize(1);
        assertThat(counted("reused", "text") + counted("reused", "image")).isEqualTo(2);
        assertThat(cache.keys())
                .as("a vector of other pixels from the same file has another key")
                .extracting(key -> key.vector() + " of " + key.model())
                .containsExactlyInAnyOrder("text of fake/1", "image of fake/1/" + ImageDecoder.REVISION);
    }

    @Test
    void computesVectorsWhenTheCacheIsNotAvailable() {
        cache.setAway(true);
        var product = Samples.product("p");

        embedder.handle(List.of(received(product)));
        var again = embedder.handle(List.of(received(product)));

        assertThat(emitted(again.getFirst()).vectors()).containsKey("text");
        assertThat(model.texts).hasSize(2);
    }

    @Test
    void failsAProductWhoseImageIsRefusedAndPassesItsNeighbors() {
        var good = objects.put("products", Pngs.of(90), "image/png");
        var cut = Pngs.of(91);
        var truncated = objects.put("products", Arrays.copyOf(cut, cut.length / 2), "image/png");
        var text = objects.put("products", "text".getBytes(StandardCharsets.UTF_8), "image/jpeg");

        var outcomes = embedder.handle(List.of(
                received(Samples.productWithImage("a", good)),
                received(Samples.productWithImage("b", truncated)),
                received(Samples.productWithImage("c", text)),
                received(Samples.product("d"))));

        assertThat(emitted(outcomes.get(0)).vectors()).containsKey("image");
        assertThat(failure(outcomes.get(1))).isInstanceOf(Fatal.class);
        assertThat(failure(outcomes.get(1)).code()).isEqualTo(EmbedderFailure.IMAGE_TRUNCATED);
        assertThat(failure(outcomes.get(2)).code()).isEqualTo(EmbedderFailure.IMAGE_FORMAT_UNSUPPORTED);
        assertThat(failure(outcomes.get(2)).detail()).contains("text is not supported");
        assertThat(emitted(outcomes.get(3)).vectors()).containsOnlyKeys("text");
    }

    @Test
    void failsAProductWhoseImageIsMissing() {
        var outcome = embedder.handle(List.of(received(Samples.productWithImage("p", Samples.image()))))
                .getFirst();

        assertThat(failure(outcome).code()).isEqualTo(StoreFailure.OBJECT_MISSING);
        assertThat(cache.keys()).extracting(key -> key.vector()).containsExactly("text");
    }

    @Test
    void waitsForTheObjectStoreWhenItIsDown() {
        objects.failWith(new StoreIsDown());

        var outcome = embedder.handle(List.of(received(Samples.productWithImage("p", Samples.image()))))
                .getFirst();

        assertThat(failure(outcome))
                .asInstanceOf(InstanceOfAssertFactories.type(Retryable.class))
                .extracting(Retryable::scope)
                .isEqualTo(Scope.DEPENDENCY);
    }

    @Test
    void retriesARecordAfterAnUnknownFailure() {
        objects.failWith(new IllegalStateException("no idea"));

        var outcome = embedder.handle(List.of(received(Samples.productWithImage("p", Samples.image()))))
                .getFirst();

        assertThat(failure(outcome).code()).isEqualTo(RuntimeFailure.UNCLASSIFIED);
        assertThat(failure(outcome)).isInstanceOf(Retryable.class);
    }

    private static final class StoreIsDown extends RuntimeException {}

    private static FailureTranslator storeIsDown() {
        return thrown -> thrown instanceof StoreIsDown
                ? Optional.of(new Retryable(StoreFailure.OBJECT_STORE_UNAVAILABLE, "down", Scope.DEPENDENCY, thrown))
                : Optional.empty();
    }

    private static Received<ProductSaved> received(ProductSaved product) {
        return new Received<>(product.productId(), product, 1, null);
    }

    private static String text(ProductSaved product) {
        return product.name() + ". " + product.description();
    }

    private static ProductVectors emitted(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Emit.class);
        return (ProductVectors) Objects.requireNonNull(
                ((Outcome.Emit) outcome).emissions().getFirst().event());
    }

    private static Failure failure(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).failure();
    }

    private double computed(String vector) {
        return counted("computed", vector);
    }

    private double counted(String source, String vector) {
        return meters.counter(Vectors.METER, "source", source, "vector", vector).count();
    }
}
