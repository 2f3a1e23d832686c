package io.sluice.stores.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.DenseVector;
import io.qdrant.client.grpc.Points.Fusion;
import io.qdrant.client.grpc.Points.NamedVectors;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsIdsList;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.PointsSelector;
import io.qdrant.client.grpc.Points.PrefetchQuery;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.Points.VectorInput;
import io.qdrant.client.grpc.Points.Vectors;
import io.sluice.schemas.product.Embedding;
import io.sluice.stores.product.VectorStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores products as points, in one collection for each index. Every write waits until Qdrant has completed it. It
 * changes a point only if the stored one is not newer.
 */
final class QdrantVectorStore implements VectorStore {
    /** Qdrant advises up to 64 points in a request, and requests far below the 32 MB that its HTTP port accepts. */
    private static final int MAX_POINTS = 64;

    private static final int MAX_BYTES = 5 << 20;
    /** How many hits of each ranking are read at least before the rankings are fused. */
    private static final int MIN_PREFETCH = 50;

    /** The id of no product, because an id is never empty. */
    private static final String NO_PRODUCT = "";

    private final QdrantConnection qdrant;
    private final QdrantCollections collections;
    private final Map<String, Map<String, Integer>> prepared = new ConcurrentHashMap<>();

    QdrantVectorStore(QdrantConnection qdrant) {
        this.qdrant = qdrant;
        this.collections = new QdrantCollections(qdrant);
    }

    @Override
    public void prepare(String index, Map<String, Integer> dimensions) {
        if (!dimensions.equals(prepared.get(index))) {
            collections.prepare(index, dimensions);
            prepared.put(index, Map.copyOf(dimensions));
        }
    }

    @Override
    public Optional<Map<String, Integer>> dimensions(String index) {
        return collections.dimensions(index);
    }

    @Override
    public Optional<ServedIndex> servedIndex() {
        return collections.servedIndex();
    }

    @Override
    public void upsert(String index, List<Point> points) {
        var batch = new ArrayList<PointStruct>();
        var versions = new HashMap<PointId, Long>();
        var bytes = 0L;
        for (var point : points) {
            var struct = struct(index, point);
            if (batch.size() == MAX_POINTS || (!batch.isEmpty() && bytes + struct.getSerializedSize() > MAX_BYTES)) {
                upsert(index, batch, versions);
                batch.clear();
                versions.clear();
                bytes = 0;
            }
            batch.add(struct);
            versions.put(struct.getId(), point.version());
            bytes += struct.getSerializedSize();
        }
        if (!batch.isEmpty()) {
            upsert(index, batch, versions);
        }
    }

    private void upsert(String index, List<PointStruct> points, Map<PointId, Long> versions) {
        var request = UpsertPoints.newBuilder()
                .setCollectionName(QdrantCollections.nameOf(index))
                .setWait(true)
                .addAllPoints(points)
                .setUpdateFilter(Filters.notNewerThan(versions))
                .build();
        try {
            requireCompleted(qdrant.points(stub -> stub.upsert(request)));
        } catch (StatusRuntimeException e) {
            if (isNotFound(e)) {
                prepared.remove(index);
            }
            throw e;
        }
    }

    @Override
    public void delete(String index, Collection<Removal> removals) {
        var versions = new HashMap<PointId, Long>();
        for (var removal : removals) {
            versions.merge(PointIds.of(index, removal.productId()), removal.version(), Math::max);
            if (versions.size() == MAX_POINTS) {
                delete(index, versions);
                versions.clear();
            }
        }
        if (!versions.isEmpty()) {
            delete(index, versions);
        }
    }

    private void delete(String index, Map<PointId, Long> versions) {
        var request = DeletePoints.newBuilder()
                .setCollectionName(QdrantCollections.nameOf(index))
                .setWait(true)
                .setPoints(PointsSelector.newBuilder().setFilter(Filters.notNewerThan(versions)))
                .build();
        try {
            requireCompleted(qdrant.points(stub -> stub.delete(request)));
        } catch (StatusRuntimeException e) {
            // without a collection there are no points to delete
            if (!isNotFound(e)) {
                throw e;
            }
        }
    }

