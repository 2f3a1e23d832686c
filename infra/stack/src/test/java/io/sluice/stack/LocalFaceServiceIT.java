package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.samplephotos.SamplePhotos;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFaceServiceIT {
    private static final String SIGNED = "AWS4-HMAC-SHA256 Credential=A/20261128/eu-west-1/rekognition/aws4_request, "
            + "SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64);

    @TempDir
    Path dir;

    @Test
    void seesThePicturesInTheLocalObjectStore() throws Exception {
        try (var store = LocalObjectStore.start(dir.resolve("s3"));
                var service = LocalFaceService.start(
                        dir.resolve("rekognition"),
                        Part.LOOPBACK,
                        0,
                        () -> Optional.of(URI.create(store.url())),
                        null)) {
            var folder = Files.createDirectories(dir.resolve("s3/sluice/photos"));
            var selfie = SamplePhotos.of(1, 1, 1).selfies().getFirst();
            Files.write(folder.resolve("a selfie.jpg"), selfie.jpeg());

            var answer = call(service, "DetectFaces", """
                    {"Image": {"S3Object": {"Bucket": "sluice", "Name": "photos/a selfie.jpg"}}}""");

            assertThat(answer.path("FaceDetails")).hasSize(1);
            assertThat(call(service, "DetectFaces", """
                    {"Image": {"S3Object": {"Bucket": "sluice", "Name": "photos/other.jpg"}}}""").path("__type").asText())
                    .isEqualTo("InvalidS3ObjectException");
        }
    }

    @Test
    void saysWhichVariableNamesAPortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() ->
                            LocalFaceService.start(dir, Part.LOOPBACK, taken.getLocalPort(), Optional::empty, null))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("SLUICE_REKOGNITION_PORT");
        }
    }

    @Test
    void saysWhatToDoAboutModelsThatWereChanged() throws Exception {
        var models = Files.createDirectories(dir.resolve("models/faces"));
        Files.writeString(models.resolve("detector.onnx"), "changed");
        Files.writeString(models.resolve("recognizer.onnx"), "pulled");
        Files.writeString(
                models.resolve("sluice-bundle.json"), "{\"files\": {\"detector.onnx\": {\"sha256\": \"0\"}}}");

        assertThatThrownBy(() -> LocalFaceService.start(dir, Part.LOOPBACK, 0, Optional::empty, models))
                .isInstanceOf(StackException.class)
                .hasMessageContaining(models.resolve("detector.onnx") + " is not the file that was pulled")
                .hasMessageContaining("./sluice models pull faces");
    }

    @Test
    void keepsItsCollectionsInItsFolder() throws Exception {
        try (var service = LocalFaceService.start(dir)) {
            call(service, "CreateCollection", "{\"CollectionId\": \"kept\"}");
        }
        try (var service = LocalFaceService.start(dir)) {
            assertThat(call(service, "ListCollections", "{}").path("CollectionIds"))
                    .extracting(JsonNode::asText)
                    .containsExactly("kept");
        }
    }

    private static JsonNode call(LocalFaceService service, String operation, String json) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(service.url()))
                    .header("X-Amz-Target", "RekognitionService." + operation)
                    .header("Authorization", SIGNED)
                    .POST(BodyPublishers.ofString(json))
                    .build();
            return new ObjectMapper()
                    .readTree(http.send(request, BodyHandlers.ofString()).body());
        }
    }
}
