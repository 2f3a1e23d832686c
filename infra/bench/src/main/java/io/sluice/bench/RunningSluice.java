package io.sluice.bench;

import io.sluice.client.SluiceClient;
import io.sluice.client.accounts.Login;
import io.sluice.client.monitoring.ServiceMonitor;
import io.sluice.local.access.AdminPassword;
import io.sluice.local.process.FreePorts;
import io.sluice.local.process.SluiceProcess;
import io.sluice.stack.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An {@code up}, or its parts, with a folder and ports of its own, which can be started several times. */
final class RunningSluice {
    private static final long BETWEEN_LOOKS_MS = 100;

    private final Path folder;
    private final Map<String, String> environment;

    private RunningSluice(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.environment = new HashMap<>(FreePorts.environment());
        environment.put("SLUICE_DATA_DIR", folder.resolve("data").toString());
        environment.putAll(settings);
    }

    /** {@return an {@code up} over a new folder inside this one} */
    static RunningSluice fresh(Path parent) throws IOException {
        return fresh(parent, Map.of());
    }

    /** {@return an {@code up} over a new folder inside this one, with these environment variables} */
    static RunningSluice fresh(Path parent, Map<String, String> settings) throws IOException {
        return new RunningSluice(Files.createTempDirectory(parent, "up-"), settings);
    }

    /** Starts it and waits for the ready line. */
    SluiceProcess start() throws InterruptedException {
        return SluiceProcess.start(folder, environment, "up").awaitLine("sluice ready: ");
    }

    /** Starts its stack alone, without the services, and waits for the ready line. */
    SluiceProcess startStack() throws InterruptedException {
        return SluiceProcess.start(folder, environment, "stack").awaitLine("sluice stack ready: ");
    }

    /** Starts one service, and returns when it is ready. A service of which there are several needs a port of its own. */
    SluiceProcess startService(String name, String portVariable, Map<String, String> settings)
            throws InterruptedException {
        var port = FreePorts.take(1).getFirst();
        var variables = new HashMap<>(environment);
        variables.putAll(settings);
        variables.put(portVariable, String.valueOf(port));
        var service = SluiceProcess.start(folder, variables, "run", name);
        try (var monitor = new ServiceMonitor(URI.create("http://127.0.0.1:" + port))) {
            while (!isReady(monitor)) {
                if (!service.isAlive()) {
                    throw new IllegalStateException(name + " has ended: " + service.err());
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MS);
            }
        }
        return service;
    }

    private static boolean isReady(ServiceMonitor service) {
        try {
            return service.isReady();
        } catch (IOException e) { // it does not listen yet
            return false;
        }
    }

    /** {@return the addresses of its parts, while it runs} */
    Endpoints endpoints() {
        return SluiceProcess.endpoints(folder.resolve("data"));
    }

    URI gateway() {
        return URI.create(endpoints().get(Endpoints.HTTP));
    }

    /** {@return a client that signs in as the admin} */
    SluiceClient client() {
        return new SluiceClient(gateway(), AdminPassword.credentials(gateway(), folder.resolve("data")));
    }

    /** {@return what the admin signs in with, while it runs} */
    Login admin() throws IOException {
        return AdminPassword.read(folder.resolve("data")).orElseThrow();
    }

    /** {@return the resident memory of a process, in MB; Linux only} */
    static double residentMegabytes(long pid) throws IOException {
        return megabytes(pid, "VmRSS:");
    }

    /** {@return the peak of the resident memory of a process, in MB; Linux only} */
    static double peakMegabytes(long pid) throws IOException {
        return megabytes(pid, "VmHWM:");
    }

    private static double megabytes(long pid, String field) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            var line = lines.filter(candidate -> candidate.startsWith(field))
                    .findFirst()
                    .orElseThrow();
            return Double.parseDouble(line.replaceAll("\\D+", "")) / 1024;
        }
    }
}
