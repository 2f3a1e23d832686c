package io.sluice.qdrant.query;

import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.VectorInput;
import io.sluice.qdrant.filter.PointFilter;
import io.sluice.qdrant.protocol.Bounds;
import io.sluice.qdrant.protocol.PointKey;
import io.sluice.qdrant.protocol.Rejection;
import io.sluice.qdrant.store.DenseVectors;
import io.sluice.qdrant.store.Scored;
import io.sluice.qdrant.store.VectorCollection;
import io.sluice.qdrant.store.VectorColumn;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers a query over one collection, exactly. */
public final class Search {
    private final VectorCollection collection;

    /** A search over a collection, which must not change meanwhile. */
    public Search(VectorCollection collection) {
        this.collection = collection;
    }

    /** {@return the hits, the best first; in the order of ids when the request has no query} */
    public List<Hit> run(QueryPoints request) {
        return run(Stage.of(request), PointFilter.ALL).stream()
                .skip(Bounds.clamp(request.getOffset()))
                .toList();
    }

    /**
     * Applies a stage's filter to its prefetches too. Otherwise a prefetch would cut its hits to its limit first, and
     * the filter could remove all of them.
     */
    private List<Hit> run(Stage stage, PointFilter inherited) {
        var filter = inherited.and(stage.filter());
        if (stage.query().isEmpty()) {
            return collection
                    .matching(filter)
                    .limit(stage.limit())
                    .map(point -> new Hit(point, 0))
                    .toList();
        }
        var sources =
                stage.prefetches().stream().map(source -> run(source, filter)).toList();
        return run(stage, stage.query().get(), filter, sources);
    }

    private List<Hit> run(Stage stage, Query query, PointFilter filter, List<List<Hit>> sources) {
        return switch (query.getVariantCase()) {
            case NEAREST -> nearest(stage, query.getNearest(), filter.and(among(sources)));
            case FUSION -> {
                if (query.getFusion() != Fusion.RRF) {
                    throw Rejection.unsupported("fusion %s".formatted(query.getFusion()));
                }
                yield fused(stage, Ranks.DEFAULT_K, List.of(), sources);
            }
            case RRF -> {
                var rrf = query.getRrf();
                if (rrf.hasK()) {
                    Bounds.requirePositive("query.rrf.k", rrf.getK());
                }
                var k = rrf.hasK() ? Integer.toUnsignedLong(rrf.getK()) : Ranks.DEFAULT_K;
                yield fused(stage, k, rrf.getWeightsList(), sources);
            }
            case VARIANT_NOT_SET -> throw Rejection.malformed("Malformed query: no variant is set");
            case RECOMMEND, DISCOVER, CONTEXT, ORDER_BY, SAMPLE, FORMULA, NEAREST_WITH_MMR, RELEVANCE_FEEDBACK ->
                throw Rejection.unsupported("queries of the kind %s".formatted(query.getVariantCase()));
        };
    }

    private static PointFilter among(List<List<Hit>> sources) {
        if (sources.isEmpty()) {
            return PointFilter.ALL;
        }
        var keys = sources.stream()
                .flatMap(List::stream)
                .map(hit -> hit.point().key())
                .collect(Collectors.toSet());
        return candidate -> candidate.isOneOf(keys);
    }

    private static List<Hit> fused(Stage stage, long k, List<Float> weights, List<List<Hit>> sources) {
        return Ranks.fuse(sources, k, weights).stream()
                .filter(hit -> stage.threshold().isEmpty()
                        || hit.score() >= stage.threshold().get())
                .limit(stage.limit())
                .toList();
    }

    private List<Hit> nearest(Stage stage, VectorInput input, PointFilter filter) {
        var column = collection.column(stage.using());
        var metric = column.metric();
        return ranked(stage, input, filter, column).stream()
                .map(scored -> new Hit(scored.point(), metric.score(scored.rank())))
                .filter(hit -> stage.threshold().isEmpty()
                        || metric.passes(hit.score(), stage.threshold().get()))
                .toList();
    }

    private List<Scored> ranked(Stage stage, VectorInput input, PointFilter filter, VectorColumn column) {
        return switch (input.getVariantCase()) {
            case DENSE -> {
                var vector = DenseVectors.components(input.getDense());
                yield column.nearest(column.prepared(vector), filter, stage.limit());
            }
            case ID -> {
                var itself = PointKey.of(input.getId());
                PointFilter others = candidate -> !candidate.isOneOf(Set.of(itself));
                yield column.nearest(vectorOf(itself, stage.using()), filter.and(others), stage.limit());
            }
            case VARIANT_NOT_SET -> throw Rejection.malformed("Malformed vector input: no variant is set");
            case SPARSE, MULTI_DENSE, DOCUMENT, IMAGE, OBJECT ->
                throw Rejection.unsupported("vectors other than dense ones");
        };
    }

    private float[] vectorOf(PointKey key, String name) {
        if (collection.find(key).isEmpty()) {
            throw Rejection.notFound("No point with id %s found".formatted(key));
        }
        return collection
                .column(name)
                .vector(key)
                .orElseThrow(() ->
                        Rejection.notFound("Vector with name %s for point with id %s not found".formatted(name, key)));
    }
}
