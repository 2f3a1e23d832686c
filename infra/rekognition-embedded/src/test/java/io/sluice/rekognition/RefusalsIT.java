package io.sluice.rekognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.rekognition.protocol.ApiError;
import java.awt.image.BufferedImage;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.model.Image;
import software.amazon.awssdk.services.rekognition.model.ImageTooLargeException;
import software.amazon.awssdk.services.rekognition.model.InvalidImageFormatException;
import software.amazon.awssdk.services.rekognition.model.InvalidParameterException;
import software.amazon.awssdk.services.rekognition.model.RekognitionException;

class RefusalsIT {
    static final String SIGNED = "AWS4-HMAC-SHA256 Credential=A/20261128/eu-west-1/rekognition/aws4_request, "
            + "SignedHeaders=host;x-amz-date, Signature=" + "0".repeat(64);

    @TempDir
    Path folder;

    private LocalRekognition rekognition;

    @BeforeEach
    void start() {
        rekognition = LocalRekognition.on(folder);
        rekognition.client().createCollection(request -> request.collectionId("c"));
    }

    @AfterEach
    void stop() {
        rekognition.close();
    }

    private void assertInvalid(String constraint, Consumer<RekognitionClient> call) {
        assertThatThrownBy(() -> call.accept(rekognition.client()))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining(constraint);
    }

    private HttpResponse<String> sent(String operation, String body) {
        return rekognition.send(HttpRequest.newBuilder(rekognition.address())
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", operation)
                .header("Authorization", SIGNED)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "ä", "a/b", "a:b"})
    void aCollectionIdHasAPattern(String id) {
        assertInvalid(
                "'collectionId' failed to satisfy constraint",
                client -> client.createCollection(request -> request.collectionId(id)));
    }

