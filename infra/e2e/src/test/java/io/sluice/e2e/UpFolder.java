package io.sluice.e2e;

import io.sluice.client.SluiceClient;
import io.sluice.client.http.Credentials;
import io.sluice.local.access.AdminPassword;
import io.sluice.local.process.FreePorts;
import io.sluice.local.process.SluiceProcess;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Runs {@code ./sluice up} on one data folder and on ports of its own, as often as the test starts it. */
final class UpFolder {
    /** A setting under its old name, which must still work. */
    static final String OLD_NAME = "SLUICE_IMPORTS_PER_MINUTE";

    private final Path folder;
    private final Map<String, String> ports = FreePorts.environment();
    private final Credentials admin;

    UpFolder(Path folder) {
        this.folder = folder;
        this.admin = AdminPassword.credentials(
                URI.create("http://127.0.0.1:" + ports.get("SLUICE_HTTP_PORT")), folder.resolve("data"));
    }

    /** Starts it and waits for the ready line. */
    SluiceProcess start() throws InterruptedException {
        var environment = new HashMap<>(ports);
        environment.put("SLUICE_DATA_DIR", data().toString());
        environment.put(OLD_NAME, "1000");
        environment.putAll(KafkaTopics.SHORT_SESSIONS);
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

    /** {@return a client that signs in as the admin} */
    SluiceClient client() {
        return new SluiceClient(gateway(), admin);
    }

    /** {@return credentials of the admin, which all clients share} */
    Credentials admin() {
        return admin;
    }

    /**
     * Kills the JVM, Postgres and the guard with kill -9. The guard must be killed too, because it would stop Postgres
     * cleanly.
     */
    void killEverything(SluiceProcess up) throws InterruptedException {
        var postmaster = Postmaster.of(data()).orElseThrow();
        ProcessHandle.of(up.pid()).orElseThrow().children().forEach(ProcessHandle::destroyForcibly);
        up.kill();
        postmaster.descendants().forEach(ProcessHandle::destroyForcibly);
        postmaster.destroyForcibly();
        postmaster.onExit().join();
    }
}
