package io.sluice.qdrant.query;

import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.Query;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.sluice.qdrant.filter.Filters;
import io.sluice.qdrant.filter.PointFilter;
import io.sluice.qdrant.protocol.Bounds;
import io.sluice.qdrant.protocol.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One step of a query: the source of its candidates, their ranking, and how many it passes on. The root of a query and
 * its prefetches are all stages.
 *
 * @param prefetches the stages that candidates come from; when there are none, candidates are all points of the
 *     collection
 * @param query how candidates are ranked; when it is absent, they are in the order of ids
 * @param using the vector's name
 */
record Stage(
        List<Stage> prefetches,
        Optional<Query> query,
        String using,
        PointFilter filter,
        Optional<Float> threshold,
        int limit) {
    private static final long DEFAULT_LIMIT = 10;

    Stage {
        prefetches = List.copyOf(prefetches);
        if (query.isEmpty() && !prefetches.isEmpty()) {
            throw Rejection.badRequest(
                    "A query is needed to merge the prefetches. Can't have prefetches without" + " defining a query.");
        }
        if (query.isEmpty() && threshold.isPresent()) {
            throw Rejection.badRequest("A query is needed to use the score_threshold. Can't have score_threshold"
                    + " without defining a query.");
        }
        if (query.filter(Stage::fuses).isPresent()) {
            if (!using.isEmpty()) {
                throw Rejection.badRequest("Fusion queries cannot be combined with the 'using' field.");
            }
            if (prefetches.isEmpty()) {
                throw Rejection.badRequest("Fusion queries need prefetches");
            }
        }
    }

    static boolean fuses(Query query) {
        return query.hasFusion() || query.hasRrf();
    }

    /**
     * Makes the stage of a request. Its limit is the request's limit plus its offset, because the skipped hits must be
     * ranked too.
     */
    static Stage of(QueryPoints request) {
        var limit = Bounds.limit("limit", request.hasLimit(), request.getLimit(), DEFAULT_LIMIT);
        return new Stage(
                of(request.getPrefetchList(), ""),
                request.hasQuery() ? Optional.of(request.getQuery()) : Optional.empty(),
                request.getUsing(),
                compile(request.hasFilter(), request.getFilter()),
                request.hasScoreThreshold() ? Optional.of(request.getScoreThreshold()) : Optional.empty(),
                Bounds.clamp(Bounds.clamp(request.getOffset()) + (long) limit));
    }

    private static List<Stage> of(List<PrefetchQuery> requests, String parent) {
        return IntStream.range(0, requests.size())
                .mapToObj(i -> of(requests.get(i), "%sprefetch[%d].".formatted(parent, i)))
                .toList();
    }

    private static Stage of(PrefetchQuery request, String field) {
        return new Stage(
                of(request.getPrefetchList(), field),
                request.hasQuery() ? Optional.of(request.getQuery()) : Optional.empty(),
                request.getUsing(),
                compile(request.hasFilter(), request.getFilter()),
                request.hasScoreThreshold() ? Optional.of(request.getScoreThreshold()) : Optional.empty(),
                Bounds.limit(field + "limit", request.hasLimit(), request.getLimit(), DEFAULT_LIMIT));
    }

    private static PointFilter compile(boolean present, Filter filter) {
        return present ? Filters.compile(filter) : PointFilter.ALL;
    }
}
