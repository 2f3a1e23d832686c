package io.sluice.rekognition.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.rekognition.face.Face;
import io.sluice.rekognition.face.FaceIds;
import io.sluice.rekognition.face.Pictures;
import io.sluice.rekognition.face.Vision;
import io.sluice.rekognition.protocol.Credentials;
import io.sluice.rekognition.protocol.QualityFilter;
import io.sluice.rekognition.protocol.Request;
import io.sluice.rekognition.store.Change;
import io.sluice.rekognition.store.Change.AddFaces;
import io.sluice.rekognition.store.Change.RemoveFaces;
import io.sluice.rekognition.store.FaceCollection;
import io.sluice.rekognition.store.Store;
import io.sluice.rekognition.store.Store.Decision;
import io.sluice.rekognition.store.StoredFace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds faces to a collection, lists them and deletes them. */
final class IndexingOperations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Store store;
    private final Pictures pictures;
    private final Vision vision;

    IndexingOperations(Store store, Pictures pictures, Vision vision) {
        this.store = store;
        this.pictures = pictures;
        this.vision = vision;
    }

    ObjectNode index(Request request, Credentials caller) {
        var id = request.collectionId();
        var externalId = request.externalImageId();
        var most = request.maxFaces(Integer.MAX_VALUE, Integer.MAX_VALUE);
        var filter = request.qualityFilter(QualityFilter.AUTO);
        var attributes = request.attributes("DetectionAttributes");
        var source = request.image("Image");
        store.read(catalog -> catalog.collection(id));
        var file = pictures.file(source);
        var faceIds = new FaceIds(id, file, externalId);
        var answer = JSON.objectNode().put("FaceModelVersion", vision.modelVersion());
        var records = answer.putArray("FaceRecords");
        var unindexed = answer.putArray("UnindexedFaces");
        var indexed = new ArrayList<StoredFace>();
        for (var face : vision.facesIn(file)) {
            var detail = FaceDetails.of(face, attributes);
            if (!filter.passes(face.sharpness())) {
                addUnindexed(unindexed.addObject(), "LOW_SHARPNESS", detail);
            } else if (indexed.size() == most) {
                addUnindexed(unindexed.addObject(), "EXCEEDS_MAX_FACES", detail);
            } else {
                var stored = stored(face, faceIds, externalId.orElse(null));
                indexed.add(stored);
                var entry = records.addObject();
                entry.set("Face", FaceDetails.of(stored, vision.modelVersion()));
                entry.set("FaceDetail", detail);
            }
        }
        return store.write(catalog -> {
            var there = catalog.collection(id);
            var missing = indexed.stream().filter(face -> !isKept(there, face)).toList();
            var changes = missing.isEmpty() ? List.<Change>of() : List.<Change>of(new AddFaces(id, missing));
            return new Decision<>(changes, answer);
        });
    }

    /** {@return whether the collection has the face, as the present model describes it} */
    private static boolean isKept(FaceCollection collection, StoredFace face) {
        var model = face.likeness().model();
        return collection
                .find(face.faceId())
                .filter(kept -> model.isEmpty() || kept.likeness().model().equals(model))
                .isPresent();
    }

    private static void addUnindexed(ObjectNode entry, String reason, ObjectNode detail) {
        entry.putArray("Reasons").add(reason);
        entry.set("FaceDetail", detail);
    }

    private static StoredFace stored(Face face, FaceIds ids, @Nullable String externalId) {
        return new StoredFace(
                ids.faceId(face.box()), ids.imageId(), externalId, face.box(), face.confidence(), face.likeness());
    }

    ObjectNode list(Request request, Credentials caller) {
        var id = request.collectionId();
        request.refuse("UserId");
        var size = request.pageSize();
        var wanted = request.someFaceIds().map(HashSet::new);
        var after = request.nextToken().map(token -> PageToken.read(PageToken.facesOf(id), token));
        return store.read(catalog -> {
            var collection = catalog.collection(id);
            var answer = JSON.objectNode().put("FaceModelVersion", vision.modelVersion());
            var page = answer.putArray("Faces");
            for (var face : after.map(collection::facesAfter).orElseGet(collection::faces)) {
                if (wanted.isPresent() && !wanted.get().contains(face.faceId())) {
                    continue;
                }
                if (page.size() == size) {
                    var last = page.get(size - 1).path("FaceId").textValue();
                    answer.put("NextToken", PageToken.of(PageToken.facesOf(id), last));
                    break;
                }
                page.add(FaceDetails.of(face, vision.modelVersion()));
            }
            return answer;
        });
    }

    ObjectNode delete(Request request, Credentials caller) {
        var id = request.collectionId();
        var faceIds = new HashSet<>(request.faceIds());
        return store.write(catalog -> {
            var collection = catalog.collection(id);
            var answer = JSON.objectNode();
            var deleted = answer.putArray("DeletedFaces");
            var unsuccessful = answer.putArray("UnsuccessfulFaceDeletions");
            var removed = new ArrayList<String>();
            for (var faceId : faceIds) {
                if (collection.find(faceId).isPresent()) {
                    removed.add(faceId);
                    deleted.add(faceId);
                } else {
                    unsuccessful
                            .addObject()
                            .put("FaceId", faceId)
                            .putArray("Reasons")
                            .add("FACE_NOT_FOUND");
                }
            }
            var changes = removed.isEmpty() ? List.<Change>of() : List.<Change>of(new RemoveFaces(id, removed));
            return new Decision<>(changes, answer);
        });
    }
}
