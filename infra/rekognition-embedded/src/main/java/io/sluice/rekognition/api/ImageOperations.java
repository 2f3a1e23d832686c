package io.sluice.rekognition.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sluice.rekognition.face.Face;
import io.sluice.rekognition.face.Pictures;
import io.sluice.rekognition.face.Vision;
import io.sluice.rekognition.protocol.ApiError;
import io.sluice.rekognition.protocol.Credentials;
import io.sluice.rekognition.protocol.QualityFilter;
import io.sluice.rekognition.protocol.Rejection;
import io.sluice.rekognition.protocol.Request;
import java.util.Comparator;
import java.util.List;

/** Answers about pictures without any collection. */
final class ImageOperations {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Pictures pictures;
    private final Vision vision;

    ImageOperations(Pictures pictures, Vision vision) {
        this.pictures = pictures;
        this.vision = vision;
    }

    /** {@return the refusal of a picture that must show a face and shows none} */
    static Rejection noFace() {
        return ApiError.INVALID_PARAMETER.rejection("There are no faces in the image. Should be at least 1.");
    }

    ObjectNode detect(Request request, Credentials caller) {
        var attributes = request.attributes("Attributes");
        var source = request.image("Image");
        var answer = JSON.objectNode();
        var details = answer.putArray("FaceDetails");
        vision.facesIn(pictures.file(source)).forEach(face -> details.add(FaceDetails.of(face, attributes)));
        return answer;
    }

    ObjectNode compare(Request request, Credentials caller) {
        var threshold = request.threshold("SimilarityThreshold");
        var filter = request.qualityFilter(QualityFilter.NONE);
        var source = request.image("SourceImage");
        var target = request.image("TargetImage");
        var wanted = facesIn(pictures.file(source), filter).getFirst();
        record Compared(Face face, double similarity) {}
        var compared = facesIn(pictures.file(target), filter).stream()
                .map(face -> new Compared(face, wanted.likeness().similarityTo(face.likeness())))
                .sorted(Comparator.comparingDouble(Compared::similarity).reversed())
                .toList();
        var answer = JSON.objectNode();
        answer.putObject("SourceImageFace")
                .put("Confidence", (float) wanted.confidence())
                .set("BoundingBox", FaceDetails.of(wanted.box()));
        var matches = answer.putArray("FaceMatches");
        var unmatched = answer.putArray("UnmatchedFaces");
        for (var candidate : compared) {
            var face = FaceDetails.compared(candidate.face());
            if (candidate.similarity() >= threshold) {
                matches.addObject()
                        .put("Similarity", (float) candidate.similarity())
                        .set("Face", face);
            } else {
                unmatched.add(face);
            }
        }
        return answer;
    }

    /** {@return the faces of a picture, one at least} */
    private List<Face> facesIn(byte[] file, QualityFilter filter) {
        var faces = vision.facesIn(file).stream()
                .filter(face -> filter.passes(face.sharpness()))
                .toList();
        if (faces.isEmpty()) {
            throw noFace();
        }
        return faces;
    }
}
