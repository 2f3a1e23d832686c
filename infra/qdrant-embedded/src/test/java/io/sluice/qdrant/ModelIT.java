package io.sluice.qdrant;

import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.range;
import static io.sluice.qdrant.Samples.num;
import static io.sluice.qdrant.Samples.upsert;
import static io.sluice.qdrant.payload.Json.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.qdrant.client.QueryFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateMode;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import io.sluice.seed.Seed;
import io.sluice.seed.Seeded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares random operations, with restarts in between, with a very simple reference implementation. */
class ModelIT {
    private static final int SESSIONS = 8;
    private static final int OPERATIONS_PER_SESSION = 40;
    private static final int IDS = 40;
    private static final int SIZE = 8;

    /** The expected point. */
    private record Expected(List<Float> vector, Map<String, Value> payload) {}

    private final TreeMap<Long, Expected> model = new TreeMap<>();
    private Random random = new Random();

    @Seeded
    @Test
    void agreesWithTheReferenceAfterEveryRestart(Seed seed, @TempDir Path folder) {
        random = seed.random();
        try (var qdrant = LocalQdrant.on(folder)) {
            Samples.collection(qdrant, "c", SIZE, Distance.Dot);
        }
        for (int session = 0; session < SESSIONS; session++) {
            try (var qdrant = LocalQdrant.on(folder)) {
                assertAgrees(qdrant, "session " + session);
                for (int i = 0; i < OPERATIONS_PER_SESSION; i++) {
                    operate(qdrant);
                }
                assertAgrees(qdrant, "end of session " + session);
            }
        }
        assertThat(model).as("the test did something").isNotEmpty();
    }

