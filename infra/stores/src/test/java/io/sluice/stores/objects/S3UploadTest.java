package io.sluice.stores.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class S3UploadTest {
    private static final int CONFLICT = 409;

    private final Refusing s3 = new Refusing();

    @Test
    void sendsAWholeFileAgainWhileAnEarlierAttemptIsStillAtWork() throws IOException {
        s3.refusals = 2;

        var stored = upload();

        assertThat(stored).isEqualTo(6);
        assertThat(s3.sent).containsExactly("a;b\nc\n", "a;b\nc\n", "a;b\nc\n");
    }

    @Test
    void givesUpWhenTheConflictDoesNotEnd() {
        s3.refusals = Integer.MAX_VALUE;

        assertThatThrownBy(this::upload)
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(CONFLICT));
        assertThat(s3.sent).hasSize(S3ObjectStore.MAX_ATTEMPTS);
    }

    private long upload() throws IOException {
        return new S3Upload(s3, "sluice", "imports/1", "text/csv", 1_000)
                .of(new ByteArrayInputStream("a;b\nc\n".getBytes(UTF_8)), () -> {})
                .size();
    }

    /** Answers some puts with 409, as S3 does while another put of the key is at work. */
    private static final class Refusing implements S3Client {
        final List<String> sent = new ArrayList<>();
        int refusals;

        @Override
        public PutObjectResponse putObject(PutObjectRequest request, RequestBody body) {
            try (var bytes = body.contentStreamProvider().newStream()) {
                sent.add(new String(bytes.readAllBytes(), UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (refusals > 0) {
                refusals--;
                throw S3Exception.builder()
                        .statusCode(CONFLICT)
                        .message("ConditionalRequestConflict")
                        .build();
            }
            return PutObjectResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "s3";
        }

        @Override
        public void close() {}
    }
}