    @Override
    public List<Hit> search(String index, Query query) {
        return searchCollection(QdrantCollections.nameOf(index), query);
    }

    @Override
    public List<Hit> search(ServedIndex served, Query query) {
        return searchCollection(served.collection(), query);
    }

    private List<Hit> searchCollection(String collection, Query query) {
        var request = request(collection, query);
        try {
            return qdrant.points(stub -> stub.query(request)).getResultList().stream()
                    .map(Payload::hit)
                    .toList();
        } catch (StatusRuntimeException e) {
            if (isNotFound(e)) {
                // the collection does not exist before the first product is indexed
                return List.of();
            }
            throw e;
        }
    }

    private static QueryPoints request(String collection, Query query) {
        var filter = Filters.metadata(query.filters());
        var request = QueryPoints.newBuilder()
                .setCollectionName(collection)
                .setLimit(query.limit())
                .setWithPayload(WithPayloadSelectorFactory.enable(true));
        if (query.vectors().size() == 1) {
            var vector = query.vectors().entrySet().iterator().next();
            request.setUsing(vector.getKey()).setQuery(nearest(vector.getValue()));
            if (!query.filters().isEmpty()) {
                request.setFilter(filter);
            }
        } else {
            query.vectors().forEach((name, vector) -> request.addPrefetch(prefetch(name, vector, filter, query)));
            request.setQuery(QueryFactory.fusion(Fusion.RRF));
        }
        return request.build();
    }

    private static PrefetchQuery prefetch(String name, Embedding vector, Filter filter, Query query) {
        var prefetch = PrefetchQuery.newBuilder()
                .setUsing(name)
                .setQuery(nearest(vector))
                .setLimit(Math.max(MIN_PREFETCH, 2L * query.limit()));
        if (!query.filters().isEmpty()) {
            prefetch.setFilter(filter);
        }
        return prefetch.build();
    }

    private static io.qdrant.client.grpc.Points.Query nearest(Embedding vector) {
        return QueryFactory.nearest(
                VectorInput.newBuilder().setDense(dense(vector)).build());
    }

    private static PointStruct struct(String index, Point point) {
        var product = point.vectors().product();
        var vectors = NamedVectors.newBuilder();
        point.vectors()
                .vectors()
                .forEach((name, vector) -> vectors.putVectors(
                        name, Vector.newBuilder().setDense(dense(vector)).build()));
        return PointStruct.newBuilder()
                .setId(PointIds.of(index, product.productId()))
                .setVectors(Vectors.newBuilder().setVectors(vectors))
                .putAllPayload(Payload.of(index, product, point.version()))
                .build();
    }

    private static DenseVector dense(Embedding embedding) {
        var dense = DenseVector.newBuilder();
        for (var component : embedding.toArray()) {
            dense.addData(component);
        }
        return dense.build();
    }

    private static void requireCompleted(PointsOperationResponse response) {
        var status = response.getResult().getStatus();
        if (status != UpdateStatus.Completed) {
            throw new IncompleteUpdateException(status);
        }
    }

    private static boolean isNotFound(StatusRuntimeException e) {
        return e.getStatus().getCode() == Status.Code.NOT_FOUND;
    }

    @Override
    public String name() {
        return "qdrant";
    }

    /** Asks whether Qdrant answers, and writes to each collection that this process writes to. */
    @Override
    public void probe() {
        qdrant.probe();
        prepared.keySet().forEach(this::tryToWrite);
    }

    /** Deletes a point that no product has. It goes through all of Qdrant's writing and changes nothing. */
    private void tryToWrite(String index) {
        var nobodys = PointsSelector.newBuilder()
                .setPoints(PointsIdsList.newBuilder().addIds(PointIds.of(index, NO_PRODUCT)));
        var request = DeletePoints.newBuilder()
                .setCollectionName(QdrantCollections.nameOf(index))
                .setWait(true)
                .setPoints(nobodys)
                .build();
        try {
            requireCompleted(qdrant.probe(stub -> stub.delete(request)));
        } catch (StatusRuntimeException e) {
            // the next write creates the collection
            if (!isNotFound(e)) {
                throw e;
            }
        }
    }
}
