package io.sluice.local.process;

import io.sluice.stack.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** One {@code ./sluice VERB} as a process of its own: the same main class, on this JVM's class path. */
public final class SluiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    /** What the launcher gives {@code up}; what is measured and tested runs as it does there. */
    private static final List<String> JVM = List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Xmx768m",
            "-XX:+UseSerialGC",
            "-XX:MaxDirectMemorySize=1g");

    private final Process process;
    private final Path folder;
    private final Path stderr;
    private final List<String> lines = new ArrayList<>();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private SluiceProcess(Process process, Path folder, Path stderr) {
        this.process = process;
        this.folder = folder;
        this.stderr = stderr;
    }

    /**
     * Starts a verb.
     *
     * @param folder where the process runs, and where its errors are kept
     * @param environment what it is told beside the machine's own environment
     * @param arguments the verb and what follows it
     */
    public static SluiceProcess start(Path folder, Map<String, String> environment, String... arguments) {
        try {
            Files.createDirectories(folder);
            var command = new ArrayList<String>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(JVM);
            command.addAll(testOptions());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.sluice.cli.Sluice"));
            command.addAll(List.of(arguments));
            var stderr = Files.createTempFile(folder, String.join("-", arguments) + "-", ".err");
            var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(stderr.toFile());
            builder.environment().keySet().removeIf(key -> key.startsWith("SLUICE_") || key.startsWith("KAFKA_"));
            builder.environment().putAll(environment);
            var started = new SluiceProcess(builder.start(), folder, stderr);
            // reading a pipe holds on to a carrier: three such virtual threads leave none for others on two cores
            Thread.ofPlatform().daemon().start(started::readLines);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the system property {@code sluice.process.jvm} adds: tests run the process for seconds only. */
    private static List<String> testOptions() {
        var options = System.getProperty("sluice.process.jvm", "").strip();
        return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
    }

    private void readLines() {
        try (var out = process.inputReader()) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // the process was killed, and its pipe with it
            ended.completeExceptionally(e);
        }
        synchronized (lines) {
            ended.complete(null);
            lines.notifyAll();
        }
    }

    /**
     * Waits for a line on standard output that starts like this.
     *
     * @throws IllegalStateException when the process ends, or two minutes pass, without one
     */
    public SluiceProcess awaitLine(String start) throws InterruptedException {
        Predicate<String> wanted = line -> line.startsWith(start);
        var deadline = System.nanoTime() + START.toNanos();
        synchronized (lines) {
            while (lines.stream().noneMatch(wanted)) {
                var left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended.isDone() || left <= 0) {
                    throw new IllegalStateException("no line \"" + start + "\" from " + describe());
                }
                lines.wait(left);
            }
        }
        return this;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** {@return the exit code, once the process has ended} */
    public int exitCode(Duration within) throws InterruptedException, TimeoutException {
        try {
            return process.onExit()
                    .get(within.toMillis(), TimeUnit.MILLISECONDS)
                    .exitValue();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** kill -9: without a last word. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM: asks it to stop. */
    public void terminate() {
        process.destroy();
    }

    /** SIGINT, as Ctrl-C sends it. */
    public void interrupt() throws InterruptedException {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return standard output so far} */
    public String out() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** {@return standard error so far} */
    public String err() {
        try {
            return Files.readString(stderr);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return whether a JVM left a crash log in the folder} */
    public boolean hasCrashed() {
        try (var files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("hs_err"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String describe() {
        return "pid " + pid() + (isAlive() ? "" : ", which has ended") + "\nstdout:\n" + out() + "\nstderr:\n" + err();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(STOP)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** {@return what {@code endpoints.json} of a data folder says} */
    public static Endpoints endpoints(Path dataDir) {
        return Endpoints.read(dataDir).orElseThrow(() -> new IllegalStateException("no endpoints.json in " + dataDir));
    }
}
