package io.sluice.rekognition.store;

import io.sluice.rekognition.protocol.ApiError;
import io.sluice.rekognition.store.Change.AddFaces;
import io.sluice.rekognition.store.Change.CreateCollection;
import io.sluice.rekognition.store.Change.DeleteCollection;
import io.sluice.rekognition.store.Change.RemoveFaces;
import java.util.ArrayList;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All collections, in the order of their ids. */
public final class Catalog {
    private final NavigableMap<String, FaceCollection> collections = new TreeMap<>();

    Catalog() {}

    /** {@return the collections by their ids} */
    public NavigableMap<String, FaceCollection> collections() {
        return Collections.unmodifiableNavigableMap(collections);
    }

    /** {@return a collection; the request is refused when there is none} */
    public FaceCollection collection(String id) {
        return Optional.ofNullable(collections.get(id))
                .orElseThrow(() ->
                        ApiError.RESOURCE_NOT_FOUND.rejection("The collection id: %s does not exist".formatted(id)));
    }

    /** {@return how many faces all collections have} */
    public int faceCount() {
        return collections.values().stream().mapToInt(FaceCollection::size).sum();
    }

    /** {@return whether a change takes away what a model has said of a real face} */
    boolean forgets(Change change) {
        return switch (change) {
            case CreateCollection made -> describes(made.collectionId());
            case DeleteCollection(var id) -> describes(id);
            case AddFaces(var id, var faces) -> faces.stream().anyMatch(face -> describes(id, face.faceId()));
            case RemoveFaces(var id, var faceIds) -> faceIds.stream().anyMatch(faceId -> describes(id, faceId));
        };
    }

    private boolean describes(String id) {
        var collection = collections.get(id);
        return collection != null
                && collection.faces().stream()
                        .anyMatch(face -> face.likeness().model().isPresent());
    }

    private boolean describes(String id, String faceId) {
        return collection(id)
                .find(faceId)
                .filter(face -> face.likeness().model().isPresent())
                .isPresent();
    }

    void apply(Change change) {
        switch (change) {
            case CreateCollection(var id, var createdAt) -> collections.put(id, new FaceCollection(id, createdAt));
            case DeleteCollection(var id) -> collections.remove(id);
            case AddFaces(var id, var faces) -> faces.forEach(collection(id)::add);
            case RemoveFaces(var id, var faceIds) -> faceIds.forEach(collection(id)::remove);
        }
    }

    /** {@return the fewest changes that lead to this state} */
    Stream<Change> asChanges() {
        return collections.values().stream()
                .flatMap(collection -> Stream.of(
                        new CreateCollection(collection.id(), collection.createdAt()),
                        new AddFaces(collection.id(), new ArrayList<>(collection.faces()))));
    }
}
