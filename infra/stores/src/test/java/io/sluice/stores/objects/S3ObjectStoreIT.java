package io.sluice.stores.objects;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sluice.runtime.Failure;
import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.objects.ObjectStore.ObjectMissingException;
import io.sluice.stores.objects.ObjectStore.ObjectTooLargeException;
import io.sluice.testkit.TestStack;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the S3 store does beyond the contract of all object stores. */
class S3ObjectStoreIT {
    private static final byte[] BYTES = "some bytes".getBytes(UTF_8);

    private static final S3ObjectStore STORE =
            new S3ObjectStore(S3Config.of(TestStack.s3().url()));

    @AfterAll
    static void stop() {
        STORE.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {9, S3Upload.PART + 9})
    void keepsTheFirstObjectWhenAKeyIsUsedAgain(int length) throws Exception {
        var key = "imports/used-" + length;
        var first = STORE.upload(key, "text/csv", new ByteArrayInputStream(new byte[length]), length);

        STORE.upload(key, "text/csv", trickling(BYTES), BYTES.length);
        STORE.upload(key, "text/csv", trickling(new byte[S3Upload.PART + 1]), Long.MAX_VALUE);

        assertThat(STORE.get(first, length)).hasSize(length);
    }

    @Test
    void theSameBytesMayBeStoredAgainOrAtTheSameTime() throws Exception {
        var bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var puts = new ArrayList<Future<StoredObject>>();
            for (var i = 0; i < 8; i++) {
                puts.add(threads.submit(() -> STORE.put("products", bytes, "image/png")));
            }
            for (var put : puts) {
                assertThat(STORE.get(put.get(), 200_000)).isEqualTo(bytes);
            }
        }
    }

    @Test
    void createsAMissingBucket() {
        var config = new S3Config(
                TestStack.s3().url(), "another", null, "id", "secret", Duration.ofSeconds(10), Duration.ofSeconds(30));
        try (var another = new S3ObjectStore(config)) {
            another.probe();
            var object = another.put("products", BYTES, "image/png");

            assertThat(object.bucket()).isEqualTo("another");
            assertThat(another.get(object, 100)).isEqualTo(BYTES);
        }
    }

    @Test
    void createsAMissingBucketForAStreamToo() throws Exception {
        var config = new S3Config(
                TestStack.s3().url(), "third", null, "id", "secret", Duration.ofSeconds(10), Duration.ofSeconds(30));
        try (var third = new S3ObjectStore(config)) {
            var object = third.upload("imports/1", "text/csv", new ByteArrayInputStream(BYTES), BYTES.length);

            assertThat(third.get(object, 100)).isEqualTo(BYTES);
        }
    }

    @Test
    void refusesAnObjectThatIsTooLarge() {
        var object = STORE.put("products", new byte[10_000_000], "image/png");

        assertThatThrownBy(() -> STORE.get(object, 9_999_999)).isInstanceOf(ObjectTooLargeException.class);
        assertThat(STORE.get(object, 10_000_000)).hasSize(10_000_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, S3Upload.PART - 1, S3Upload.PART, S3Upload.PART + 1, 2 * S3Upload.PART + 5})
    void storesAStreamThatComesInPieces(int length) throws Exception {
        var bytes = new byte[length];
        new Random(length).nextBytes(bytes);

        var object = STORE.upload("imports/of-" + length, "text/csv", trickling(bytes), Long.MAX_VALUE);

        assertThat(object)
                .isEqualTo(
                        new StoredObject("sluice", "imports/of-" + length, Sha256.of(bytes), "text/csv", bytes.length));
        assertThat(STORE.get(object, length)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, S3Upload.PART + 100, 3 * S3Upload.PART})
    void storesNothingOfABrokenStream(int length) throws Exception {
        var key = "imports/broken-" + length;
        var cut = InputStream.nullInputStream();
        cut.close();
        var broken = new SequenceInputStream(new ByteArrayInputStream(new byte[length]), cut);

        assertThatThrownBy(() -> STORE.upload(key, "text/csv", broken, Long.MAX_VALUE))
                .isInstanceOf(IOException.class)
                .hasMessage("Stream closed");
        var object = new StoredObject("sluice", key, "00".repeat(32), "text/csv", length);
        assertThatThrownBy(() -> STORE.get(object, length)).isInstanceOf(ObjectMissingException.class);
    }

    private static InputStream trickling(byte[] bytes) {
        return new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 10_007));
            }
        };
    }

    @Test
    void anUnreachableStoreIsADependencyFailure() throws Exception {
        int port;
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (var away = new S3ObjectStore(S3Config.of("http://127.0.0.1:" + port))) {
            var thrown = catchThrowable(() -> away.put("products", BYTES, "image/png"));

            assertThat(new S3Errors().translate(thrown).orElseThrow()).matches(Failure::mayBeOutage);
            assertThatThrownBy(away::probe).isNotNull();
        }
    }

    @Test
    void givesUpOnASilentStoreAfterTheDeadline() throws Exception {
        try (var mute = new ServerSocket(0);
                var mutely = new S3ObjectStore(new S3Config(
                        "http://127.0.0.1:" + mute.getLocalPort(),
                        "sluice",
                        null,
                        null,
                        null,
                        Duration.ofMillis(300),
                        Duration.ofSeconds(1)))) {
            var thrown = catchThrowable(() -> mutely.put("products", BYTES, "image/png"));

            assertThat(new S3Errors().translate(thrown).orElseThrow()).matches(Failure::mayBeOutage);
        }
    }
}
