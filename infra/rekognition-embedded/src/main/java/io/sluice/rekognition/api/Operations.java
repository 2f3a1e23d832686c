package io.sluice.rekognition.api;

import io.sluice.rekognition.face.Pictures;
import io.sluice.rekognition.face.Vision;
import io.sluice.rekognition.store.Store;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/** All operations that this stand-in has, by their names. */
public final class Operations {
    private final Map<String, Operation> byName;

    public Operations(Store store, Pictures pictures, Vision vision, Clock clock) {
        var collections = new CollectionOperations(store, vision, clock);
        var indexing = new IndexingOperations(store, pictures, vision);
        var searches = new SearchOperations(store, pictures, vision);
        var comparisons = new ImageOperations(pictures, vision);
        this.byName = Map.ofEntries(
                Map.entry("CreateCollection", collections::create),
                Map.entry("DescribeCollection", collections::describe),
                Map.entry("ListCollections", collections::list),
                Map.entry("DeleteCollection", collections::delete),
                Map.entry("IndexFaces", indexing::index),
                Map.entry("ListFaces", indexing::list),
                Map.entry("DeleteFaces", indexing::delete),
                Map.entry("SearchFaces", searches::byFace),
                Map.entry("SearchFacesByImage", searches::byImage),
                Map.entry("DetectFaces", comparisons::detect),
                Map.entry("CompareFaces", comparisons::compare));
    }

    /** {@return the operation of this name; empty when there is none} */
    public Optional<Operation> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
