package io.sluice.rekognition.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.rekognition.face.Likeness;
import io.sluice.rekognition.face.Pictures;
import io.sluice.rekognition.face.Vision;
import io.sluice.rekognition.protocol.ApiError;
import io.sluice.rekognition.protocol.Credentials;
import io.sluice.rekognition.protocol.QualityFilter;
import io.sluice.rekognition.protocol.Request;
import io.sluice.rekognition.store.FaceCollection;
import io.sluice.rekognition.store.Store;
import io.sluice.rekognition.store.StoredFace;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Predicate;

/** Searches a collection for the faces of a person. */
final class SearchOperations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_MATCHES = 4096;

    private final Store store;
    private final Pictures pictures;
    private final Vision vision;

    SearchOperations(Store store, Pictures pictures, Vision vision) {
        this.store = store;
        this.pictures = pictures;
        this.vision = vision;
    }

    /** What a search looks for. */
    private record Query(double threshold, int most) {
        static Query of(Request request) {
            return new Query(request.threshold("FaceMatchThreshold"), request.maxFaces(MOST_MATCHES, MOST_MATCHES));
        }

        /** Adds the matches to an answer, the most similar first. */
        void run(
                FaceCollection collection,
                Likeness wanted,
                Predicate<StoredFace> isSearched,
                Function<StoredFace, ObjectNode> shown,
                ArrayNode matches) {
            record Match(StoredFace face, double similarity) {}
            collection.faces().stream()
                    .filter(isSearched)
                    .map(face -> new Match(face, wanted.similarityTo(face.likeness())))
                    .filter(match -> match.similarity() >= threshold)
                    .sorted(Comparator.comparingDouble(Match::similarity)
                            .reversed()
                            .thenComparing(match -> match.face().faceId()))
                    .limit(most)
                    .forEach(match -> matches.addObject()
                            .put("Similarity", (float) match.similarity())
                            .set("Face", shown.apply(match.face())));
        }
    }

    ObjectNode byFace(Request request, Credentials caller) {
        var id = request.collectionId();
        var faceId = request.faceId();
        var query = Query.of(request);
        return store.read(catalog -> {
            var collection = catalog.collection(id);
            var searched = collection
                    .find(faceId)
                    .orElseThrow(() -> ApiError.INVALID_PARAMETER.rejection("faceId was not found in the collection"));
            var answer = JSON.objectNode().put("SearchedFaceId", faceId).put("FaceModelVersion", vision.modelVersion());
            query.run(
                    collection,
                    searched.likeness(),
                    face -> !face.faceId().equals(faceId),
                    this::shown,
                    answer.putArray("FaceMatches"));
            return answer;
        });
    }

    ObjectNode byImage(Request request, Credentials caller) {
        var id = request.collectionId();
        var query = Query.of(request);
        var filter = request.qualityFilter(QualityFilter.NONE);
        var source = request.image("Image");
        store.read(catalog -> catalog.collection(id));
        var largest = vision.facesIn(pictures.file(source)).stream()
                .filter(face -> filter.passes(face.sharpness()))
                .findFirst()
                .orElseThrow(ImageOperations::noFace);
        return store.read(catalog -> {
            var answer = JSON.objectNode()
                    .put("SearchedFaceConfidence", (float) largest.confidence())
                    .put("FaceModelVersion", vision.modelVersion());
            answer.set("SearchedFaceBoundingBox", FaceDetails.of(largest.box()));
            query.run(
                    catalog.collection(id),
                    largest.likeness(),
                    face -> true,
                    this::shown,
                    answer.putArray("FaceMatches"));
            return answer;
        });
    }

    private ObjectNode shown(StoredFace face) {
        return FaceDetails.of(face, vision.modelVersion());
    }
}
