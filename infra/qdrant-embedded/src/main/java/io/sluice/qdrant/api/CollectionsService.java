package io.sluice.qdrant.api;

import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.AliasDescription;
import io.qdrant.client.grpc.Collections.ChangeAliases;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.DeleteCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListAliasesRequest;
import io.qdrant.client.grpc.Collections.ListAliasesResponse;
import io.qdrant.client.grpc.Collections.ListCollectionAliasesRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsImplBase;
import io.sluice.qdrant.store.Change;
import io.sluice.qdrant.store.Store;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The gRPC service for collections and aliases. A method that is not overridden here answers UNIMPLEMENTED with its
 * name.
 */
public final class CollectionsService extends CollectionsImplBase {
    private final Store store;

    /** Serves a store. */
    public CollectionsService(Store store) {
        this.store = store;
    }

    @Override
    public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> observer) {
        Call.answer(request, observer, (create, call) -> {
            store.write(new Change.CreateCollection(create));
            return operation(true, call);
        });
    }

    @Override
    public void delete(DeleteCollection request, StreamObserver<CollectionOperationResponse> observer) {
        Call.answer(request, observer, (delete, call) -> {
            var name = delete.getCollectionName();
            var exists = store.read(catalog -> catalog.collections().containsKey(name));
            if (exists) {
                store.write(new Change.DeleteCollection(delete));
            }
            return operation(exists, call);
        });
    }

    @Override
    public void get(GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> observer) {
        Call.answer(
                request,
                observer,
                (get, call) -> store.read(catalog -> GetCollectionInfoResponse.newBuilder()
                        .setResult(CollectionInfos.of(catalog.get(get.getCollectionName())))
                        .setTime(call.seconds())
                        .build()));
    }

    @Override
    public void list(ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> observer) {
        Call.answer(request, observer, (_, call) -> {
            var answer = ListCollectionsResponse.newBuilder();
            store.read(catalog -> List.copyOf(catalog.collections().keySet()))
                    .forEach(name -> answer.addCollections(
                            CollectionDescription.newBuilder().setName(name)));
            return answer.setTime(call.seconds()).build();
        });
    }

    @Override
    public void collectionExists(CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> observer) {
        Call.answer(request, observer, (exists, call) -> {
            var found = store.read(
                    catalog -> catalog.find(exists.getCollectionName()).isPresent());
            return CollectionExistsResponse.newBuilder()
                    .setResult(CollectionExists.newBuilder().setExists(found))
                    .setTime(call.seconds())
                    .build();
        });
    }

    @Override
    public void updateAliases(ChangeAliases request, StreamObserver<CollectionOperationResponse> observer) {
        Call.answer(request, observer, (change, call) -> {
            List<Change> changes = change.getActionsList().stream()
                    .<Change>map(Change.ChangeAlias::new)
                    .toList();
            store.write(changes);
            return operation(true, call);
        });
    }

    @Override
    public void listAliases(ListAliasesRequest request, StreamObserver<ListAliasesResponse> observer) {
        Call.answer(request, observer, (_, call) -> aliases(_ -> true, call));
    }

    @Override
    public void listCollectionAliases(
            ListCollectionAliasesRequest request, StreamObserver<ListAliasesResponse> observer) {
        Call.answer(request, observer, (list, call) -> aliases(list.getCollectionName()::equals, call));
    }

    private ListAliasesResponse aliases(Predicate<String> ofCollection, Call call) {
        var answer = ListAliasesResponse.newBuilder();
        store.read(catalog -> Map.copyOf(catalog.aliases())).entrySet().stream()
                .filter(alias -> ofCollection.test(alias.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .forEach(alias -> answer.addAliases(AliasDescription.newBuilder()
                        .setAliasName(alias.getKey())
                        .setCollectionName(alias.getValue())));
        return answer.setTime(call.seconds()).build();
    }

    private static CollectionOperationResponse operation(boolean result, Call call) {
        return CollectionOperationResponse.newBuilder()
                .setResult(result)
                .setTime(call.seconds())
                .build();
    }
}
