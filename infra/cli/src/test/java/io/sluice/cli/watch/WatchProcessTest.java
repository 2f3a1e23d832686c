package io.sluice.cli.watch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sluice.cli.Sluice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./sluice watch} as a process of its own, which is ended from outside. */
class WatchProcessTest {
    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @TempDir
    private Path dir;

    @AutoClose
    private WatchLab lab;

    private final List<Process> processes = new ArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private Path output;

    @BeforeEach
    void start() throws IOException {
        lab = new WatchLab(Files.createDirectory(dir.resolve("photos")));
        output = dir.resolve("output.txt");
    }

    @AfterEach
    void end() {
        over.countDown();
        processes.forEach(Process::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    @Test
    void uploadsEachPhotoOnceWhenItIsKilledInTheMiddle() throws Exception {
        for (var i = 0; i < 50; i++) {
            lab.photo("%02d.jpg".formatted(i));
        }
        var calls = new AtomicInteger();
        lab.gateway.whileUploading(() -> {
            if (calls.incrementAndGet() == 3) {
                awaitEnd(); // the gateway has accepted these ten, and the watcher dies before it knows
            }
        });
        var first = watch("--batch", "10");
        await().atMost(LONG_ENOUGH).until(() -> calls.get() == 3);
        assertThat(lab.journalLines()).hasSize(20);

        first.destroyForcibly();
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
        var answered =
                lab.gateway.uploads().stream().limit(2).flatMap(List::stream).toList();
        lab.gateway.forget();
        var second = watch("--batch", "10", "--once");

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).as(() -> text()).isZero();
        assertThat(lab.gateway.photos()).as("each of them once").hasSize(50);
        assertThat(lab.gateway.uploads().stream().flatMap(List::stream).toList())
                .hasSize(30)
                .doesNotContainAnyElementsOf(answered);
        assertThat(lab.journalLines())
                .hasSize(50)
                .filteredOn(line -> line.contains("\"status\":\"duplicate\""))
                .hasSize(10);
        assertThat(text()).contains("uploaded 20 photos, 10 were there before, in ");
    }

    private void awaitEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void endsWithASummaryWhenItIsAskedTo() throws Exception {
        lab.photo("a.jpg");
        var process = watch();
        await().atMost(LONG_ENOUGH).until(() -> !lab.gateway.uploads().isEmpty());

        process.destroy();

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> text()).isZero();
        assertThat(text()).contains("Stopped.", "uploaded 1 photo, in ");
        assertThat(lab.journalLines()).hasSize(1);
    }

    @Test
    void aSecondWatcherSaysThatThereIsOne() throws Exception {
        var first = watch();
        await().atMost(LONG_ENOUGH).until(() -> text().contains("files are in the journal"));
        output = dir.resolve("second.txt");

        var second = watch("--once");

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(text()).contains("another watcher, process %d, works on this folder".formatted(first.pid()));
    }

    private Process watch(String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Sluice.class.getName(),
                "watch",
                lab.folder.toString(),
                "--every",
                "50ms",
                "--settle",
                "100ms"));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().putAll(lab.environment);
        var process = builder.start();
        processes.add(process);
        return process;
    }

    private String text() {
        try {
            return Files.readString(output, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
