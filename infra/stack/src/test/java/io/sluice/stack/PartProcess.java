package io.sluice.stack;

import java.nio.file.Path;
import java.util.List;

/** Runs one part in a JVM of its own, so that a test can kill it: prints its address, then waits to be killed. */
final class PartProcess {
    private PartProcess() {}

    static ChildJvm start(String part, Path dir, int port) {
        return ChildJvm.start(PartProcess.class, List.of(part, dir.toString(), Integer.toString(port)));
    }

    public static void main(String[] args) throws Exception {
        var dir = Path.of(args[1]);
        var port = Integer.parseInt(args[2]);
        var address = switch (args[0]) {
            case "kafka" -> LocalBroker.start(dir, Part.LOOPBACK, port).bootstrapServers();
            case "postgres" ->
                LocalPostgres.start(dir, LocalPostgres.sharedBinaries(), Part.LOOPBACK, port)
                        .jdbcUrl();
            case "s3" -> LocalObjectStore.start(dir, Part.LOOPBACK, port).url();
            default -> throw new IllegalArgumentException(args[0]);
        };
        System.out.println(ChildJvm.READY + address);
        Thread.currentThread().join();
    }
}
