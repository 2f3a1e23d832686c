package io.sluice.stores.objects;

import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Stores one stream as an object. A stream that fits in one part is stored with one call. Otherwise the parts are
 * uploaded one by one, with one part in memory at a time, and the last call makes an object of them. For one use.
 */
final class S3Upload {
    /** S3 accepts parts of 5 MB and more (the last may be smaller), and at most 10,000 of them. */
    static final int PART = ObjectStore.UPLOAD_MEMORY;

    private static final Logger LOG = LoggerFactory.getLogger(S3Upload.class);
    private static final int END = -1;
    private static final int FIRST = 64 * 1024;

    private final S3Client s3;
    private final String bucket;
    private final String key;
    private final String contentType;
    private final int mostOfPart;
    private final MessageDigest sha256 = Sha256.digest();
    /** Grows with the bytes that arrive, so a slow stream holds little memory. */
    private byte[] part;

    private long size;

    S3Upload(S3Client s3, String bucket, String key, String contentType, long atMost) {
        this.s3 = s3;
        this.bucket = bucket;
        this.key = key;
        this.contentType = contentType;
        this.mostOfPart = Math.clamp(atMost, 1, PART);
        this.part = new byte[Math.min(mostOfPart, FIRST)];
    }

    /** Stores the stream and returns the object. When the stream or the store throws, there is no object. */
    StoredObject of(InputStream bytes, Runnable makeBucket) throws IOException {
        var length = fill(bytes, 0);
        var next = length < mostOfPart ? END : bytes.read();
        if (next == END) {
            putWhole(length, makeBucket);
        } else {
            putInParts(bytes, next, makeBucket);
        }
        return new StoredObject(bucket, key, Sha256.hex(sha256.digest()), contentType, size);
    }

    /** Keys are new, so another put of the key can only be an earlier attempt of this one, whose answer was lost. */
    private void putWhole(int length, Runnable makeBucket) {
        S3ObjectStore.untilThere(() -> S3ObjectStore.inBucket(
                makeBucket,
                () -> s3.putObject(
                        request -> request.bucket(bucket)
                                .key(key)
                                .contentType(contentType)
                                .ifNoneMatch("*"),
                        body(length))));
    }

    private void putInParts(InputStream bytes, int firstOfSecond, Runnable makeBucket) throws IOException {
        var id = S3ObjectStore.inBucket(
                        makeBucket,
                        () -> s3.createMultipartUpload(
                                request -> request.bucket(bucket).key(key).contentType(contentType)))
                .uploadId();
        try {
            var done = new ArrayList<CompletedPart>();
            var length = part.length;
            for (var next = firstOfSecond; next != END; next = length < mostOfPart ? END : bytes.read()) {
                done.add(put(id, done.size() + 1, length));
                part[0] = (byte) next;
                length = fill(bytes, 1);
            }
            done.add(put(id, done.size() + 1, length));
            complete(id, done);
        } catch (IOException | RuntimeException e) {
            abort(id);
            throw e;
        }
    }

    private int fill(InputStream bytes, int from) throws IOException {
        var length = from + bytes.readNBytes(part, from, part.length - from);
        while (length == part.length && length < mostOfPart) {
            part = Arrays.copyOf(part, Math.min(mostOfPart, 2 * length));
            length += bytes.readNBytes(part, length, part.length - length);
        }
        sha256.update(part, 0, length);
        size += length;
        return length;
    }

    private CompletedPart put(String id, int number, int length) {
        var answer = s3.uploadPart(
                request -> request.bucket(bucket).key(key).uploadId(id).partNumber(number), body(length));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .build();
    }

    private void complete(String id, List<CompletedPart> done) {
        try {
            s3.completeMultipartUpload(request -> request.bucket(bucket)
                    .key(key)
                    .uploadId(id)
                    .ifNoneMatch("*")
                    .multipartUpload(upload -> upload.parts(done)));
        } catch (S3Exception e) {
            if (e.statusCode() != S3ObjectStore.PRECONDITION_FAILED) {
                throw e;
            }
            abort(id); // an earlier attempt, whose answer was lost, has stored the object
        }
    }

    /**
     * Removes the parts. S3 keeps parts, and charges for them, until the upload is aborted or a lifecycle rule of the
     * bucket removes them.
     */
    private void abort(String id) {
        try {
            s3.abortMultipartUpload(request -> request.bucket(bucket).key(key).uploadId(id));
        } catch (NoSuchUploadException e) {
            LOG.atDebug().addKeyValue("key", key).log("upload has ended already");
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("bucket", bucket)
                    .addKeyValue("key", key)
                    .setCause(e)
                    .log("could not remove the parts of an upload");
        }
    }

    /** Each attempt reads the bytes of the part in place; {@code fromBytes} would copy them. */
    private RequestBody body(int length) {
        return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(part, 0, length), length, contentType);
    }
}
