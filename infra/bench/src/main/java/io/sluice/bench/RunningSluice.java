package io.sluice.bench;

import io.sluice.local.process.FreePorts;
import io.sluice.local.process.SluiceProcess;
import io.sluice.stack.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** {@code up} over a folder that can be started again and again, on ports of its own. */
final class RunningSluice {
    private final Path folder;
    private final Map<String, String> environment;

    RunningSluice(Path folder) {
        this.folder = folder;
        this.environment = new HashMap<>(FreePorts.environment());
        environment.put("SLUICE_DATA_DIR", folder.resolve("data").toString());
    }

    /** Starts it and waits for the ready line. */
    SluiceProcess start() throws InterruptedException {
        return SluiceProcess.start(folder, environment, "up").awaitLine("sluice ready: ");
    }

    URI gateway() {
        return URI.create(SluiceProcess.endpoints(folder.resolve("data")).get(Endpoints.HTTP));
    }

    /** {@return the resident memory of a process, in MB; Linux only} */
    static double residentMegabytes(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
            var resident =
                    lines.filter(line -> line.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Double.parseDouble(resident.replaceAll("\\D+", "")) / 1024;
        }
    }
}
