package io.sluice.rekognizer.aws;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.model.CreateCollectionRequest;
import software.amazon.awssdk.services.rekognition.model.CreateCollectionResponse;
import software.amazon.awssdk.services.rekognition.model.DeleteFacesRequest;
import software.amazon.awssdk.services.rekognition.model.DeleteFacesResponse;
import software.amazon.awssdk.services.rekognition.model.DescribeCollectionRequest;
import software.amazon.awssdk.services.rekognition.model.DescribeCollectionResponse;
import software.amazon.awssdk.services.rekognition.model.Face;
import software.amazon.awssdk.services.rekognition.model.FaceMatch;
import software.amazon.awssdk.services.rekognition.model.FaceRecord;
import software.amazon.awssdk.services.rekognition.model.IndexFacesRequest;
import software.amazon.awssdk.services.rekognition.model.IndexFacesResponse;
import software.amazon.awssdk.services.rekognition.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.rekognition.model.ResourceNotFoundException;
import software.amazon.awssdk.services.rekognition.model.SearchFacesRequest;
import software.amazon.awssdk.services.rekognition.model.SearchFacesResponse;
import software.amazon.awssdk.services.rekognition.model.UnsuccessfulFaceDeletion;
import software.amazon.awssdk.services.rekognition.model.UnsuccessfulFaceDeletionReason;

/** A client of Rekognition that notes its calls, and fails as told. */
final class PretendRekognition implements RekognitionClient {
    final List<String> calls = new ArrayList<>();
    /** What calls throw, by their names. */
    final Map<String, RuntimeException> failing = new HashMap<>();

    boolean hasCollection;
    /** Whether the collection is made by another program at the same moment. */
    boolean isRaced;

    private void called(String name, String with) {
        calls.add((name + " " + with).strip());
        var error = failing.get(name);
        if (error != null) {
            throw error;
        }
    }

    private void needsCollection() {
        if (!hasCollection) {
            throw ResourceNotFoundException.builder().build();
        }
    }

    @Override
    public IndexFacesResponse indexFaces(IndexFacesRequest request) {
        called(
                "IndexFaces",
                request.externalImageId() + " " + request.image().bytes().asByteArray().length);
        needsCollection();
        var face = Face.builder()
                .faceId("f1")
                .confidence(99.5f)
                .boundingBox(box -> box.left(0.1f).top(-0.2f).width(0.3f).height(0.4f))
                .build();
        return IndexFacesResponse.builder()
                .faceModelVersion("7.0")
                .faceRecords(List.of(FaceRecord.builder().face(face).build()))
                .build();
    }

    @Override
    public SearchFacesResponse searchFaces(SearchFacesRequest request) {
        called("SearchFaces", request.faceId() + " " + request.faceMatchThreshold());
        needsCollection();
        return SearchFacesResponse.builder()
                .faceMatches(List.of(FaceMatch.builder()
                        .similarity(91.5f)
                        .face(face -> face.faceId("f2"))
                        .build()))
                .build();
    }

    @Override
    public DeleteFacesResponse deleteFaces(DeleteFacesRequest request) {
        called("DeleteFaces", "" + request.faceIds().size());
        needsCollection();
        return DeleteFacesResponse.builder()
                .deletedFaces("f1")
                .unsuccessfulFaceDeletions(List.of(
                        kept("f2", UnsuccessfulFaceDeletionReason.FACE_NOT_FOUND),
                        kept("f3", UnsuccessfulFaceDeletionReason.ASSOCIATED_TO_AN_EXISTING_USER)))
                .build();
    }

    private static UnsuccessfulFaceDeletion kept(String faceId, UnsuccessfulFaceDeletionReason why) {
        return UnsuccessfulFaceDeletion.builder().faceId(faceId).reasons(why).build();
    }

    @Override
    public DescribeCollectionResponse describeCollection(DescribeCollectionRequest request) {
        called("DescribeCollection", "");
        needsCollection();
        return DescribeCollectionResponse.builder().faceModelVersion("7.0").build();
    }

    @Override
    public CreateCollectionResponse createCollection(CreateCollectionRequest request) {
        called("CreateCollection", request.collectionId());
        hasCollection = true;
        if (isRaced) {
            throw ResourceAlreadyExistsException.builder().build();
        }
        return CreateCollectionResponse.builder().faceModelVersion("7.0").build();
    }

    @Override
    public String serviceName() {
        return "rekognition";
    }

    @Override
    public void close() {
        calls.add("close");
    }
}
