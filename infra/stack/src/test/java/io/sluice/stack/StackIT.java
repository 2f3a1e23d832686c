package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackIT {
    @TempDir
    Path dir;

    @Test
    void startsAgainOnTheSamePortsAndDataAfterItsProcessWasKilled() throws Exception {
        Endpoints before;
        ProcessHandle orphan;
        try (var killed = ChildJvm.start(StackIT.class, List.of(dir.toString()))) {
            before = Endpoints.read(dir).orElseThrow();
            LocalBrokerIT.createTopic(before.get(Endpoints.KAFKA));
            LocalBrokerIT.send(before.get(Endpoints.KAFKA), "first");
            LocalPostgresIT.execute(before.get(Endpoints.POSTGRES), "CREATE TABLE kept (n int)");
            LocalObjectStoreIT.put(before.get(Endpoints.S3), "products/abc", "a picture");
            orphan = ProcessHandle.of(Postmaster.of(dir.resolve("postgres/data"))
                            .orElseThrow()
                            .pid())
                    .orElseThrow();
            killed.killWithItsChildren();
        }
        assertThat(orphan.isAlive()).isTrue();

        try (var stack = Stack.start(onPortsOf(before))) {
            var after = stack.endpoints();

            assertThat(orphan.isAlive()).isFalse();
            assertThat(after).isEqualTo(before);
            assertThat(LocalBrokerIT.read(after.get(Endpoints.KAFKA), 1)).containsExactly("first");
            assertThat(LocalPostgresIT.query(after.get(Endpoints.POSTGRES), "SELECT count(*) FROM kept"))
                    .isEqualTo("0");
            assertThat(LocalObjectStoreIT.get(after.get(Endpoints.S3), "products/abc")
                            .body())
                    .isEqualTo("a picture");
            assertThat(Endpoints.read(dir)).as("nobody follows the killed one").isEmpty();
            assertThatThrownBy(() -> Stack.start(StackConfig.onFreePorts(dir)))
                    .as("a second stack over the same folder")
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining(dir.toString())
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("SLUICE_DATA_DIR");
        }
        assertThat(Postmaster.of(dir.resolve("postgres/data"))).isEmpty();
    }

    @Test
    void startsNothingWhenOnePortIsTakenAndLeavesTheFolderFree() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = Map.of(
                    Part.KAFKA,
                    0,
                    Part.POSTGRES,
                    0,
                    Part.S3,
                    taken.getLocalPort(),
                    Part.QDRANT,
                    0,
                    Part.REKOGNITION,
                    0);
            var config = new StackConfig(dir, Part.LOOPBACK, ports, null);

            assertThatThrownBy(() -> Stack.start(config))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("SLUICE_S3_PORT");
        }

        assertThat(dir.resolve("postgres")).doesNotExist();
        DataDirLock.acquire(dir).close();
    }

    @Test
    void looksAtTheNeighborsPortsBeforeItStarts() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = Map.of(
                    Part.KAFKA,
                    0,
                    Part.POSTGRES,
                    0,
                    Part.S3,
                    0,
                    Part.QDRANT,
                    0,
                    Part.REKOGNITION,
                    0,
                    Part.HTTP,
                    taken.getLocalPort());

            assertThatThrownBy(() -> Stack.start(new StackConfig(dir, Part.LOOPBACK, ports, null), Part.HTTP))
                    .isInstanceOf(StackException.class)
                    .hasMessageContaining("SLUICE_HTTP_PORT");
        }

        assertThat(dir.resolve("postgres")).doesNotExist();
    }

    private StackConfig onPortsOf(Endpoints endpoints) {
        var ports = Map.of(
                Part.KAFKA, port(endpoints.get(Endpoints.KAFKA)),
                Part.POSTGRES, port(endpoints.get(Endpoints.POSTGRES)),
                Part.S3, port(endpoints.get(Endpoints.S3)),
                Part.QDRANT, port(endpoints.get(Endpoints.QDRANT)),
                Part.REKOGNITION, port(endpoints.get(Endpoints.REKOGNITION)));
        return new StackConfig(dir, Part.LOOPBACK, ports, null);
    }

    private static int port(String address) {
        return Integer.parseInt(address.replaceFirst("^.*:(\\d+).*$", "$1"));
    }

    /** A stack in a JVM of its own. */
    public static void main(String[] args) throws Exception {
        var dir = Path.of(args[0]);
        var stack = Stack.start(StackConfig.onFreePorts(dir));
        stack.endpoints().write(dir);
        System.out.println(ChildJvm.READY);
        Thread.currentThread().join();
    }
}
