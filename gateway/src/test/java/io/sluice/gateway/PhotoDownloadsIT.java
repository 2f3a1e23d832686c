package io.sluice.gateway;

import static io.sluice.gateway.PhotoDesk.PHOTOS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sluice.gateway.GatewayUnderTest.Answer;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.wire.Sha256;
import io.sluice.schemas.wire.StoredObject;
import io.sluice.stores.photo.PhotoLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large files are sent in pieces: what a download holds does not depend on the file, nor on how slowly it is read. */
@ExtendWith({OneGateway.class, ClosedGateway.class})
class PhotoDownloadsIT {
    private static final int LARGE = 4 * 1024 * 1024 + 17;
    private static final int MEGABYTE = 1024 * 1024;
    private static final int SLOW = 140;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static GatewayUnderTest gateway;
    private static PhotoDesk desk;
    private static ClosedGateway.Door door;
    private static byte[] bytes;

    @BeforeAll
    static void start(OneGateway.Surroundings surroundings, ClosedGateway.Door accounts) {
        var properties = new HashMap<>(surroundings.properties());
        properties.put("sluice.open-producers", false);
        properties.put("sluice.http.upload-patience", "300ms");
        properties.put("micronaut.server.idle-timeout", "8s");
        gateway = new GatewayUnderTest(surroundings.gateway().prefix, properties);
        door = accounts;
        desk = new PhotoDesk(gateway, door);
        bytes = new byte[LARGE];
        new Random(1).nextBytes(bytes);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** {@return the path of the content of a new photo whose file is this object} */
    private static String content(StoredObject object) {
        var id = UUID.randomUUID().toString();
        var photo = new PhotoSaved(id, door.id(Caller.USER), "a.jpg", object, null);
        desk.ledger().save(List.of(new PhotoLedger.Uploaded(photo, 1, Instant.now())));
        return PHOTOS + "/" + id + "/content";
    }

    private static String large() {
        return content(desk.stored(bytes));
    }

    private static Answer get(String path, String... headers) {
        return desk.get(Caller.USER, path, headers);
    }

    private static Answer head(String path) {
        return gateway.send(door.as(Caller.USER, gateway.request(path)).method("HEAD", BodyPublishers.noBody()));
    }

    @Test
    void sendsALargeFileWhole() {
        var answer = get(large());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().body()).isEqualTo(bytes);
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(LARGE));
        assertThat(answer.header("Transfer-Encoding")).isEmpty();
        assertThat(answer.header("ETag")).isEqualTo('"' + Sha256.of(bytes) + '"');
    }

    @ParameterizedTest
    @CsvSource({"0-0", "0-262143", "262143-262144", "5-3000000", "4194320-", "-1", "-4194322", "100-99999999"})
    void sendsAnyPartOfALargeFile(String range) {
        var answer = get(large(), "Range", "bytes=" + range);

        assertThat(answer.status()).isEqualTo(206);
        var placed = answer.header("Content-Range").split("[ /-]", -1);
        var first = Integer.parseInt(placed[1]);
        var last = Integer.parseInt(placed[2]);
        assertThat(placed[3]).isEqualTo(String.valueOf(LARGE));
        assertThat(answer.response().body()).isEqualTo(Arrays.copyOfRange(bytes, first, last + 1));
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(last - first + 1));
    }

    @Test
    void aHeadCallGetsTheHeadersAndHoldsNothing() {
        var path = large();
        for (var i = 0; i < SLOW; i++) {
            var answer = head(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(LARGE));
            assertThat(answer.response().body()).isEmpty();
        }
    }

    @Test
    void aFileThatIsNotAsItWasStoredIs404BeforeAnyByte() {
        var stored = desk.stored(Arrays.copyOf(bytes, 1000));
        var gone = new StoredObject(stored.bucket(), "previews/gone", stored.sha256(), "image/jpeg", 1000);
        var other = new StoredObject(stored.bucket(), stored.key(), "00".repeat(32), "image/jpeg", 1000);
        var shorter = new StoredObject(stored.bucket(), stored.key(), stored.sha256(), "image/jpeg", 2 * MEGABYTE);
        for (var object : List.of(gone, other, shorter)) {
            for (var answer : List.of(get(content(object)), head(content(object)))) {
                assertThat(answer.status()).as("%s", object).isEqualTo(404);
                assertThat(answer.header("ETag")).isEmpty();
            }
            assertThat(get(content(object)).json().path("code").asText()).isEqualTo("PHOTO_FILE_MISSING");
        }
        assertThat(get(content(gone), "Range", "bytes=0-9").status()).isEqualTo(404);
    }

    @Test
    void aLargeFileWithOtherBytesBreaksOffBeforeItsEnd() {
        var stored = desk.stored(bytes);
        var path = content(new StoredObject(stored.bucket(), stored.key(), "00".repeat(32), "image/jpeg", LARGE));

        assertThatThrownBy(() -> get(path)).isInstanceOf(UncheckedIOException.class);
    }

    /** The pieces of all downloads have 32 MB: 128 of them. */
    @Test
    void slowCallersHoldAPieceEachAndTheOthersAreRefused() throws Exception {
        var path = large();
        var before = usedMemory();
        var calls = open(path, SLOW);
        try {
            var refused =
                    calls.stream().filter(call -> call.status.contains(" 503 ")).toList();
            assertThat(calls).allMatch(call -> call.status.matches("HTTP/1.1 (200|503) .*"));
            assertThat(refused).hasSizeBetween(SLOW - 128, SLOW / 2);
            assertThat(refused).allMatch(call -> call.head.contains("Retry-After: 5"));
            assertThat(usedMemory() - before).as("bytes").isLessThan(150L * MEGABYTE);

            assertThat(desk.uploaded(Caller.USER, Pictures.png(20, 15, 1), "a.png")
                            .path("photo_id")
                            .asText())
                    .as("the object store has connections left")
                    .isNotEmpty();
            await("a caller who reads nothing is cut off")
                    .atMost(PATIENCE)
                    .until(() -> get(path).status() == 200);
        } finally {
            close(calls);
        }
    }

    @Test
    void callersWhoLeaveInTheMiddleLeaveNothingHeld() throws Exception {
        var path = large();
        for (var round = 0; round < 3; round++) {
            close(open(path, 60));
        }
        await().atMost(PATIENCE).until(() -> isServedToAll(path));
    }

    /** {@return whether so many slow callers are served that one place lost in five would show} */
    private static boolean isServedToAll(String path) throws Exception {
        var calls = open(path, 100);
        try {
            return calls.stream().allMatch(call -> call.status.contains(" 200 "));
        } finally {
            close(calls);
        }
    }

    private static long usedMemory() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    /** A call whose caller has read the head of the answer, and reads no more. */
    private record SlowCall(Socket socket, String status, String head) {
        static SlowCall open(String path) throws IOException {
            var socket = new Socket();
            socket.setReceiveBufferSize(16 * 1024);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.port()));
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                    + door.token(Caller.USER) + "\r\n\r\n")
                            .getBytes(ISO_8859_1));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1), 512);
            var status = String.valueOf(in.readLine());
            var head = new StringBuilder();
            for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                head.append(line).append('\n');
            }
            return new SlowCall(socket, status, head.toString());
        }
    }

    private static List<SlowCall> open(String path, int count) throws Exception {
        var calls = new ArrayList<SlowCall>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var opening = new ArrayList<Future<SlowCall>>();
            for (var i = 0; i < count; i++) {
                opening.add(callers.submit(() -> SlowCall.open(path)));
            }
            for (var call : opening) {
                calls.add(call.get());
            }
        }
        return calls;
    }

    private static void close(List<SlowCall> calls) throws IOException {
        for (var call : calls) {
            call.socket.close();
        }
    }
}
