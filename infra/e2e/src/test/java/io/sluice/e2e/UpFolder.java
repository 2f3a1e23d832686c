package io.sluice.e2e;

import io.sluice.local.process.FreePorts;
import io.sluice.local.process.SluiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code ./sluice up} over one folder, on ports of its own, started and killed again and again. */
final class UpFolder {
    private final Path folder;
    private final Map<String, String> ports = FreePorts.environment();

    UpFolder(Path folder) {
        this.folder = folder;
    }

    /** Starts it and waits for the ready line. */
    SluiceProcess start() throws InterruptedException {
        var environment = new HashMap<>(ports);
        environment.put("SLUICE_DATA_DIR", data().toString());
        environment.put("SLUICE_IMPORTS_PER_MINUTE", "1000");
        var started = System.nanoTime();
        var up = SluiceProcess.start(folder.resolve("run"), environment, "up").awaitLine("sluice ready: ");
        System.out.printf(
                "up was ready after %d ms%n",
                Duration.ofNanos(System.nanoTime() - started).toMillis());
        return up;
    }

    Path data() {
        return folder.resolve("data");
    }

    URI gateway() {
        return URI.create("http://127.0.0.1:" + ports.get("SLUICE_HTTP_PORT"));
    }

    /** kill -9 of the JVM and of Postgres. */
    void killEverything(SluiceProcess up) throws InterruptedException {
        up.kill();
        for (var postmaster : postmasters()) {
            postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
            postmaster.destroyForcibly();
            postmaster.onExit().join();
        }
    }

    /** {@return the live postmasters of the data folder} */
    Set<ProcessHandle> postmasters() {
        try (var files = Files.walk(data())) {
            return files.filter(file -> file.endsWith("postmaster.pid"))
                    .map(UpFolder::firstLine)
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
                    .filter(ProcessHandle::isAlive)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.findFirst().orElseThrow().strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
