package io.sluice.qdrant;

import static io.qdrant.client.ConditionFactory.match;
import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.qdrant.client.ConditionFactory.range;
import static io.sluice.qdrant.LocalQdrant.await;
import static io.sluice.qdrant.LocalQdrant.refusal;
import static io.sluice.qdrant.Samples.floats;
import static io.sluice.qdrant.Samples.num;
import static io.sluice.qdrant.Samples.point;
import static io.sluice.qdrant.Samples.upsert;
import static io.sluice.qdrant.payload.Json.Null.NULL;
import static io.sluice.qdrant.payload.Json.payload;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.qdrant.client.VectorOutputHelper;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Common.Range;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.ClearPayloadPoints;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.DeletePayloadPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.PayloadIncludeSelector;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateMode;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.VectorsSelector;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Writing points, and reading them by id. */
class PointsIT {
    private static final WithVectorsSelector WITH_VECTORS =
            WithVectorsSelector.newBuilder().setEnable(true).build();
    private static final WithPayloadSelector WITH_PAYLOAD =
            WithPayloadSelector.newBuilder().setEnable(true).build();

    private static LocalQdrant qdrant;
    private String collection;

    @BeforeAll
    static void start(@TempDir Path folder) {
        qdrant = LocalQdrant.on(folder);
    }

    @AfterAll
    static void stop() {
        qdrant.close();
    }

    @BeforeEach
    void create(TestInfo test) {
        collection = test.getTestMethod().orElseThrow().getName();
        Samples.collection(qdrant, collection, 2, Distance.Cosine, "text", "image");
    }

    @Test
    void storesVectorsNormalizedForCosineAndReturnsThemSo() {
        put(point(1, Map.of("text", floats(3, 4), "image", floats(0, 0))));
        var vectors = get(1).getVectors().getVectors().getVectorsMap();
        assertThat(vectors).containsOnlyKeys("text", "image");
        assertThat(VectorOutputHelper.getDenseVector(vectors.get("text")).getDataList())
                .containsExactly(0.6f, 0.8f);
        assertThat(VectorOutputHelper.getDenseVector(vectors.get("image")).getDataList())
                .as("a zero vector has no direction")
                .containsExactly(0f, 0f);
    }

    @Test
    void leavesVectorsOfOtherDistancesAsTheyAre() {
        Samples.collection(qdrant, collection + "-dot", 2, Distance.Dot);
        qdrant.points()
                .upsert(upsert(collection + "-dot", point(1, floats(3, 4))).build());
        var read = qdrant.points()
                .get(GetPoints.newBuilder()
                        .setCollectionName(collection + "-dot")
                        .addIds(num(1))
                        .setWithVectors(WITH_VECTORS)
                        .build());
        assertThat(read.getResult(0).getVectors().getVector().getDense().getDataList())
                .containsExactly(3f, 4f);
    }

