package io.sluice.rekognition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.samplephotos.Person;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests like the examples of the API reference get answers of the documented shapes: these members and no others. A
 * shape is written as JSON with s, n and b for texts, numbers and booleans, and with the first element of an array.
 */
class ShapesIT {
    private static final String BOX = "{Height:n,Left:n,Top:n,Width:n}";
    private static final String LANDMARKS_POSE_QUALITY =
            "Landmarks:[{Type:s,X:n,Y:n}],Pose:{Pitch:n,Roll:n,Yaw:n},Quality:{Brightness:n,Sharpness:n}";
    private static final String DETAIL = "{BoundingBox:" + BOX + ",Confidence:n," + LANDMARKS_POSE_QUALITY + "}";
    private static final String FACE =
            "{BoundingBox:" + BOX + ",Confidence:n,ExternalImageId:s,FaceId:s,ImageId:s,IndexFacesModelVersion:s}";
    private static final List<Person> PEOPLE = Drawn.people(3, 17);

    @TempDir
    Path folder;

    private LocalRekognition rekognition;

    @BeforeEach
    void start() {
        rekognition = LocalRekognition.on(folder);
    }

    @AfterEach
    void stop() {
        rekognition.close();
    }

    private JsonNode call(String operation, String json) throws IOException {
        var answer = rekognition.send(HttpRequest.newBuilder(rekognition.address())
                .header("X-Amz-Target", "RekognitionService." + operation)
                .header("Authorization", RefusalsIT.SIGNED)
                .POST(BodyPublishers.ofString(json))
                .build());
        return new ObjectMapper().readTree(answer.body());
    }

    private static String picture(Person... people) {
        return "{\"Bytes\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(Drawn.photo(people)));
    }

    private static String shape(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT ->
                node.properties().stream()
                        .map(member -> member.getKey() + ":" + shape(member.getValue()))
                        .sorted()
                        .collect(Collectors.joining(",", "{", "}"));
            case ARRAY -> node.isEmpty() ? "[]" : "[" + shape(node.get(0)) + "]";
            case STRING -> "s";
            case NUMBER -> "n";
            case BOOLEAN -> "b";
            default -> node.getNodeType().toString();
        };
    }

    @Test
    void ofCollections() throws IOException {
        assertThat(shape(call("CreateCollection", "{\"CollectionId\": \"myphotos\"}")))
                .isEqualTo("{CollectionArn:s,FaceModelVersion:s,StatusCode:n}");
        assertThat(shape(call("DescribeCollection", "{\"CollectionId\": \"myphotos\"}")))
                .isEqualTo("{CollectionARN:s,CreationTimestamp:n,FaceCount:n,FaceModelVersion:s,UserCount:n}");
        assertThat(shape(call("ListCollections", "{}"))).isEqualTo("{CollectionIds:[s],FaceModelVersions:[s]}");
        assertThat(shape(call("DeleteCollection", "{\"CollectionId\": \"myphotos\"}")))
                .isEqualTo("{StatusCode:n}");
    }

    @Test
    void ofFacesInACollection() throws IOException {
        call("CreateCollection", "{\"CollectionId\": \"myphotos\"}");

        var indexed = call("IndexFaces", """
                {"CollectionId": "myphotos", "DetectionAttributes": [], "ExternalImageId": "myphotoid",
                 "MaxFaces": 1, "Image": %s}""".formatted(picture(PEOPLE.get(0), PEOPLE.get(1))));
        assertThat(shape(indexed))
                .isEqualTo("{FaceModelVersion:s,FaceRecords:[{Face:" + FACE + ",FaceDetail:" + DETAIL
                        + "}],UnindexedFaces:[{FaceDetail:" + DETAIL + ",Reasons:[s]}]}");
        call("IndexFaces", """
                {"CollectionId": "myphotos", "ExternalImageId": "another", "Image": %s}""".formatted(picture(PEOPLE.get(0), PEOPLE.get(1))));
        var id = indexed.at("/FaceRecords/0/Face/FaceId").textValue();

        assertThat(shape(call("ListFaces", "{\"CollectionId\": \"myphotos\", \"MaxResults\": 2}")))
                .isEqualTo("{FaceModelVersion:s,Faces:[" + FACE + "],NextToken:s}");
        assertThat(shape(call("SearchFaces", """
                {"CollectionId": "myphotos", "FaceId": "%s", "FaceMatchThreshold": 90, "MaxFaces": 10}""".formatted(id))))
                .isEqualTo("{FaceMatches:[{Face:" + FACE + ",Similarity:n}],FaceModelVersion:s,SearchedFaceId:s}");
        assertThat(shape(call("SearchFacesByImage", """
                {"CollectionId": "myphotos", "FaceMatchThreshold": 95, "MaxFaces": 5, "Image": %s}""".formatted(picture(PEOPLE.get(1))))))
                .isEqualTo("{FaceMatches:[{Face:" + FACE + ",Similarity:n}],FaceModelVersion:s,SearchedFaceBoundingBox:"
                        + BOX + ",SearchedFaceConfidence:n}");
        assertThat(shape(call("DeleteFaces", """
                {"CollectionId": "myphotos", "FaceIds": ["%s", "00000000-0000-0000-0000-000000000000"]}""".formatted(id))))
                .isEqualTo("{DeletedFaces:[s],UnsuccessfulFaceDeletions:[{FaceId:s,Reasons:[s]}]}");
    }

    @Test
    void ofPictures() throws IOException {
        assertThat(shape(call("DetectFaces", "{\"Image\": %s}".formatted(picture(PEOPLE.get(0))))))
                .isEqualTo("{FaceDetails:[" + DETAIL + "]}");
        assertThat(shape(call(
                        "DetectFaces", "{\"Attributes\": [\"ALL\"], \"Image\": %s}".formatted(picture(PEOPLE.get(0))))))
                .isEqualTo("{FaceDetails:[{AgeRange:{High:n,Low:n},Beard:{Confidence:n,Value:b},BoundingBox:" + BOX
                        + ",Confidence:n,Emotions:[{Confidence:n,Type:s}],EyeDirection:{Confidence:n,Pitch:n,Yaw:n},"
                        + "Eyeglasses:{Confidence:n,Value:b},EyesOpen:{Confidence:n,Value:b},"
                        + "FaceOccluded:{Confidence:n,Value:b},Gender:{Confidence:n,Value:s},"
                        + "Landmarks:[{Type:s,X:n,Y:n}],MouthOpen:{Confidence:n,Value:b},"
                        + "Mustache:{Confidence:n,Value:b},Pose:{Pitch:n,Roll:n,Yaw:n},"
                        + "Quality:{Brightness:n,Sharpness:n},Smile:{Confidence:n,Value:b},"
                        + "Sunglasses:{Confidence:n,Value:b}}]}");
        assertThat(shape(call(
                        "CompareFaces", """
                {"SimilarityThreshold": 90, "SourceImage": %s, "TargetImage": %s}""".formatted(picture(PEOPLE.get(0)), picture(PEOPLE.toArray(Person[]::new))))))
                .isEqualTo("{FaceMatches:[{Face:" + DETAIL + ",Similarity:n}],SourceImageFace:{BoundingBox:" + BOX
                        + ",Confidence:n},UnmatchedFaces:[" + DETAIL + "]}");
    }
}