    @Test
    void idsHaveALength() {
        rekognition.client().createCollection(request -> request.collectionId("c".repeat(255)));
        assertInvalid(
                "length less than or equal to 255",
                client -> client.createCollection(request -> request.collectionId("c".repeat(256))));
        assertInvalid("'collectionId'", client -> client.createCollection(request -> request.collectionId("")));
        assertInvalid("Member must not be null", client -> client.createCollection(request -> {}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"photos/a.jpg", "a b", "ü"})
    void anExternalImageIdHasAPattern(String id) {
        assertInvalid(
                "'externalImageId'",
                client -> rekognition.index("c", Drawn.blank(80, 80), request -> request.externalImageId(id)));
    }

    @Test
    void aFaceIdIsALowercaseUuid() {
        var upper = UUID.randomUUID().toString().toUpperCase(Locale.ROOT);
        assertInvalid(
                "'faceId'",
                client ->
                        client.searchFaces(request -> request.collectionId("c").faceId(upper)));
        assertInvalid(
                "'faceIds'",
                client ->
                        client.deleteFaces(request -> request.collectionId("c").faceIds("not an id")));
        assertInvalid(
                "'faceIds'",
                client ->
                        client.deleteFaces(request -> request.collectionId("c").faceIds(List.of())));
    }

    @Test
    void numbersHaveBounds() {
        var id = UUID.randomUUID().toString();
        assertInvalid(
                "'maxFaces'", client -> rekognition.index("c", Drawn.blank(80, 80), request -> request.maxFaces(0)));
        assertInvalid(
                "'maxFaces'",
                client -> client.searchFaces(
                        request -> request.collectionId("c").faceId(id).maxFaces(4097)));
        assertInvalid(
                "'faceMatchThreshold'",
                client -> client.searchFaces(
                        request -> request.collectionId("c").faceId(id).faceMatchThreshold(100.5f)));
        assertInvalid(
                "'maxResults'",
                client -> client.listFaces(request -> request.collectionId("c").maxResults(4097)));
    }

    @Test
    void choicesAreThoseOfTheProtocol() {
        assertInvalid(
                "enum value set",
                client -> rekognition.index("c", Drawn.blank(80, 80), request -> request.qualityFilter("BEST")));
        assertInvalid(
                "enum value set",
                client -> client.detectFaces(request -> request.image(LocalRekognition.image(Drawn.blank(80, 80)))
                        .attributesWithStrings("AGE")));
    }

    @Test
    void usersAreNotSupportedAndNotIgnored() {
        assertInvalid(
                "UserId is not supported",
                client -> client.listFaces(request -> request.collectionId("c").userId("u")));
    }

    @Test
    void aPictureIsEitherInTheRequestOrInTheObjectStore() {
        assertInvalid(
                "Bytes or S3Object",
                client -> client.detectFaces(
                        request -> request.image(Image.builder().build())));
        assertInvalid("'image'", client -> client.detectFaces(request -> {}));
        assertInvalid(
                "'image.s3Object.name'",
                client -> client.detectFaces(
                        request -> request.image(image -> image.s3Object(object -> object.bucket("bucket")))));
    }

    @ParameterizedTest
    @CsvSource({"79, 80", "80, 79"})
    void aPictureHasEightyPixelsASideAtLeast(int width, int height) {
        assertInvalid(
                "Request has invalid parameters",
                client -> rekognition.index("c", Drawn.blank(width, height), request -> {}));
        assertThat(rekognition.index("c", Drawn.blank(80, 80), request -> {}).faceRecords())
                .isEmpty();
    }

    @Test
    void aPictureIsAJpegOrAPng() {
        var gif = Drawn.file(new BufferedImage(90, 90, BufferedImage.TYPE_BYTE_GRAY), "gif");
        var jpeg = Drawn.photo(Drawn.people(1, 1).getFirst());
        for (var bytes :
                new byte[][] {gif, "hello".getBytes(StandardCharsets.US_ASCII), Arrays.copyOf(jpeg, jpeg.length / 2)}) {
            assertThatThrownBy(() -> rekognition.index("c", bytes, request -> {}))
                    .isInstanceOf(InvalidImageFormatException.class)
                    .hasMessageContaining("Request has invalid image format");
        }
    }

    @Test
    void aPictureInARequestHasFiveMegabytesAtMost() {
        var largest = Arrays.copyOf(Drawn.photo(Drawn.people(1, 1).getFirst()), 5 << 20);
        assertThat(rekognition.index("c", largest, request -> {}).faceRecords()).hasSize(1);

        assertThatThrownBy(() -> rekognition.index("c", new byte[(5 << 20) + 1], request -> {}))
                .isInstanceOf(ImageTooLargeException.class);
        assertThatThrownBy(() -> rekognition.index("c", new byte[20 << 20], request -> {}))
                .as("more than any request may have")
                .isInstanceOf(ImageTooLargeException.class);
        assertThat(rekognition
                        .client()
                        .listFaces(request -> request.collectionId("c"))
                        .faces())
                .as("the connection goes on")
                .hasSize(1);
    }

    @Test
    void anOperationThatItDoesNotHaveIsUnknown() {
        assertThatThrownBy(() -> rekognition
                        .client()
                        .detectLabels(request -> request.image(LocalRekognition.image(Drawn.blank(80, 80)))))
                .asInstanceOf(type(RekognitionException.class))
                .satisfies(refused ->
                        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("UnknownOperationException"))
                .satisfies(refused -> assertThat(refused.statusCode()).isEqualTo(400));
        assertThat(sent("OtherService.DetectFaces", "{}").body()).contains("UnknownOperationException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{",
                "{\"CollectionId\": 5}",
                "{\"CollectionId\": \"c\", \"FaceIds\": [1]}",
                "{\"CollectionId\": \"c\", \"FaceIds\": \"x\"}"
            })
    void whatIsNotTheJsonOfTheOperationIsNotRead(String body) {
        var answer = sent("RekognitionService.DeleteFaces", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("SerializationException");
    }

    @Test
    void anErrorHasTheDocumentedBody() throws Exception {
        var answer = sent("RekognitionService.DescribeCollection", "{\"CollectionId\": \"none\"}");

        var id = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
        assertThat(new ObjectMapper().readTree(answer.body()))
                .isEqualTo(new ObjectMapper().readTree("""
                {"__type": "ResourceNotFoundException", "Code": "ResourceNotFoundException", "Logref": "%s",
                 "Message": "The collection id: none does not exist"}""".formatted(id)));
        assertThat(answer.headers().firstValue("x-amzn-ErrorType")).contains("ResourceNotFoundException");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/x-amz-json-1.1");
    }

    @ParameterizedTest
    @EnumSource(ApiError.class)
    void theClientKnowsEachErrorThatATestCanAskFor(ApiError error) {
        rekognition.setFaults("{\"error\": \"%s\"}".formatted(error.type()));

        assertThatThrownBy(() -> rekognition.client().listCollections(request -> {}))
                .asInstanceOf(type(RekognitionException.class))
                .satisfies(refused -> {
                    assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(error.type());
                    assertThat(refused.statusCode()).isEqualTo(error.status());
                    assertThat(refused.requestId()).isNotBlank();
                });
    }

    @ParameterizedTest
    @CsvSource({"wrong, UnrecognizedClientException", "forged, InvalidSignatureException"})
    void wrongCredentialsAreRefused(String keyId, String error) {
        try (var client = rekognition.clientWith(keyId)) {
            assertThatThrownBy(() -> client.listCollections(request -> {}))
                    .asInstanceOf(type(RekognitionException.class))
                    .satisfies(refused ->
                            assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(error));
        }
    }

    @Test
    void aServerCanAcceptOneKeyOnly(@TempDir Path other) {
        var config = new RekognitionServer.Config("127.0.0.1", 0, other, Optional::empty, "AKIDTHEONE");
        try (var strict = LocalRekognition.on(config);
                var known = strict.clientWith("AKIDTHEONE")) {
            assertThat(known.listCollections(request -> {}).collectionIds()).isEmpty();
            assertThatThrownBy(() -> strict.client().listCollections(request -> {}))
                    .isInstanceOf(RekognitionException.class)
                    .hasMessageContaining("The security token included in the request is invalid");
        }
    }

    @Test
    void aRequestMustBeSignedForThisService() {
        var unsigned = HttpRequest.newBuilder(rekognition.address())
                .header("X-Amz-Target", "RekognitionService.ListCollections")
                .POST(BodyPublishers.ofString("{}"));

        assertThat(rekognition.send(unsigned.build()).body()).contains("MissingAuthenticationTokenException");
        assertThat(rekognition
                        .send(unsigned.copy()
                                .header("Authorization", "Basic YTpi")
                                .build())
                        .body())
                .contains("IncompleteSignatureException");
        assertThat(rekognition
                        .send(unsigned.copy()
                                .header("Authorization", SIGNED.replace("/rekognition/", "/s3/"))
                                .build())
                        .body())
                .contains("InvalidSignatureException");
    }

    @Test
    void aCallerThatBreaksOffLeavesTheServerAsItWas() throws Exception {
        try (var socket = new Socket(
                rekognition.address().getHost(), rekognition.address().getPort())) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\nHost: x\r\nX-Amz-Target: RekognitionService.ListCollections\r\n"
                                    + "Authorization: " + SIGNED + "\r\nContent-Length: 5000000\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();
            while (socket.getInputStream().read() >= 0) {
                // until the server has closed the connection
            }
        }
        assertThat(rekognition.client().listCollections(request -> {}).collectionIds())
                .containsExactly("c");
        assertThat(rekognition.stats()).contains("\"succeeded\":2", "\"ListCollections\":2");
    }

    @Test
    void twoServersCannotShareAFolder() {
        assertThatThrownBy(() -> LocalRekognition.on(folder)).hasMessageContaining("another Rekognition stand-in");
    }
}
