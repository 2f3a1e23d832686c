package io.sluice.rekognition;

import static io.sluice.rekognition.SquareFaces.LARGE;
import static io.sluice.rekognition.SquareFaces.PURPLE;
import static io.sluice.rekognition.SquareFaces.RED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sluice.samplemodels.FaceBundle;
import java.awt.Color;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.rekognition.model.Face;
import software.amazon.awssdk.services.rekognition.model.FaceMatch;
import software.amazon.awssdk.services.rekognition.model.Landmark;

/** A server with models: generated ones, whose faces are squares of a color. */
class ModelsIT {
    private static final byte[] TWO_PEOPLE = SquareFaces.redAndPurple();
    private static final byte[] RED_ALONE = new SquareFaces().small(20, 4, RED).file();
    /** Equal pixels are similar without any model. */
    private static final Color NEARLY_RED = new Color(255, 0, 9);

    private static final Pattern FLOATS = Pattern.compile("\"floats\":\"([^\"]+)\"");

    @TempDir
    Path folder;

    @TempDir
    Path models;

    @BeforeEach
    void write() {
        FaceBundle.write(models);
    }

    private LocalRekognition start() {
        return LocalRekognition.on(folder, models);
    }

    private static void create(LocalRekognition rekognition) {
        rekognition.client().createCollection(request -> request.collectionId("c"));
    }

    private static List<FaceMatch> search(LocalRekognition rekognition, byte[] picture) {
        return rekognition
                .client()
                .searchFacesByImage(request -> request.collectionId("c")
                        .image(LocalRekognition.image(picture))
                        .faceMatchThreshold(80f))
                .faceMatches();
    }

    private String journal() throws IOException {
        return Files.readString(folder.resolve("journal"), StandardCharsets.ISO_8859_1);
    }

    @Test
    void aPersonIsFoundAgainAndNobodyElse() {
        try (var rekognition = start()) {
            create(rekognition);
            var indexed = rekognition.index("c", TWO_PEOPLE, request -> request.externalImageId("two"));
            rekognition.index("c", RED_ALONE, request -> request.externalImageId("one"));

            assertThat(indexed.faceModelVersion()).startsWith("stand-in-1.markers-and-models-");
            assertThat(indexed.faceRecords()).hasSize(2);
            assertThat(search(rekognition, RED_ALONE))
                    .hasSize(2)
                    .allSatisfy(match -> assertThat(match.similarity()).isGreaterThan(99))
                    .extracting(match -> match.face().externalImageId())
                    .containsExactlyInAnyOrder("one", "two");
            var purple = indexed.faceRecords().stream()
                    .map(face -> face.face())
                    .filter(face -> face.boundingBox().left() > 0.4)
                    .findFirst()
                    .orElseThrow();
            assertThat(rekognition
                            .client()
                            .searchFaces(request -> request.collectionId("c")
                                    .faceId(purple.faceId())
                                    .faceMatchThreshold(0f))
                            .faceMatches())
                    .as("the two red ones")
                    .hasSize(2)
                    .allSatisfy(match -> assertThat(match.similarity()).isLessThan(50));
        }
    }

    @Test
    void aFaceHasTheBoxTheMarksAndTheConfidenceOfTheDetector() {
        try (var rekognition = start()) {
            var face = rekognition
                    .client()
                    .detectFaces(request -> request.image(LocalRekognition.image(
                            new SquareFaces().large(2, 1, RED).file())))
                    .faceDetails()
                    .getFirst();

            assertThat(face.confidence()).isBetween(90f, 100f);
            assertThat(face.boundingBox().left()).isCloseTo(2f * LARGE / SquareFaces.WIDTH, within(0.001f));
            assertThat(face.boundingBox().height()).isCloseTo((float) LARGE / SquareFaces.HEIGHT, within(0.002f));
            assertThat(face.pose().roll())
                    .as("the right eye is a little higher")
                    .isBetween(-1f, -0.1f);
            assertThat(face.landmarks())
                    .extracting(Landmark::typeAsString)
                    .containsExactly("eyeLeft", "eyeRight", "mouthLeft", "mouthRight", "nose");
            assertThat(face.landmarks().getFirst().x())
                    .isCloseTo((2 + 38.2946f / 112) * LARGE / SquareFaces.WIDTH, within(0.001f));
            assertThat(face.landmarks().getLast().y())
                    .isCloseTo((1 + 71.7366f / 112) * LARGE / SquareFaces.HEIGHT, within(0.002f));
        }
    }

