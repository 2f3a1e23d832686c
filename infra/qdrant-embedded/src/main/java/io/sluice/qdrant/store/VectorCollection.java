package io.sluice.qdrant.store;

import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.sluice.qdrant.filter.Filters;
import io.sluice.qdrant.filter.PointFilter;
import io.sluice.qdrant.payload.JsonPath;
import io.sluice.qdrant.protocol.PointKey;
import io.sluice.qdrant.protocol.Rejection;
import java.lang.foreign.Arena;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The points of one collection. A change is made completely, or it is refused and changes nothing. Not safe for use by
 * many threads: {@link Store} guards it.
 */
public final class VectorCollection {
    private final CreateCollection definition;
    private final Map<String, VectorColumn> columns = new TreeMap<>();
    private final NavigableMap<PointKey, Point> points = new TreeMap<>();
    private final Map<String, CreateFieldIndexCollection> indexes = new TreeMap<>();

    VectorCollection(CreateCollection definition) {
        this(definition, Arena.ofAuto());
    }

    VectorCollection(CreateCollection definition, SegmentAllocator memory) {
        this.definition = definition;
        Definitions.vectors(definition).forEach((name, params) -> columns.put(name, new VectorColumn(params, memory)));
    }

    /** {@return the request that created it} */
    public CreateCollection definition() {
        return definition;
    }

    /** {@return the declared payload indexes, by field} */
    public Map<String, CreateFieldIndexCollection> indexes() {
        return Collections.unmodifiableMap(indexes);
    }

    /** {@return the vectors with this name; throws a {@link Rejection} when the collection has no such name} */
    public VectorColumn column(String name) {
        var column = columns.get(name);
        if (column == null) {
            throw Rejection.wrongInput("Not existing vector name error: " + name);
        }
        return column;
    }

    /** {@return the point; empty when there is none with this id} */
    public Optional<Point> find(PointKey key) {
        return Optional.ofNullable(points.get(key));
    }

    /** {@return all points in the order of their ids} */
    public Collection<Point> points() {
        return Collections.unmodifiableCollection(points.values());
    }

    /** {@return the points from this id on, in the order of their ids} */
    public Stream<Point> pointsFrom(PointKey first) {
        return points.tailMap(first, true).values().stream();
    }

    void upsert(UpsertPoints request, long version) {
        if (request.getPointsCount() == 0) {
            throw Rejection.badRequest("Empty update request");
        }
        var guard = Filters.compile(request.getUpdateFilter());
        var accepted = new ArrayList<Whole>();
        for (var struct : request.getPointsList()) {
            var key = PointKey.of(struct.getId());
            var vectors = prepared(DenseVectors.of(struct.getVectors()));
            var point = new Point(key, Set.copyOf(vectors.keySet()), struct.getPayloadMap(), version);
            var exists = find(key);
            var wanted = switch (request.getUpdateMode()) {
                case Upsert -> exists.isEmpty() || guard.matches(exists.get());
                case InsertOnly -> exists.isEmpty();
                case UpdateOnly -> exists.isPresent() && guard.matches(exists.get());
                case UNRECOGNIZED -> throw Rejection.unsupported("this update_mode");
            };
            if (wanted) {
                accepted.add(new Whole(point, vectors));
            }
        }
        columns.forEach((name, column) -> column.reserve((int) accepted.stream()
                .filter(whole -> whole.vectors().containsKey(name))
                .count()));
        accepted.forEach(this::put);
    }

    /** A point with its vectors, before it is stored. */
    private record Whole(Point point, Map<String, float[]> vectors) {}

    private Map<String, float[]> prepared(Map<String, float[]> vectors) {
        var prepared = new HashMap<String, float[]>();
        vectors.forEach((name, vector) -> prepared.put(name, column(name).prepared(vector)));
        return prepared;
    }

    void delete(PointsSelector selector) {
        select(selector).forEach(key -> {
            points.remove(key);
            columns.values().forEach(column -> column.remove(key));
        });
    }

    void changePayload(PointsSelector selector, PayloadChange change, long version) {
        var selected = select(selector).stream()
                .map(key -> find(key).orElseThrow(() -> Rejection.notFound("No point with id %s found".formatted(key))))
                .toList();
        selected.forEach(point -> replace(point.withPayload(change.apply(point.payload()), version)));
    }

    private List<PointKey> select(PointsSelector selector) {
        return switch (selector.getPointsSelectorOneOfCase()) {
            case POINTS -> {
                if (selector.getPoints().getIdsCount() == 0) {
                    throw Rejection.badRequest("Empty update request");
                }
                yield selector.getPoints().getIdsList().stream()
                        .map(PointKey::of)
                        .toList();
            }
            case FILTER ->
                matching(Filters.compile(selector.getFilter())).map(Point::key).toList();
            case POINTSSELECTORONEOF_NOT_SET -> throw Rejection.malformed("PointSelector is missing");
        };
    }

    /** {@return the points that match the filter, in the order of their ids} */
    public Stream<Point> matching(PointFilter filter) {
        return points.values().stream().filter(filter::matches);
    }

    private void put(Whole whole) {
        var point = whole.point();
        points.put(point.key(), point);
        columns.forEach((name, column) -> {
            var vector = whole.vectors().get(name);
            if (vector == null) {
                column.remove(point.key());
            } else {
                column.put(point, vector);
            }
        });
    }

    private void replace(Point point) {
        points.put(point.key(), point);
        columns.values().forEach(column -> column.keep(point));
    }

    /** {@return a point's vectors by name, as they are stored} */
    public Map<String, float[]> vectors(Point point) {
        var vectors = new HashMap<String, float[]>();
        for (var name : point.vectors()) {
            column(name).vector(point.key()).ifPresent(vector -> vectors.put(name, vector));
        }
        return vectors;
    }

    void createIndex(CreateFieldIndexCollection request) {
        FieldIndexes.type(request);
        JsonPath.parse(request.getFieldName());
        indexes.put(request.getFieldName(), request);
    }

    void deleteIndex(String field) {
        indexes.remove(field);
    }

    long weight() {
        return points.values().stream().mapToLong(Point::weight).sum()
                + columns.values().stream().mapToLong(VectorColumn::bytes).sum();
    }
}
