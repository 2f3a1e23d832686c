package io.sluice.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A JVM's Postgres ends with the JVM, whether it stops or is killed, and the next start can use the folder. */
class PostgresEndsWithItsJvmIT {
    @TempDir
    Path dir;

    @Test
    void whenTheJvmIsKilled() throws Exception {
        try (var killed = PartProcess.start("postgres", dir, 0)) {
            LocalPostgresIT.execute(killed.address(), "CREATE TABLE kept (n int)");
            assertThat(processes()).isNotEmpty();
        }

        awaitNoProcess();
        try (var postgres = LocalPostgres.start(dir)) {
            assertThat(LocalPostgresIT.query(postgres.jdbcUrl(), "SELECT count(*) FROM kept"))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"halt", "exit"})
    void whenTheJvmHaltsOrExits(String how) {
        try (var jvm = PartProcess.start("postgres", dir, 0)) {
            assertThat(jvm.tellToEnd(how)).isEqualTo(3);
        }

        awaitNoProcess();
    }

    /** The test recognizes each moment by a file that exists from that moment on. */
    @ParameterizedTest
    @CsvSource({
        "while it unpacks the programs, bin/*/share/**",
        "while it makes the cluster, '{data,cluster-*}/**'",
        "while the server starts, data/postmaster.opts",
    })
    void whenTheJvmIsKilledInTheMiddleOfItsStart(String moment, String firstFile) throws Exception {
        try (var _ = PartProcess.launch("postgres-and-programs", dir)) {
            Awaitility.await(moment)
                    .atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> hasFile(firstFile));
        }

        awaitNoProcess();
        try (var postgres = LocalPostgres.start(dir, dir.resolve("bin"), Part.LOOPBACK, 0)) {
            assertThat(LocalPostgresIT.query(postgres.jdbcUrl(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void whenAnotherPartOfTheStackCannotStart() throws Exception {
        Files.writeString(dir.resolve("kafka"), "a file where the broker's folder should be");

        assertThatThrownBy(() -> Stack.start(StackConfig.onFreePorts(dir)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Kafka did not start");

        awaitNoProcess();
    }

    @Test
    void butNotWhenATerminalInterruptsAllThatItStarted() throws Exception {
        try (var jvm = PartProcess.start("postgres", dir, 0)) {
            for (var child : jvm.children()) {
                signal("INT", child.pid());
                signal("HUP", child.pid());
            }
            var postmaster = Postmaster.of(dir.resolve("data")).orElseThrow();

            assertThat(processGroup(postmaster.pid()))
                    .as("what a terminal sends to a group does not reach it")
                    .isEqualTo(postmaster.pid());
            assertThat(LocalPostgresIT.query(jvm.address(), "SELECT 1")).isEqualTo("1");
        }

        awaitNoProcess();
    }

    private boolean hasFile(String glob) {
        var matcher = FileSystems.getDefault().getPathMatcher("glob:" + dir + "/" + glob);
        try (var files = Files.walk(dir)) {
            return files.anyMatch(matcher::matches);
        } catch (IOException | UncheckedIOException e) {
            return false; // the folder changes while it is listed
        }
    }

    private void awaitNoProcess() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() ->
                        assertThat(processes()).as("processes over the folder").isEmpty());
    }

    /**
     * {@return the command lines of the processes that use the folder: the server, and those that start or guard it}
     */
    private List<String> processes() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(dir.toString()))
                .toList();
    }

    private static long processGroup(long pid) throws IOException {
        var ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(pid)).start();
        try (var out = ps.inputReader()) {
            return Long.parseLong(out.readLine().strip());
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                .inheritIO()
                .start()
                .waitFor();
    }
}
