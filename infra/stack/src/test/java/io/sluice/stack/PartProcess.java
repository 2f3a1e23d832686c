package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.List;

/**
 * Runs one part in a JVM of its own, so that a test can kill it. Prints the part's address, then ends as the line on
 * standard input says.
 */
final class PartProcess {
    private PartProcess() {}

    static ChildJvm start(String part, Path dir, int port) {
        return ChildJvm.start(PartProcess.class, arguments(part, dir, port));
    }

    /** Starts a part and does not wait for it. */
    static ChildJvm launch(String part, Path dir) {
        return ChildJvm.launch(PartProcess.class, arguments(part, dir, 0));
    }

    private static List<String> arguments(String part, Path dir, int port) {
        return List.of(part, dir.toString(), Integer.toString(port));
    }

    public static void main(String[] args) throws Exception {
        var dir = Path.of(args[1]);
        var port = Integer.parseInt(args[2]);
        var address = switch (args[0]) {
            case "kafka" -> LocalBroker.start(dir, Part.LOOPBACK, port).bootstrapServers();
            case "postgres" ->
                LocalPostgres.start(dir, LocalPostgres.sharedBinaries(), Part.LOOPBACK, port)
                        .jdbcUrl();
            case "postgres-and-programs" ->
                LocalPostgres.start(dir, dir.resolve("bin"), Part.LOOPBACK, port)
                        .jdbcUrl();
            case "s3" -> LocalObjectStore.start(dir, Part.LOOPBACK, port).url();
            default -> throw new IllegalArgumentException(args[0]);
        };
        System.out.println(ChildJvm.READY + address);
        endAsToldOnStandardInput();
    }

    private static void endAsToldOnStandardInput() throws Exception {
        switch (new String(System.in.readAllBytes(), UTF_8).strip()) {
            case "halt" -> Runtime.getRuntime().halt(3);
            case "exit" -> System.exit(3);
            default -> Thread.currentThread().join();
        }
    }
}
