package io.sluice.qdrant.api;

import com.google.protobuf.Message;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Points.BatchResult;
import io.qdrant.client.grpc.Points.ClearPayloadPoints;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeleteFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePayloadPoints;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.FacetCounts;
import io.qdrant.client.grpc.Points.FacetResponse;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryBatchPoints;
import io.qdrant.client.grpc.Points.QueryBatchResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.SetPayloadPoints;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc.PointsImplBase;
import io.sluice.qdrant.filter.Filters;
import io.sluice.qdrant.filter.PointFilter;
import io.sluice.qdrant.protocol.Bounds;
import io.sluice.qdrant.protocol.PointKey;
import io.sluice.qdrant.query.Facets;
import io.sluice.qdrant.query.Search;
import io.sluice.qdrant.store.Change;
import io.sluice.qdrant.store.Point;
import io.sluice.qdrant.store.Store;
import io.sluice.qdrant.store.VectorCollection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The gRPC service for points. A method that is not overridden here answers UNIMPLEMENTED with its name. */
public final class PointsService extends PointsImplBase {
    private static final int DEFAULT_LIMIT = 10;

    private final Store store;

    /** Serves a store. */
    public PointsService(Store store) {
        this.store = store;
    }

    @Override
    public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> observer) {
        write(request, request.getWait(), Change.Upsert::new, observer);
    }

    @Override
    public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> observer) {
        write(request, request.getWait(), Change.Delete::new, observer);
    }

    @Override
    public void setPayload(SetPayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        write(request, request.getWait(), Change.SetPayload::new, observer);
    }

    @Override
    public void overwritePayload(SetPayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        write(request, request.getWait(), Change.OverwritePayload::new, observer);
    }

    @Override
    public void deletePayload(DeletePayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        write(request, request.getWait(), Change.DeletePayload::new, observer);
    }

    @Override
    public void clearPayload(ClearPayloadPoints request, StreamObserver<PointsOperationResponse> observer) {
        write(request, request.getWait(), Change.ClearPayload::new, observer);
    }

    @Override
    public void createFieldIndex(CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> observer) {
        write(request, request.getWait(), Change.CreateIndex::new, observer);
    }

    @Override
    public void deleteFieldIndex(DeleteFieldIndexCollection request, StreamObserver<PointsOperationResponse> observer) {
        write(request, request.getWait(), Change.DeleteIndex::new, observer);
    }

    /**
     * Makes the change before it answers, in any case. A client that did not ask to wait gets the status of the real
     * server, {@code Acknowledged}.
     */
    private <Q extends Message> void write(
            Q request, boolean wait, Function<Q, Change> change, StreamObserver<PointsOperationResponse> observer) {
        Call.answer(request, observer, (asked, call) -> {
            var number = store.write(change.apply(asked));
            return PointsOperationResponse.newBuilder()
                    .setResult(UpdateResult.newBuilder()
                            .setOperationId(number)
                            .setStatus(wait ? UpdateStatus.Completed : UpdateStatus.Acknowledged))
                    .setTime(call.seconds())
                    .build();
        });
    }

    private <R> R read(String collection, Function<VectorCollection, R> reader) {
        return store.read(catalog -> reader.apply(catalog.get(collection)));
    }

    @Override
    public void get(GetPoints request, StreamObserver<GetResponse> observer) {
        Call.answer(
                request,
                observer,
                (get, call) -> read(get.getCollectionName(), collection -> {
                    var view = PointView.of(collection, get.getWithPayload(), false, get.getWithVectors());
                    var answer = GetResponse.newBuilder();
                    get.getIdsList().stream()
                            .map(PointKey::of)
                            .distinct()
                            .map(collection::find)
                            .flatMap(Optional::stream)
                            .forEach(point -> answer.addResult(view.retrieved(point)));
                    return answer.setTime(call.seconds()).build();
                }));
    }

    @Override
    public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> observer) {
        Call.answer(
                request,
                observer,
                (scroll, call) -> read(scroll.getCollectionName(), collection -> {
                    var limit = Bounds.limit(
                            "limit", scroll.hasLimit(), Integer.toUnsignedLong(scroll.getLimit()), DEFAULT_LIMIT);
                    var view = PointView.of(collection, scroll.getWithPayload(), true, scroll.getWithVectors());
                    var filter = filter(scroll.hasFilter(), scroll.getFilter());
                    var page = from(scroll, collection)
                            .filter(filter::matches)
                            .limit(limit + 1L)
                            .toList();
                    var answer = ScrollResponse.newBuilder();
                    page.stream().limit(limit).forEach(point -> answer.addResult(view.retrieved(point)));
                    if (page.size() > limit) {
                        answer.setNextPageOffset(page.getLast().key().toPointId());
                    }
                    return answer.setTime(call.seconds()).build();
                }));
    }

    private static Stream<Point> from(ScrollPoints scroll, VectorCollection collection) {
        return scroll.hasOffset()
                ? collection.pointsFrom(PointKey.of(scroll.getOffset()))
                : collection.points().stream();
    }

    @Override
    public void count(CountPoints request, StreamObserver<CountResponse> observer) {
        Call.answer(
                request,
                observer,
                (count, call) -> read(count.getCollectionName(), collection -> {
                    var found = collection
                            .matching(filter(count.hasFilter(), count.getFilter()))
                            .count();
                    return CountResponse.newBuilder()
                            .setResult(CountResult.newBuilder().setCount(found))
                            .setTime(call.seconds())
                            .build();
                }));
    }

    @Override
    public void facet(FacetCounts request, StreamObserver<FacetResponse> observer) {
        Call.answer(
                request,
                observer,
                (facet, call) -> read(facet.getCollectionName(), collection -> {
                    var limit = Bounds.limit("limit", facet.hasLimit(), facet.getLimit(), DEFAULT_LIMIT);
                    var filter = filter(facet.hasFilter(), facet.getFilter());
                    return FacetResponse.newBuilder()
                            .addAllHits(Facets.count(collection, facet.getKey(), filter, limit))
                            .setTime(call.seconds())
                            .build();
                }));
    }

    @Override
    public void query(QueryPoints request, StreamObserver<QueryResponse> observer) {
        Call.answer(
                request,
                observer,
                (query, call) -> QueryResponse.newBuilder()
                        .addAllResult(hits(query.getCollectionName(), query))
                        .setTime(call.seconds())
                        .build());
    }

    @Override
    public void queryBatch(QueryBatchPoints request, StreamObserver<QueryBatchResponse> observer) {
        Call.answer(request, observer, (batch, call) -> {
            var answer = QueryBatchResponse.newBuilder();
            // the batch names the collection; names in its queries are ignored, as in the real server
            batch.getQueryPointsList()
                    .forEach(query -> answer.addResult(
                            BatchResult.newBuilder().addAllResult(hits(batch.getCollectionName(), query))));
            return answer.setTime(call.seconds()).build();
        });
    }

    private List<ScoredPoint> hits(String name, QueryPoints query) {
        return read(name, collection -> {
            var view = PointView.of(collection, query.getWithPayload(), false, query.getWithVectors());
            return new Search(collection).run(query).stream().map(view::scored).toList();
        });
    }

    private static PointFilter filter(boolean present, Filter filter) {
        return present ? Filters.compile(filter) : PointFilter.ALL;
    }
}
