package io.sluice.bench.harness;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** Describes the machine that a figure was measured on. */
final class MachineText {
    private static final String MODEL = "model name";

    private MachineText() {}

    static String inWords() {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return "%d cores (%s), %d GiB, %s, JDK %s"
                .formatted(
                        system.getAvailableProcessors(),
                        processor(system.getArch()),
                        Math.round(system.getTotalMemorySize() / 1073741824.0),
                        system.getName(),
                        Runtime.version());
    }

    private static String processor(String otherwise) {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException e) { // not Linux
            return otherwise;
        }
    }
}
