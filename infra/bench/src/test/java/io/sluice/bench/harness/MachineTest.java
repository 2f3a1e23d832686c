package io.sluice.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sluice.bench.harness.Machine.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long SELF = ProcessHandle.current().pid();

    @TempDir
    Path dir;

    @Test
    void whatNoProcessOfOursDidIsForeign() {
        var before = new Reading(0, 100, Map.of(1L, 10.0, 2L, 5.0));
        var after = new Reading(10 * SECOND, 118, Map.of(1L, 18.0, 2L, 6.0, 3L, 4.0));

        // 18 s of work, of which 8, 1 and 4 are ours
        assertThat(after.foreignSince(before)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aProcessOfOursThatEndedDoesNotCountAgainstUs() {
        var before = new Reading(0, 100, Map.of(1L, 10.0, 2L, 500.0));
        var after = new Reading(10 * SECOND, 101, Map.of(1L, 11.0));

        assertThat(after.foreignSince(before)).isZero();
    }

    @Test
    void readsProcessorsAndProcesses() throws Exception {
        var folder = Files.createDirectories(dir.resolve("folder/data"));
        var proc = Files.createDirectories(dir.resolve("proc"));
        Files.writeString(proc.resolve("stat"), "cpu  1000 20 300 90000 400 0 50 30 7 7\ncpu0 1 1\n");
        process(proc, SELF, 100, 50, 20, 5);
        process(proc, 4_000_001, 7, 3, 0, 0);
        Files.createSymbolicLink(proc.resolve("4000001/cwd"), folder);
        process(proc, 4_000_002, 900, 900, 0, 0);
        Files.createSymbolicLink(proc.resolve("4000002/cwd"), dir);

        var reading = new Machine(proc, dir.resolve("folder")).read();

        assertThat(reading.busy()).isCloseTo(14.0, within(1e-9));
        assertThat(reading.own()).containsEntry(SELF, 1.75).containsEntry(4_000_001L, 0.1);
        assertThat(reading.own()).doesNotContainKey(4_000_002L);
    }

    @Test
    void whereNothingIsToldNothingIsKnown() {
        var machine = new Machine(dir.resolve("none"), dir);

        assertThat(machine.read().foreignSince(machine.read())).isNaN();
    }

    private static void process(Path proc, long pid, int user, int system, int children, int childrenSystem)
            throws Exception {
        var folder = Files.createDirectories(proc.resolve(String.valueOf(pid)));
        Files.writeString(
                folder.resolve("stat"),
                "%d (a ) name) S 1 1 1 0 -1 4194560 1 1 1 1 %d %d %d %d 20 0 1 0 100\n"
                        .formatted(pid, user, system, children, childrenSystem));
    }
}
