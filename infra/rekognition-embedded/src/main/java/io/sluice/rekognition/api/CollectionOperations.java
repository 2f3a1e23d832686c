package io.sluice.rekognition.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.rekognition.face.Vision;
import io.sluice.rekognition.protocol.ApiError;
import io.sluice.rekognition.protocol.Credentials;
import io.sluice.rekognition.protocol.Request;
import io.sluice.rekognition.store.Change.CreateCollection;
import io.sluice.rekognition.store.Change.DeleteCollection;
import io.sluice.rekognition.store.Store;
import io.sluice.rekognition.store.Store.Decision;
import java.time.Clock;
import java.util.List;

/** Creates, shows and deletes collections. */
final class CollectionOperations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int OK = 200;
    private static final double MILLIS = 1000;

    private final Store store;
    private final Vision vision;
    private final Clock clock;

    CollectionOperations(Store store, Vision vision, Clock clock) {
        this.store = store;
        this.vision = vision;
        this.clock = clock;
    }

    ObjectNode create(Request request, Credentials caller) {
        var id = request.collectionId();
        return store.write(catalog -> {
            if (catalog.collections().containsKey(id)) {
                throw ApiError.RESOURCE_ALREADY_EXISTS.rejection("The collection id: %s already exists".formatted(id));
            }
            var answer = JSON.objectNode()
                    .put("StatusCode", OK)
                    .put("CollectionArn", arn(id, caller))
                    .put("FaceModelVersion", vision.modelVersion());
            return new Decision<>(List.of(new CreateCollection(id, clock.millis())), answer);
        });
    }

    ObjectNode describe(Request request, Credentials caller) {
        var id = request.collectionId();
        return store.read(catalog -> {
            var collection = catalog.collection(id);
            return JSON.objectNode()
                    .put("FaceCount", collection.size())
                    .put("UserCount", 0)
                    .put("FaceModelVersion", vision.modelVersion())
                    .put("CollectionARN", "arn:" + arn(id, caller))
                    .put("CreationTimestamp", collection.createdAt() / MILLIS);
        });
    }

    ObjectNode list(Request request, Credentials caller) {
        var size = request.pageSize();
        var after = request.nextToken().map(token -> PageToken.read(PageToken.COLLECTIONS, token));
        return store.read(catalog -> {
            var answer = JSON.objectNode();
            var ids = answer.putArray("CollectionIds");
            var versions = answer.putArray("FaceModelVersions");
            var remaining =
                    after.map(id -> catalog.collections().tailMap(id, false)).orElse(catalog.collections());
            for (var id : remaining.keySet()) {
                if (ids.size() == size) {
                    answer.put(
                            "NextToken",
                            PageToken.of(
                                    PageToken.COLLECTIONS, ids.get(size - 1).textValue()));
                    break;
                }
                ids.add(id);
                versions.add(vision.modelVersion());
            }
            return answer;
        });
    }

    ObjectNode delete(Request request, Credentials caller) {
        var id = request.collectionId();
        return store.write(catalog -> {
            catalog.collection(id);
            return new Decision<>(
                    List.of(new DeleteCollection(id)), JSON.objectNode().put("StatusCode", OK));
        });
    }

    private static String arn(String id, Credentials caller) {
        return "aws:rekognition:%s:000000000000:collection/%s".formatted(caller.region(), id);
    }
}