    private void operate(LocalQdrant qdrant) {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> upsertAll(qdrant, UpdateMode.Upsert);
            case 3 -> upsertAll(qdrant, random.nextBoolean() ? UpdateMode.InsertOnly : UpdateMode.UpdateOnly);
            case 4 -> upsertGuarded(qdrant);
            case 5 -> deleteById(qdrant);
            case 6 -> deleteByFilter(qdrant);
            default -> mergePayload(qdrant);
        }
    }

    private void upsertAll(LocalQdrant qdrant, UpdateMode mode) {
        var points = someExpected();
        qdrant.points().upsert(upsert("c", structs(points)).setUpdateMode(mode).build());
        points.forEach((id, expected) -> {
            if (mode == UpdateMode.Upsert || model.containsKey(id) == (mode == UpdateMode.UpdateOnly)) {
                model.put(id, expected);
            }
        });
    }

    private void upsertGuarded(LocalQdrant qdrant) {
        var points = someExpected();
        var bound = random.nextInt(100);
        var guard = range("version", Range.newBuilder().setLte(bound).build());
        qdrant.points()
                .upsert(upsert("c", structs(points))
                        .setUpdateFilter(Filter.newBuilder().addMust(guard))
                        .build());
        points.forEach((id, expected) -> {
            var there = model.get(id);
            if (there == null || version(there) <= bound) {
                model.put(id, expected);
            }
        });
    }

    private void deleteById(LocalQdrant qdrant) {
        var id = someId();
        delete(
                qdrant,
                PointsSelector.newBuilder().setPoints(PointsIdsList.newBuilder().addIds(num(id))));
        model.remove(id);
    }

    private void deleteByFilter(LocalQdrant qdrant) {
        var version = random.nextInt(100);
        delete(qdrant, PointsSelector.newBuilder().setFilter(Filter.newBuilder().addMust(match("version", version))));
        model.values().removeIf(expected -> version(expected) == version);
    }

    private static void delete(LocalQdrant qdrant, PointsSelector.Builder points) {
        qdrant.points()
                .delete(DeletePoints.newBuilder()
                        .setCollectionName("c")
                        .setPoints(points)
                        .build());
    }

    private void mergePayload(LocalQdrant qdrant) {
        if (model.isEmpty()) {
            return;
        }
        var id = new ArrayList<>(model.keySet()).get(random.nextInt(model.size()));
        var fields = payload("version", random.nextInt(100), "extra" + random.nextInt(3), "x");
        qdrant.points()
                .setPayload(SetPayloadPoints.newBuilder()
                        .setCollectionName("c")
                        .putAllPayload(fields)
                        .setPointsSelector(PointsSelector.newBuilder()
                                .setPoints(PointsIdsList.newBuilder().addIds(num(id))))
                        .build());
        var merged = new HashMap<>(Objects.requireNonNull(model.get(id)).payload());
        merged.putAll(fields);
        model.put(id, new Expected(Objects.requireNonNull(model.get(id)).vector(), merged));
    }

    private Map<Long, Expected> someExpected() {
        var points = new HashMap<Long, Expected>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            points.put(someId(), new Expected(someVector(), payload("version", random.nextInt(100))));
        }
        return points;
    }

    private long someId() {
        return random.nextInt(IDS);
    }

    private List<Float> someVector() {
        return Stream.generate(() -> random.nextFloat() - 0.5f).limit(SIZE).toList();
    }

    private static PointStruct[] structs(Map<Long, Expected> points) {
        return points.entrySet().stream()
                .map(entry -> PointStruct.newBuilder()
                        .setId(num(entry.getKey()))
                        .setVectors(VectorsFactory.vectors(entry.getValue().vector()))
                        .putAllPayload(entry.getValue().payload())
                        .build())
                .toArray(PointStruct[]::new);
    }

    private static long version(Expected expected) {
        return Objects.requireNonNull(expected.payload().get("version")).getIntegerValue();
    }

    private void assertAgrees(LocalQdrant qdrant, String when) {
        var there = qdrant.points()
                .scroll(ScrollPoints.newBuilder()
                        .setCollectionName("c")
                        .setLimit(2 * IDS)
                        .setWithVectors(WithVectorsSelector.newBuilder().setEnable(true))
                        .build())
                .getResultList();
        assertThat(there)
                .as(when)
                .extracting(point -> point.getId().getNum())
                .containsExactlyElementsOf(model.keySet());
        assertThat(there).as(when).allSatisfy(this::assertAsExpected);
        assertSearchAgrees(qdrant, when);
        var bound = random.nextInt(100);
        var filter = Filter.newBuilder()
                .addMust(range("version", Range.newBuilder().setGt(bound).build()));
        var counted = qdrant.points()
                .count(CountPoints.newBuilder()
                        .setCollectionName("c")
                        .setFilter(filter)
                        .build());
        assertThat(counted.getResult().getCount())
                .as(when)
                .isEqualTo(model.values().stream()
                        .filter(expected -> version(expected) > bound)
                        .count());
    }

    private void assertAsExpected(RetrievedPoint point) {
        var expected = Objects.requireNonNull(model.get(point.getId().getNum()));
        assertThat(point.getPayloadMap()).isEqualTo(expected.payload());
        assertThat(point.getVectors().getVector().getDense().getDataList()).isEqualTo(expected.vector());
    }

    private void assertSearchAgrees(LocalQdrant qdrant, String when) {
        var query = someVector();
        var scores = qdrant
                .points()
                .query(QueryPoints.newBuilder()
                        .setCollectionName("c")
                        .setQuery(QueryFactory.nearest(query))
                        .setLimit(IDS)
                        .build())
                .getResultList()
                .stream()
                .map(hit -> (double) hit.getScore())
                .toList();
        var expected = model.values().stream()
                .map(point -> dot(query, point.vector()))
                .sorted((a, b) -> Double.compare(b, a))
                .toList();
        assertThat(scores).as(when).hasSameSizeAs(expected);
        for (int i = 0; i < scores.size(); i++) {
            assertThat(scores.get(i)).as(when).isEqualTo(expected.get(i), within(1e-5));
        }
    }

    private static double dot(List<Float> a, List<Float> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += (double) a.get(i) * b.get(i);
        }
        return sum;
    }
}
