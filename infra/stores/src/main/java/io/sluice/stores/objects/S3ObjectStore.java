package io.sluice.stores.objects;

import io.sluice.runtime.CallLimit;
import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.OnDemand;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Objects in an S3 bucket. The first call makes the client. When a put finds no bucket, it creates the bucket. */
final class S3ObjectStore implements ObjectStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(S3ObjectStore.class);
    private static final Duration PROBE = Duration.ofSeconds(3);
    static final int MAX_ATTEMPTS = 5;
    /** The object that a probe reads. */
    private static final String CANARY = "probes/canary";

    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final S3Config config;
    private final OnDemand<S3Client> s3;

    S3ObjectStore(S3Config config) {
        this.config = config;
        this.s3 = new OnDemand<>(() -> S3Clients.client(config), S3Client::close);
    }

    @Override
    public StoredObject put(KeyOfHash key, byte[] bytes, String contentType) {
        var sha256 = Sha256.of(bytes);
        return putHashed(key.of(sha256), sha256, bytes, contentType);
    }

    @Override
    public StoredObject putHashed(String key, String sha256, byte[] bytes, String contentType) {
        var object = new StoredObject(config.bucket(), key, sha256, contentType, bytes.length);
        inBucket(this::createBucket, () -> putUnlessThere(object, bytes));
        return object;
    }

    @Override
    public StoredObject upload(String key, String contentType, InputStream bytes, long atMost) throws IOException {
        return new S3Upload(s3.get(), config.bucket(), key, contentType, atMost).of(bytes, this::createBucket);
    }

    @Override
    public void delete(String bucket, String key) {
        try {
            s3.get().deleteObject(request -> request.bucket(bucket).key(key));
        } catch (NoSuchBucketException e) {
            LOG.atDebug().addKeyValue("bucket", bucket).log("there is no such bucket, and no object in it");
        }
    }

    @Override
    public List<Listed> list(String prefix, @Nullable String after, int limit) {
        try {
            return s3
                    .get()
                    .listObjectsV2(request -> request.bucket(config.bucket())
                            .prefix(prefix)
                            .startAfter(after)
                            .maxKeys(limit))
                    .contents()
                    .stream()
                    .map(object -> new Listed(config.bucket(), object.key(), object.lastModified()))
                    .toList();
        } catch (NoSuchBucketException e) {
            return List.of();
        }
    }

    /** Returns the result of the call. When the bucket is missing, makes it and repeats the call. */
    static <T> T inBucket(Runnable makeBucket, Supplier<T> call) {
        try {
            return call.get();
        } catch (NoSuchBucketException e) {
            makeBucket.run();
            return call.get();
        }
    }

    private StoredObject putUnlessThere(StoredObject object, byte[] bytes) {
        untilThere(() -> s3.get()
                .putObject(
                        request -> request.bucket(object.bucket())
                                .key(object.key())
                                .contentType(object.contentType())
                                .ifNoneMatch("*"),
                        RequestBody.fromContentProvider(
                                () -> new ByteArrayInputStream(bytes), bytes.length, object.contentType())));
        return object;
    }

    /**
     * Runs a put that is refused when the key exists. The put is repeated while another one stores the key, because the
     * other one may still fail.
     */
    static void untilThere(Runnable put) {
        for (var attempt = 1; ; attempt++) {
            try {
                put.run();
                return;
            } catch (S3Exception e) {
                if (e.statusCode() == PRECONDITION_FAILED) {
                    return;
                }
                if (e.statusCode() != CONFLICT || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void createBucket() {
        try {
            s3.get().createBucket(request -> request.bucket(config.bucket()));
            LOG.atInfo().addKeyValue("bucket", config.bucket()).log("created a bucket");
        } catch (BucketAlreadyOwnedByYouException | BucketAlreadyExistsException e) {
            LOG.atDebug().addKeyValue("bucket", config.bucket()).log("bucket exists already");
        }
    }

    @Override
    public byte[] get(StoredObject object, long maxBytes) {
        var answer = fetch(object, request -> {}, maxBytes);
        var size = answer.response().contentLength();
        if (size > maxBytes) {
            throw new ObjectTooLargeException(object, size, maxBytes);
        }
        var bytes = answer.asByteArrayUnsafe();
        if (!Sha256.of(bytes).equals(object.sha256())) {
            throw new ObjectCorruptException(object);
        }
        return bytes;
    }

    @Override
    public byte[] getPart(StoredObject object, long first, int length) {
        try {
            var answer = fetch(object, request -> request.range("bytes=" + first + "-" + (first + length - 1)), length);
            var bytes = answer.asByteArrayUnsafe();
            // the range in an answer ends in the size of the whole object
            var range = Objects.requireNonNullElse(answer.response().contentRange(), "bytes */" + length);
            if (bytes.length != length || !range.endsWith("/" + object.size())) {
                throw new ObjectCorruptException(object);
            }
            return bytes;
        } catch (S3Exception e) {
            throw e.statusCode() == RANGE_NOT_SATISFIABLE ? new ObjectCorruptException(object) : e;
        }
    }

    private ResponseBytes<GetObjectResponse> fetch(
            StoredObject object, Consumer<GetObjectRequest.Builder> part, long maxBytes) {
        try {
            return s3.get()
                    .getObject(
                            request -> request.bucket(object.bucket())
                                    .key(object.key())
                                    .overrideConfiguration(
                                            override -> override.apiCallTimeout(CallLimit.orLess(config.timeout())))
                                    .applyMutation(part),
                            (response, stream) -> read(response, stream, maxBytes));
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            throw new ObjectMissingException(object);
        }
    }

    /** Throws no exception of its own: the SDK would take it for a broken transfer and try again. */
    private static ResponseBytes<GetObjectResponse> read(
            GetObjectResponse response, AbortableInputStream stream, long maxBytes) throws IOException {
        if (response.contentLength() > maxBytes) {
            // closing the stream would read the rest, to reuse the connection
            stream.abort();
            return ResponseBytes.fromByteArrayUnsafe(response, new byte[0]);
        }
        var bytes = stream.readNBytes(Math.toIntExact(response.contentLength()));
        return ResponseBytes.fromByteArrayUnsafe(response, bytes);
    }

    @Override
    public String name() {
        return "s3";
    }

    /**
     * Reads a small object, which it writes when it is missing. So a disk that cannot be read, a bucket that was taken
     * away and rights that were taken away are found, and a process that may only read passes.
     */
    @Override
    public void probe() {
        if (!canRead()) {
            writeCanary();
        }
    }

    /** {@return whether the small object is there; throws when the store cannot read it} */
    private boolean canRead() {
        try {
            s3.get()
                    .getObjectAsBytes(request -> request.bucket(config.bucket())
                            .key(CANARY)
                            .overrideConfiguration(override -> override.apiCallTimeout(PROBE)));
            return true;
        } catch (NoSuchKeyException | NoSuchBucketException e) {
            return false; // the store answers; the first put creates the bucket
        }
    }

    private void writeCanary() {
        try {
            s3.get()
                    .putObject(
                            request -> request.bucket(config.bucket())
                                    .key(CANARY)
                                    .overrideConfiguration(override -> override.apiCallTimeout(PROBE)),
                            RequestBody.fromString("read to see whether the store works"));
        } catch (NoSuchBucketException e) {
            LOG.atDebug().addKeyValue("bucket", config.bucket()).log("there is no bucket yet");
        } catch (S3Exception e) {
            // the right to write is not needed to read
            if (e.statusCode() != FORBIDDEN) {
                throw e;
            }
        }
    }

    @Override
    public void close() {
        s3.close();
    }
}