    @Test
    void twoPicturesAreComparedByTheModels() {
        try (var rekognition = start()) {
            var compared = rekognition
                    .client()
                    .compareFaces(request -> request.sourceImage(LocalRekognition.image(RED_ALONE))
                            .targetImage(LocalRekognition.image(TWO_PEOPLE)));

            assertThat(compared.faceMatches())
                    .singleElement()
                    .satisfies(match ->
                            assertThat(match.face().boundingBox().left()).isLessThan(0.2f));
            assertThat(compared.unmatchedFaces()).hasSize(1);
        }
    }

    @Test
    void drawnPeopleAreSeenByTheirMarkersAsWithoutModels() throws IOException {
        var ann = Drawn.people(1, 3).getFirst();
        var photo = Drawn.photo(1, ann);
        List<Face> before;
        try (var rekognition = LocalRekognition.on(folder)) {
            create(rekognition);
            before = rekognition.index("c", photo, request -> request.externalImageId("ann")).faceRecords().stream()
                    .map(found -> found.face())
                    .toList();
        }
        try (var rekognition = start()) {
            var again = rekognition.index("c", photo, request -> request.externalImageId("ann"));

            assertThat(again.faceRecords())
                    .extracting(found -> found.face().faceId())
                    .isEqualTo(before.stream().map(Face::faceId).toList());
            assertThat(search(rekognition, Drawn.photo(2, ann)))
                    .singleElement()
                    .satisfies(match -> assertThat(match.similarity()).isGreaterThan(99));
            assertThat(journal()).doesNotContain("floats");
        }
    }

    @Test
    void whatTheModelsSaidOfAFaceIsKeptOnDiskUntilTheFaceIsDeleted() throws IOException {
        String purple;
        try (var rekognition = start()) {
            create(rekognition);
            rekognition.index("c", TWO_PEOPLE, request -> request.externalImageId("two"));
        }
        assertThat(FLOATS.matcher(journal()).results()).hasSize(2);
        try (var rekognition = start()) {
            var red = search(rekognition, RED_ALONE).getFirst().face();
            purple = rekognition.client().listFaces(request -> request.collectionId("c")).faces().stream()
                    .map(Face::faceId)
                    .filter(faceId -> !faceId.equals(red.faceId()))
                    .findFirst()
                    .orElseThrow();

            rekognition
                    .client()
                    .deleteFaces(request -> request.collectionId("c").faceIds(red.faceId()));

            assertThat(search(rekognition, RED_ALONE)).isEmpty();
            assertThat(FLOATS.matcher(journal()).results())
                    .as("at once, not only after a restart")
                    .hasSize(1);
            assertThat(journal()).contains(purple).doesNotContain(red.faceId());
        }
        try (var rekognition = start()) {
            assertThat(search(rekognition, RED_ALONE)).isEmpty();
            assertThat(search(rekognition, new SquareFaces().small(3, 3, PURPLE).file()))
                    .extracting(match -> match.face().faceId())
                    .containsExactly(purple);
            rekognition.client().deleteCollection(request -> request.collectionId("c"));
            assertThat(journal()).doesNotContain("floats");
        }
    }

