package io.sluice.rekognition;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;
import software.amazon.awssdk.services.rekognition.model.Image;
import software.amazon.awssdk.services.rekognition.model.IndexFacesRequest;
import software.amazon.awssdk.services.rekognition.model.IndexFacesResponse;

/** A server on a free port with the SDK's client connected to it. The client tries every call once. */
final class LocalRekognition implements AutoCloseable {
    static final String KEY_ID = "AKIDEXAMPLE";

    private final RekognitionServer server;
    private final RekognitionClient client;
    private final HttpClient http = HttpClient.newHttpClient();

    private LocalRekognition(RekognitionServer server) {
        this.server = server;
        this.client = clientWith(KEY_ID);
    }

    static LocalRekognition on(Path folder) {
        return on(new RekognitionServer.Config("127.0.0.1", 0, folder, Optional::empty, null));
    }

    /** {@return a server that sees real faces with the models of a folder} */
    static LocalRekognition on(Path folder, Path models) {
        return on(new RekognitionServer.Config("127.0.0.1", 0, folder, Optional::empty, null, models));
    }

    static LocalRekognition on(RekognitionServer.Config config) {
        return new LocalRekognition(RekognitionServer.start(config));
    }

    RekognitionClient client() {
        return client;
    }

    /** {@return a client with another access key} */
    RekognitionClient clientWith(String accessKeyId) {
        return RekognitionClient.builder()
                .endpointOverride(address())
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, "secret")))
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    IndexFacesResponse index(String collection, byte[] picture, Consumer<IndexFacesRequest.Builder> more) {
        return client.indexFaces(
                request -> more.accept(request.collectionId(collection).image(image(picture))));
    }

    static Image image(byte[] picture) {
        return Image.builder().bytes(SdkBytes.fromByteArrayUnsafe(picture)).build();
    }

    void setFaults(String json) {
        var answer = send(HttpRequest.newBuilder(address().resolve("/_sluice/faults"))
                .POST(BodyPublishers.ofString(json))
                .build());
        if (answer.statusCode() != 204) {
            throw new IllegalArgumentException(answer.body());
        }
    }

    String stats() {
        return send(HttpRequest.newBuilder(address().resolve("/_sluice/stats")).build())
                .body();
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        http.close();
        client.close();
        server.close();
    }
}
