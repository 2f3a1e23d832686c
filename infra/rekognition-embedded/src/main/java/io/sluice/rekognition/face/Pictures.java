package io.sluice.rekognition.face;

import io.sluice.rekognition.protocol.ApiError;
import io.sluice.rekognition.protocol.ImageSource;
import io.sluice.rekognition.protocol.ImageSource.Bytes;
import io.sluice.rekognition.protocol.ImageSource.StoredObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Fetches the files of pictures: from requests, and from the local object store, which asks for no credentials. */
public final class Pictures implements AutoCloseable {
    private static final int MOST_BYTES = 15 << 20;
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(WITHIN).build();
    private final Supplier<Optional<URI>> objectStore;

    /** @param objectStore the address of an S3 server; empty when there is none */
    public Pictures(Supplier<Optional<URI>> objectStore) {
        this.objectStore = objectStore;
    }

    /** {@return the file} */
    public byte[] file(ImageSource source) {
        return switch (source) {
            case Bytes(var content) -> content;
            case StoredObject object -> fetch(object);
        };
    }

    private byte[] fetch(StoredObject object) {
        var store = objectStore.get().orElseThrow(ApiError.INVALID_S3_OBJECT::rejection);
        var version = object.version().map(id -> "?versionId=" + encoded(id)).orElse("");
        var address = store.resolve("/%s/%s%s".formatted(object.bucket(), path(object.name()), version));
        try {
            var answer =
                    http.send(HttpRequest.newBuilder(address).timeout(WITHIN).build(), BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() != OK) {
                    throw ApiError.INVALID_S3_OBJECT.rejection();
                }
                var file = body.readNBytes(MOST_BYTES + 1);
                if (file.length > MOST_BYTES) {
                    throw ApiError.IMAGE_TOO_LARGE.rejection();
                }
                return file;
            }
        } catch (IOException unreachable) {
            throw ApiError.INVALID_S3_OBJECT.rejection();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw ApiError.SERVICE_UNAVAILABLE.rejection();
        }
    }

    private static String path(String key) {
        return Arrays.stream(key.split("/", -1)).map(Pictures::encoded).collect(Collectors.joining("/"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
