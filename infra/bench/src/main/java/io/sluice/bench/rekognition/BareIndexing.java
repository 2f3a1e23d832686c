package io.sluice.bench.rekognition;

import io.sluice.bench.load.DistinctJpegs;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rekognition.RekognitionClient;

/** Calls of {@code IndexFaces} by the SDK alone: no topic, no limits, no result that is kept. */
public final class BareIndexing implements AutoCloseable {
    private static final String COLLECTION = "bare";

    private final RekognitionClient client;
    private final int callers;

    /** @param callers how many calls are in flight */
    public BareIndexing(URI endpoint, int callers) {
        this.callers = callers;
        this.client = RekognitionClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClientBuilder(Apache5HttpClient.builder().maxConnections(callers))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
        client.createCollection(request -> request.collectionId(COLLECTION));
    }

    /** Indexes the files of these numbers. */
    public void index(DistinctJpegs files, int from, int count) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(callers)) {
            var calls = IntStream.range(from, from + count)
                    .mapToObj(number -> threads.submit(() -> index(files.file(number), "photo-" + number)))
                    .toList();
            for (var call : calls) {
                call.get();
            }
        }
    }

    private int index(byte[] file, String id) {
        return client.indexFaces(request -> request.collectionId(COLLECTION)
                        .image(image -> image.bytes(SdkBytes.fromByteArrayUnsafe(file)))
                        .externalImageId(id)
                        .maxFaces(100))
                .faceRecords()
                .size();
    }

    @Override
    public void close() {
        client.close();
    }
}
