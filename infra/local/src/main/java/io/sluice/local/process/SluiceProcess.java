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

/** Runs one {@code ./sluice VERB} as a process of its own, with the same main class and this JVM's class path. */
public final class SluiceProcess implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(30);
    /** The launcher's options for {@code up}, so that benchmarks and tests run under the same conditions. */
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
     * @param folder the working folder of the process; its standard error goes to a file in it
     * @param environment variables to add to this process's environment, of which {@code SLUICE_} and {@code KAFKA_}
     *     variables are removed
     * @param arguments the verb and its arguments
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
            // a virtual thread that reads a pipe blocks its carrier thread, and on two cores there are few of those
            Thread.ofPlatform().daemon().start(started::readLines);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the JVM options in the system property {@code sluice.process.jvm}. Tests set options for short runs
     * there.
     */
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
     * Waits for a line on standard output that begins with this text.
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

    /** Kills the process as kill -9 does. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Sends SIGTERM, which asks the process to stop. */
    public void terminate() {
        process.destroy();
    }

    /** Sends SIGINT, as Ctrl-C does. */
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

    /** {@return the addresses in {@code endpoints.json} of a data folder} */
    public static Endpoints endpoints(Path dataDir) {
        return Endpoints.read(dataDir).orElseThrow(() -> new IllegalStateException("no endpoints.json in " + dataDir));
    }
}
