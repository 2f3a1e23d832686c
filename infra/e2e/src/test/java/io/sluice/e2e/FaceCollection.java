package io.sluice.e2e;

import static java.util.stream.Collectors.toMap;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.model.Face;

/** The collection of a deployment at the stand-in for Rekognition, read as an operator would read it. */
final class FaceCollection implements AutoCloseable {
    private static final String NAME = "sluice";

    private final RekognitionClient rekognition;

    FaceCollection(String url) {
        this.rekognition = RekognitionClient.builder()
                .endpointOverride(URI.create(url))
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .build();
    }

    /** {@return the hash of each face's picture, by the face's id} */
    Map<String, String> faces() {
        return rekognition.listFacesPaginator(request -> request.collectionId(NAME)).stream()
                .flatMap(page -> page.faces().stream())
                .collect(toMap(Face::faceId, Face::externalImageId));
    }

    @Override
    public void close() {
        rekognition.close();
    }
}
