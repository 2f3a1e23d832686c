package io.sluice.qdrant;

import static io.qdrant.client.ConditionFactory.matchKeyword;
import static io.sluice.qdrant.LocalQdrant.refusal;
import static io.sluice.qdrant.Samples.floats;
import static io.sluice.qdrant.Samples.num;
import static io.sluice.qdrant.Samples.point;
import static io.sluice.qdrant.Samples.upsert;
import static io.sluice.qdrant.payload.Json.payload;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.grpc.Status;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FieldType;
import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.Rrf;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.SearchParams;
import io.qdrant.client.grpc.Points.WithPayloadSelector;
import io.qdrant.client.grpc.Points.WithVectorsSelector;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Searches: their ranking and their scores. */
class QueryIT {
    private static final Offset<Float> EXACTLY = within(1e-6f);

    private static LocalQdrant qdrant;

    /**
     * In the collection {@code fan}, text vectors are farther from (1, 0) the higher their id, from 1 to 5; image
     * vectors are nearer.
     */
    @BeforeAll
    static void start(@TempDir Path folder) {
        qdrant = LocalQdrant.on(folder);
        Samples.collection(qdrant, "fan", 2, Distance.Cosine, "text", "image");
        for (int i = 1; i <= 5; i++) {
            var text = floats(Math.cos(0.2 * i), Math.sin(0.2 * i));
            var image = floats(Math.cos(1.2 - 0.2 * i), Math.sin(1.2 - 0.2 * i));
            var vectors = i == 5 ? Map.of("text", text) : Map.of("text", text, "image", image);
            qdrant.points()
                    .upsert(upsert("fan", point(i, vectors, "kind", i % 2 == 0 ? "even" : "odd", "n", i))
                            .build());
        }
    }

    @AfterAll
    static void stop() {
        qdrant.close();
    }

    /** The points are 1: (3, 0), 2: (1.8, 2.4), 3: (0, 1); the query is (1, 0). */
    @ParameterizedTest
    @CsvSource({
        "Cosine, 1=1.000 2=0.600 3=0.000",
        "Dot, 1=3.000 2=1.800 3=0.000",
        "Euclid, 3=1.414 1=2.000 2=2.530",
        "Manhattan, 1=2.000 3=2.000 2=3.200"
    })
    void ranksByTheDistanceAndShowsItsScore(Distance distance, String expected) {
        var name = "by-" + distance;
        Samples.collection(qdrant, name, 2, distance);
        qdrant.points()
                .upsert(upsert(name, point(1, floats(3, 0)), point(2, floats(1.8, 2.4)), point(3, floats(0, 1)))
                        .build());
        var hits = query(QueryPoints.newBuilder().setCollectionName(name).setQuery(QueryFactory.nearest(1f, 0f)));
        assertThat(hits).extracting(QueryIT::idAndScore).containsExactly(expected.split(" "));
    }

    private static String idAndScore(ScoredPoint hit) {
        return "%d=%.3f".formatted(hit.getId().getNum(), hit.getScore());
    }