    @Test
    void noAnswerHasWhatTheModelsSaidOfAFace() throws IOException {
        try (var rekognition = start()) {
            create(rekognition);
            var picture = "{\"Bytes\": \"%s\"}".formatted(Base64.getEncoder().encodeToString(TWO_PEOPLE));
            var answers = new StringBuilder();
            answers.append(call(rekognition, "IndexFaces", """
                    {"CollectionId": "c", "DetectionAttributes": ["ALL"], "Image": %s}""".formatted(picture)));
            answers.append(call(rekognition, "ListFaces", "{\"CollectionId\": \"c\"}"));
            answers.append(call(rekognition, "DetectFaces", """
                    {"Attributes": ["ALL"], "Image": %s}""".formatted(picture)));
            answers.append(call(rekognition, "CompareFaces", """
                    {"SourceImage": %s, "TargetImage": %s}""".formatted(picture, picture)));
            answers.append(call(rekognition, "SearchFacesByImage", """
                    {"CollectionId": "c", "Image": %s}""".formatted(picture)));

            assertThat(answers)
                    .contains("FaceRecords", "FaceDetails", "FaceMatches")
                    .doesNotContain("floats");
            assertThat(FLOATS.matcher(journal()).results())
                    .hasSize(2)
                    .allSatisfy(found ->
                            assertThat(answers).doesNotContain(found.group(1).substring(0, 40)));
        }
    }

    private static String call(LocalRekognition rekognition, String operation, String json) {
        return rekognition
                .send(HttpRequest.newBuilder(rekognition.address())
                        .header("X-Amz-Target", "RekognitionService." + operation)
                        .header("Authorization", RefusalsIT.SIGNED)
                        .POST(BodyPublishers.ofString(json))
                        .build())
                .body();
    }

    @Test
    void facesOfOtherModelsAreNotComparedUntilTheyAreIndexedAgain() throws IOException {
        String first;
        try (var rekognition = start()) {
            create(rekognition);
            first = rekognition
                    .index("c", RED_ALONE, request -> request.externalImageId("one"))
                    .faceModelVersion();
        }
        // the same network in another file: its numbers differ only for who trusts the name
        Files.write(models.resolve("recognizer.onnx"), withOtherProducer(models.resolve("recognizer.onnx")));
        try (var rekognition = start()) {
            assertThat(search(
                            rekognition,
                            new SquareFaces().small(5, 5, NEARLY_RED).file()))
                    .isEmpty();

            var again = rekognition.index("c", RED_ALONE, request -> request.externalImageId("one"));

            assertThat(again.faceModelVersion()).isNotEqualTo(first);
            assertThat(search(
                            rekognition,
                            new SquareFaces().small(5, 5, NEARLY_RED).file()))
                    .hasSize(1);
            assertThat(FLOATS.matcher(journal()).results())
                    .as("the older vector is not kept")
                    .hasSize(1);
        }
    }

    private static byte[] withOtherProducer(Path network) throws IOException {
        return new String(Files.readAllBytes(network), StandardCharsets.ISO_8859_1)
                .replace("sluice-sample-models", "another-name-of-same")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void changedModelsStopTheStart() throws IOException {
        var recognizer = models.resolve("recognizer.onnx");
        Files.writeString(models.resolve("sluice-bundle.json"), """
                {"files": {"recognizer.onnx": {"sha256": "%s"}}}""".formatted("0".repeat(64)));

        assertThatThrownBy(this::start)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(recognizer + " is not the file that was pulled")
                .hasMessageContaining("./sluice models pull faces");
    }

    @Test
    void modelsThatAreMissingOrIncompleteLeaveTheMarkers() throws IOException {
        Files.delete(models.resolve("recognizer.onnx"));
        for (var incomplete : List.of(models, models.resolve("missing"))) {
            try (var rekognition = LocalRekognition.on(folder, incomplete)) {
                assertThat(rekognition
                                .client()
                                .createCollection(request -> request.collectionId("c" + incomplete.getFileName()))
                                .faceModelVersion())
                        .isEqualTo("stand-in-1.markers-only");
            }
        }
    }
}