    @Test
    void replacesAPointWhole() {
        put(point(1, Map.of("text", floats(1, 0), "image", floats(1, 0)), "name", "old", "color", "red"));
        put(point(1, Map.of("text", floats(0, 1)), "name", "new"));
        assertThat(get(1).getPayloadMap()).isEqualTo(payload("name", "new"));
        assertThat(get(1).getVectors().getVectors().getVectorsMap()).containsOnlyKeys("text");
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void saysCompletedOnlyToThoseWhoWait() {
        var patient = qdrant.points().upsert(upsert(collection, chair(1)).build());
        assertThat(patient.getResult().getStatus()).isEqualTo(UpdateStatus.Completed);
        var hasty =
                qdrant.points().upsert(upsert(collection, chair(2)).clearWait().build());
        assertThat(hasty.getResult().getStatus()).isEqualTo(UpdateStatus.Acknowledged);
        assertThat(hasty.getResult().getOperationId())
                .isGreaterThan(patient.getResult().getOperationId());
    }

    @Test
    void guardsExistingPointsWithTheUpdateFilterAndInsertsNewOnesRegardless() {
        put(point(1, Map.of(), "version", 5), point(2, Map.of(), "version", 9), point(3, Map.of(), "other", 1));
        var notNewer = range("version", Range.newBuilder().setLte(7).build());
        var batch = upsert(
                        collection,
                        point(1, Map.of(), "version", 7),
                        point(2, Map.of(), "version", 7),
                        point(3, Map.of(), "version", 7),
                        point(4, Map.of(), "version", 7))
                .setUpdateFilter(Filter.newBuilder().addMust(notNewer));
        qdrant.points().upsert(batch.build());
        assertThat(get(1).getPayloadMap()).isEqualTo(payload("version", 7));
        assertThat(get(2).getPayloadMap()).as("newer").isEqualTo(payload("version", 9));
        assertThat(get(3).getPayloadMap()).as("no version").isEqualTo(payload("other", 1));
        assertThat(get(4).getPayloadMap()).as("not there before").isEqualTo(payload("version", 7));
    }

    @Test
    void insertsOnlyOrUpdatesOnlyWhenAskedTo() {
        put(point(1, Map.of(), "name", "old"));
        var both = List.of(point(1, Map.of(), "name", "new"), point(2, Map.of(), "name", "new"));
        qdrant.points()
                .upsert(upsert(collection)
                        .addAllPoints(both)
                        .setUpdateMode(UpdateMode.UpdateOnly)
                        .build());
        assertThat(get(1).getPayloadMap()).isEqualTo(payload("name", "new"));
        assertThat(count()).isEqualTo(1);
        put(point(1, Map.of(), "name", "old"));
        qdrant.points()
                .upsert(upsert(collection)
                        .addAllPoints(both)
                        .setUpdateMode(UpdateMode.InsertOnly)
                        .build());
        assertThat(get(1).getPayloadMap()).isEqualTo(payload("name", "old"));
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void refusesVectorsThatDoNotFitAndKeepsNothingOfTheBatch() {
        assertRefused(
                upsert(collection, chair(1), point(2, Map.of("text", floats(1, 2, 3)))),
                "Wrong input: Vector dimension error: expected dim: 2, got 3");
        assertRefused(
                upsert(collection, chair(1), point(2, Map.of("foo", floats(1, 2)))),
                "Wrong input: Not existing vector name error: foo");
        assertRefused(
                upsert(collection, chair(1), point(2, floats(1, 2))), "Wrong input: Not existing vector name error: ");
        assertRefused(
                upsert(collection, chair(1), point(2, Map.of("text", floats(1, Double.NaN)))),
                "Wrong input: Vector contains NaN or infinite values");
        assertRefused(upsert(collection), "Bad request: Empty update request");
        assertThat(count()).isZero();
    }

    private static void assertRefused(UpsertPoints.Builder request, String text) {
        var refused = refusal(() -> qdrant.points().upsert(request.build()));
        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription()).isEqualTo(text);
    }

    @Test
    void refusesWhatNamesNoPointOrNoCollection() {
        var noUuid = chair(1).toBuilder().setId(PointId.newBuilder().setUuid("chair"));
        assertRefused(upsert(collection, noUuid.build()), "Unable to parse UUID: chair");
        assertRefused(upsert(collection, chair(1).toBuilder().clearId().build()), "No ID options provided");
        assertRefused(
                upsert("", chair(1)),
                "Validation error in body: [collection_name: value \"\" invalid, must be"
                        + " from 1 to 255 characters]");
        var missing =
                refusal(() -> qdrant.points().upsert(upsert("gone", chair(1)).build()));
        assertThat(missing.getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(missing.getDescription()).isEqualTo("Not found: Collection `gone` doesn't exist!");
    }

    @Test
    void deletesByIdAndByFilter() {
        put(point(1, Map.of(), "kind", "a"), point(2, Map.of(), "kind", "b"), point(3, Map.of(), "kind", "b"));
        delete(ids(1, 77));
        assertThat(count()).isEqualTo(2);
        var kind = Filter.newBuilder().addMust(matchKeyword("kind", "b"));
        delete(PointsSelector.newBuilder().setFilter(kind));
        assertThat(count()).isZero();
        var empty = refusal(() -> delete(ids()));
        assertThat(empty.getDescription()).isEqualTo("Bad request: Empty update request");
    }

    private void delete(PointsSelector.Builder points) {
        var deleted = qdrant.points()
                .delete(DeletePoints.newBuilder()
                        .setCollectionName(collection)
                        .setWait(true)
                        .setPoints(points)
                        .build());
        assertThat(deleted.getResult().getStatus()).isEqualTo(UpdateStatus.Completed);
    }

    @Test
    void returnsThoseThatAreThereWithNoMoreThanIsAskedFor() {
        put(point(1, Map.of("text", floats(1, 0), "image", floats(0, 1)), "name", "chair", "color", "red"));
        var request = GetPoints.newBuilder()
                .setCollectionName(collection)
                .addIds(num(1))
                .addIds(num(9));
        var bare = qdrant.points().get(request.build());
        assertThat(bare.getResultList()).singleElement().satisfies(point -> {
            assertThat(point.getPayloadMap()).as("off by default").isEmpty();
            assertThat(point.hasVectors()).isFalse();
        });
        var selected = qdrant.points()
                .get(request.setWithPayload(WithPayloadSelector.newBuilder()
                                .setInclude(PayloadIncludeSelector.newBuilder().addFields("name")))
                        .setWithVectors(WithVectorsSelector.newBuilder()
                                .setInclude(VectorsSelector.newBuilder().addNames("image")))
                        .build());
        assertThat(selected.getResult(0).getPayloadMap()).isEqualTo(payload("name", "chair"));
        assertThat(selected.getResult(0).getVectors().getVectors().getVectorsMap())
                .containsOnlyKeys("image");
        assertThat(await(qdrant.client().retrieveAsync(collection, num(1), null))
                        .getFirst()
                        .getPayloadMap())
                .as("the client's short form asks for it")
                .hasSize(2);
    }

    @Test
    void mergesOverwritesAndEmptiesPayloads() {
        put(point(1, Map.of("text", floats(1, 0)), "name", "chair", "maker", Map.of("city", "Lyon"), "old", true));
        setPayload(payload("maker", Map.of("since", 1901), "new", 1, "old", NULL));
        assertThat(get(1).getPayloadMap())
                .as("top-level keys are merged, null takes away")
                .isEqualTo(payload("name", "chair", "maker", Map.of("since", 1901), "new", 1));
        qdrant.points()
                .deletePayload(DeletePayloadPoints.newBuilder()
                        .setCollectionName(collection)
                        .addKeys("maker")
                        .setPointsSelector(ids(1))
                        .build());
        assertThat(get(1).getPayloadMap()).isEqualTo(payload("name", "chair", "new", 1));
        qdrant.points()
                .overwritePayload(SetPayloadPoints.newBuilder()
                        .setCollectionName(collection)
                        .putAllPayload(payload("only", "this"))
                        .setPointsSelector(ids(1))
                        .build());
        assertThat(get(1).getPayloadMap()).isEqualTo(payload("only", "this"));
        qdrant.points()
                .clearPayload(ClearPayloadPoints.newBuilder()
                        .setCollectionName(collection)
                        .setPoints(ids(1))
                        .build());
        assertThat(get(1).getPayloadMap()).isEmpty();
        assertThat(get(1).getVectors().getVectors().getVectorsMap()).containsOnlyKeys("text");
    }

    @Test
    void refusesAPayloadForAPointThatIsNotThere() {
        var refused = refusal(() -> setPayload(payload("a", 1)));
        assertThat(refused.getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(refused.getDescription()).isEqualTo("Not found: No point with id 1 found");
    }

    private void setPayload(Map<String, Value> fields) {
        qdrant.points()
                .setPayload(SetPayloadPoints.newBuilder()
                        .setCollectionName(collection)
                        .setWait(true)
                        .putAllPayload(fields)
                        .setPointsSelector(ids(1))
                        .build());
    }

    @Test
    void scrollsInTheOrderOfIdsPageByPage() {
        for (long id = 1; id <= 25; id++) {
            put(point(id, Map.of(), "even", id % 2 == 0));
        }
        var page = scroll(ScrollPoints.newBuilder());
        assertThat(page.getResultList()).as("the default limit").hasSize(10);
        assertThat(page.getResult(0).getPayloadMap()).as("on by default").isNotEmpty();
        assertThat(page.getResult(0).hasVectors()).isFalse();
        assertThat(page.getNextPageOffset()).as("the first not returned").isEqualTo(num(11));

        var seen = new ArrayList<Long>();
        var request = ScrollPoints.newBuilder()
                .setLimit(5)
                .setFilter(Filter.newBuilder().addMust(match("even", true)));
        var evens = scroll(request);
        evens.getResultList().forEach(point -> seen.add(point.getId().getNum()));
        while (evens.hasNextPageOffset()) {
            evens = scroll(request.setOffset(evens.getNextPageOffset()));
            evens.getResultList().forEach(point -> seen.add(point.getId().getNum()));
        }
        assertThat(seen).containsExactly(2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 18L, 20L, 22L, 24L);
        assertThat(refusal(() -> scroll(ScrollPoints.newBuilder().setLimit(0))).getDescription())
                .isEqualTo("Validation error in body: [limit: value 0 invalid, must be 1 or larger]");
    }

    private ScrollResponse scroll(ScrollPoints.Builder request) {
        return qdrant.points().scroll(request.setCollectionName(collection).build());
    }

    private static PointStruct chair(long id) {
        return point(id, Map.of("text", floats(1, 0)), "name", "chair");
    }

    private static PointsSelector.Builder ids(long... ids) {
        var list = PointsIdsList.newBuilder();
        for (var id : ids) {
            list.addIds(num(id));
        }
        return PointsSelector.newBuilder().setPoints(list);
    }

    private void put(PointStruct... points) {
        qdrant.points().upsert(upsert(collection, points).build());
    }

    private RetrievedPoint get(long id) {
        return qdrant.points()
                .get(GetPoints.newBuilder()
                        .setCollectionName(collection)
                        .addIds(num(id))
                        .setWithPayload(WITH_PAYLOAD)
                        .setWithVectors(WITH_VECTORS)
                        .build())
                .getResult(0);
    }

    private long count() {
        return qdrant.points()
                .count(CountPoints.newBuilder().setCollectionName(collection).build())
                .getResult()
                .getCount();
    }
}