    @Test
    void normalizesTheQueryToo() {
        var hits = query(nearest("text", 100, 0));
        assertThat(hits.getFirst().getScore()).isEqualTo((float) Math.cos(0.2), EXACTLY);
        assertThat(ids(hits)).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void searchesOnlyPointsThatHaveTheVector() {
        assertThat(ids(query(nearest("image", 1, 0)))).containsExactly(4L, 3L, 2L, 1L);
    }

    @Test
    void filtersBeforeItRanks() {
        var even = Filter.newBuilder().addMust(matchKeyword("kind", "even"));
        assertThat(ids(query(nearest("text", 1, 0).setLimit(2).setFilter(even))))
                .containsExactly(2L, 4L);
    }

    @Test
    void skipsAndLimits() {
        assertThat(ids(query(nearest("text", 1, 0).setOffset(1).setLimit(2)))).containsExactly(2L, 3L);
        assertThat(query(nearest("text", 1, 0).setOffset(9))).isEmpty();
        assertThat(ids(query(nearest("text", 1, 0).setOffset(3).setLimit(Long.MAX_VALUE))))
                .containsExactly(4L, 5L);
    }

    @Test
    void passesOnlyScoresBetterThanTheThreshold() {
        var third = (float) Math.cos(0.6);
        assertThat(ids(query(nearest("text", 1, 0).setScoreThreshold(third + 0.001f))))
                .containsExactly(1L, 2L);
        assertThat(ids(query(nearest("text", 1, 0).setScoreThreshold(third - 0.001f))))
                .containsExactly(1L, 2L, 3L);
        Samples.collection(qdrant, "straight", 1, Distance.Euclid);
        qdrant.points()
                .upsert(upsert("straight", point(1, floats(1)), point(2, floats(2)), point(3, floats(3)))
                        .build());
        var near = QueryPoints.newBuilder()
                .setCollectionName("straight")
                .setQuery(QueryFactory.nearest(0f))
                .setScoreThreshold(2.5f);
        assertThat(ids(query(near))).as("a distance must be smaller").containsExactly(1L, 2L);
    }

    @Test
    void showsPayloadAndVectorsOnlyWhenAsked() {
        var bare = query(nearest("text", 1, 0).setLimit(1)).getFirst();
        assertThat(bare.getPayloadMap()).isEmpty();
        assertThat(bare.hasVectors()).isFalse();
        var full = query(nearest("text", 1, 0)
                        .setLimit(1)
                        .setWithPayload(WithPayloadSelector.newBuilder().setEnable(true))
                        .setWithVectors(WithVectorsSelector.newBuilder().setEnable(true)))
                .getFirst();
        assertThat(full.getPayloadMap()).isEqualTo(payload("kind", "odd", "n", 1));
        assertThat(full.getVectors().getVectors().getVectorsMap()).containsOnlyKeys("text", "image");
    }

    @Test
    void findsTheNeighborsOfAPointWithoutThePointItself() {
        var hits = query(onFan().setUsing("text").setQuery(QueryFactory.nearest(num(3))));
        assertThat(ids(hits)).containsExactlyInAnyOrder(1L, 2L, 4L, 5L);
        assertThat(hits.getFirst().getScore()).isEqualTo((float) Math.cos(0.2), EXACTLY);
        assertRefused(
                onFan().setUsing("text").setQuery(QueryFactory.nearest(num(7))),
                Status.Code.NOT_FOUND,
                "Not found: No point with id 7 found");
        assertRefused(
                onFan().setUsing("image").setQuery(QueryFactory.nearest(num(5))),
                Status.Code.NOT_FOUND,
                "Not found: Vector with name image for point with id 5 not found");
    }

    @Test
    void listsByIdWhenNothingRanks() {
        var hits = query(onFan().setFilter(Filter.newBuilder().addMust(matchKeyword("kind", "odd"))));
        assertThat(ids(hits)).containsExactly(1L, 3L, 5L);
        assertThat(hits).allSatisfy(hit -> assertThat(hit.getScore()).isZero());
    }

    @Test
    void fusesByReciprocalRankWithTwoForK() {
        var hits = query(fused(QueryFactory.fusion(Fusion.RRF)));
        // text ranks 1 2 3 4 5, image ranks 4 3 2 1
        assertScore(hits, 1, 1f / 2 + 1f / 5);
        assertScore(hits, 2, 1f / 3 + 1f / 4);
        assertScore(hits, 3, 1f / 4 + 1f / 3);
        assertScore(hits, 4, 1f / 5 + 1f / 2);
        assertScore(hits, 5, 1f / 6);
        assertThat(hits).hasSize(5).extracting(ScoredPoint::getScore).isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void fusesWithAnotherKAndWeights() {
        var rrf = Rrf.newBuilder().setK(60).addWeights(3).addWeights(0);
        var hits = query(fused(Query.newBuilder().setRrf(rrf).build()));
        assertScore(hits, 1, 1 / (1f / 3 + 59));
        assertScore(hits, 5, 1 / (5f / 3 + 59));
        assertThat(ids(hits)).containsExactly(1L, 2L, 3L, 4L, 5L);
        var wrong = Rrf.newBuilder().addWeights(1);
        assertRefused(
                fused(Query.newBuilder().setRrf(wrong).build()),
                Status.Code.INVALID_ARGUMENT,
                "Wrong input: Number of weights in RRF should match number of pre-fetches: got 1, expected 2");
    }

    @Test
    void cutsAFusionByThresholdOffsetAndLimit() {
        var fusion = QueryFactory.fusion(Fusion.RRF);
        assertThat(query(fused(fusion).setScoreThreshold(0.6f))).hasSize(2);
        assertThat(query(fused(fusion).setOffset(4))).hasSize(1);
        assertThat(query(fused(fusion).setLimit(3))).hasSize(3);
    }

    @Test
    void appliesTheRootFilterWithinThePrefetches() {
        var even = Filter.newBuilder().addMust(matchKeyword("kind", "even"));
        var prefetch = PrefetchQuery.newBuilder()
                .setUsing("text")
                .setQuery(QueryFactory.nearest(1f, 0f))
                .setLimit(1);
        var hits = query(onFan().addPrefetch(prefetch)
                .setQuery(QueryFactory.fusion(Fusion.RRF))
                .setFilter(even));
        assertThat(ids(hits)).containsExactly(2L);
    }

    @Test
    void ranksAgainWhatNestedPrefetchesFound() {
        var inner = PrefetchQuery.newBuilder()
                .setUsing("text")
                .setQuery(QueryFactory.nearest(1f, 0f))
                .setLimit(4);
        var outer = PrefetchQuery.newBuilder()
                .addPrefetch(inner)
                .setUsing("image")
                .setQuery(QueryFactory.nearest(1f, 0f))
                .setLimit(3);
        var hits = query(onFan().addPrefetch(outer).setUsing("text").setQuery(QueryFactory.nearest(1f, 0f)));
        assertThat(ids(hits)).as("4 of text, then 3 of image").containsExactly(2L, 3L, 4L);
        assertThat(hits.getFirst().getScore()).isEqualTo((float) Math.cos(0.4), EXACTLY);
    }

    @Test
    void takesTenFromAPrefetchUnlessTold() {
        Samples.collection(qdrant, "dozen", 1, Distance.Dot);
        for (int i = 1; i <= 12; i++) {
            qdrant.points().upsert(upsert("dozen", point(i, floats(i))).build());
        }
        var prefetch = PrefetchQuery.newBuilder().setQuery(QueryFactory.nearest(1f));
        var request = QueryPoints.newBuilder()
                .setCollectionName("dozen")
                .addPrefetch(prefetch)
                .setQuery(QueryFactory.fusion(Fusion.RRF))
                .setLimit(100);
        assertThat(query(request)).hasSize(10);
        assertThat(query(QueryPoints.newBuilder().setCollectionName("dozen").setQuery(QueryFactory.nearest(1f))))
                .as("the limit of a query")
                .hasSize(10);
    }

    @Test
    void acceptsParametersThatTuneAnApproximateIndex() {
        var params = SearchParams.newBuilder().setHnswEf(128).setExact(true);
        assertThat(query(nearest("text", 1, 0).setParams(params))).hasSize(5);
    }

    @Test
    void refusesQueriesThatMakeNoSense() {
        var prefetch = PrefetchQuery.newBuilder().setUsing("text").setQuery(QueryFactory.nearest(1f, 0f));
        assertRefused(
                onFan().addPrefetch(prefetch),
                Status.Code.INVALID_ARGUMENT,
                "Bad request: A query is needed to merge the prefetches. Can't have prefetches without defining a"
                        + " query.");
        assertRefused(
                onFan().setScoreThreshold(1),
                Status.Code.INVALID_ARGUMENT,
                "Bad request: A query is needed to use the score_threshold. Can't have score_threshold without"
                        + " defining a query.");
        assertRefused(
                fused(QueryFactory.fusion(Fusion.RRF)).setUsing("text"),
                Status.Code.INVALID_ARGUMENT,
                "Bad request: Fusion queries cannot be combined with the 'using' field.");
        assertRefused(
                nearest("text", 1, 0).setLimit(0),
                Status.Code.INVALID_ARGUMENT,
                "Validation error in body: [limit: value 0 invalid, must be 1 or larger]");
        assertRefused(
                onFan().addPrefetch(prefetch.setLimit(0)).setQuery(QueryFactory.fusion(Fusion.RRF)),
                Status.Code.INVALID_ARGUMENT,
                "Validation error in body: [prefetch[0].limit: value 0 invalid, must be 1 or larger]");
        assertRefused(
                nearest("text", 1, 0).setTimeout(0),
                Status.Code.INVALID_ARGUMENT,
                "Validation error in body: [timeout: value 0 invalid, must be 1 or larger]");
        assertRefused(
                nearest("foo", 1, 0), Status.Code.INVALID_ARGUMENT, "Wrong input: Not existing vector name error: foo");
        assertRefused(
                onFan().setUsing("text").setQuery(QueryFactory.nearest(1f)),
                Status.Code.INVALID_ARGUMENT,
                "Wrong input: Vector dimension error: expected dim: 2, got 1");
    }

    @Test
    void saysWhichKindOfQueryItCannotDo() {
        for (var query : List.of(
                QueryFactory.fusion(Fusion.DBSF),
                QueryFactory.sample(io.qdrant.client.grpc.Points.Sample.Random),
                QueryFactory.orderBy("n"))) {
            var refused = refusal(() -> query(fused(query)));
            assertThat(refused.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        }
        assertThat(refusal(() -> query(fused(QueryFactory.fusion(Fusion.DBSF)))).getDescription())
                .contains("DBSF");
        assertThat(refusal(() -> query(onFan().setQuery(QueryFactory.orderBy("n"))))
                        .getDescription())
                .contains("QueryPoints.query.order_by");
    }

    @Test
    void answersManyQueriesAtOnceInTheirOrder() {
        var batch = QueryBatchPoints.newBuilder()
                .setCollectionName("fan")
                .addQueryPoints(nearest("text", 1, 0).setLimit(1))
                .addQueryPoints(nearest("image", 1, 0).setLimit(1));
        var results = qdrant.points().queryBatch(batch.build()).getResultList();
        assertThat(results).extracting(result -> ids(result.getResultList())).containsExactly(List.of(1L), List.of(4L));
    }

    @Test
    void countsPointsByValueWhenTheFieldIsIndexed() {
        var request = FacetCounts.newBuilder().setCollectionName("fan").setKey("kind");
        var refused = refusal(() -> qdrant.points().facet(request.build()));
        assertThat(refused.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refused.getDescription())
                .startsWith("Wrong input: No appropriate index for faceting: `kind`. Please create one");
        qdrant.points()
                .createFieldIndex(CreateFieldIndexCollection.newBuilder()
                        .setCollectionName("fan")
                        .setFieldName("kind")
                        .setFieldType(FieldType.FieldTypeKeyword)
                        .build());
        assertThat(qdrant.points().facet(request.build()).getHitsList())
                .extracting(hit -> hit.getValue().getStringValue() + "=" + hit.getCount())
                .containsExactly("odd=3", "even=2");
        assertThat(qdrant.points().facet(request.setLimit(1).build()).getHitsList())
                .hasSize(1);
    }

    @Test
    void refusesIndexesThatWouldChangeAnswers() {
        var text = CreateFieldIndexCollection.newBuilder()
                .setCollectionName("fan")
                .setFieldName("kind")
                .setFieldType(FieldType.FieldTypeText);
        var refused = refusal(() -> qdrant.points().createFieldIndex(text.build()));
        assertThat(refused.getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(refused.getDescription()).contains("FieldTypeText");
    }

    private static QueryPoints.Builder onFan() {
        return QueryPoints.newBuilder().setCollectionName("fan");
    }

    private static QueryPoints.Builder nearest(String using, float... vector) {
        return onFan().setUsing(using).setQuery(QueryFactory.nearest(vector));
    }

    private static QueryPoints.Builder fused(Query query) {
        return onFan().addPrefetch(PrefetchQuery.newBuilder().setUsing("text").setQuery(QueryFactory.nearest(1f, 0f)))
                .addPrefetch(PrefetchQuery.newBuilder().setUsing("image").setQuery(QueryFactory.nearest(1f, 0f)))
                .setQuery(query);
    }

    private static List<ScoredPoint> query(QueryPoints.Builder request) {
        return qdrant.points().query(request.build()).getResultList();
    }

    private static List<Long> ids(List<ScoredPoint> hits) {
        return hits.stream().map(hit -> hit.getId().getNum()).toList();
    }

    private static void assertScore(List<ScoredPoint> hits, long id, float score) {
        assertThat(hits)
                .filteredOn(hit -> hit.getId().getNum() == id)
                .singleElement()
                .satisfies(hit -> assertThat(hit.getScore()).isEqualTo(score, EXACTLY));
    }

    private static void assertRefused(QueryPoints.Builder request, Status.Code code, String text) {
        var refused = refusal(() -> query(request));
        assertThat(refused.getCode()).isEqualTo(code);
        assertThat(refused.getDescription()).isEqualTo(text);
    }
}
