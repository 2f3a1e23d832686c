package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with this test's class path. It prints a line when it is ready, and a test can kill it. */
final class ChildJvm implements AutoCloseable {
    static final String READY = "READY ";

    private final Process process;
    private final BufferedReader out;
    private String address = "";

    private ChildJvm(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    /** Starts a main class and returns when it has printed its ready line. */
    static ChildJvm start(Class<?> main, List<String> args) {
        return launch(main, args).awaitReady();
    }

    /** Starts a main class and returns at once, for tests that kill it before it is ready. */
    static ChildJvm launch(Class<?> main, List<String> args) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(args);
        try {
            return new ChildJvm(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildJvm awaitReady() {
        try {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(READY)) {
                    address = line.substring(READY.length());
                    Thread.ofPlatform().daemon().start(() -> out.lines().forEach(rest -> {}));
                    return this;
                }
                System.out.println("child: " + line);
            }
            throw new IllegalStateException("the child ended before it was ready");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the rest of the child's ready line. */
    String address() {
        return address;
    }

    int port() {
        return Integer.parseInt(address.replaceFirst("^.*:(\\d+).*$", "$1"));
    }

    /** The processes that the child itself started. */
    List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** Writes a line to the child's standard input and waits for its end. */
    int tellToEnd(String how) {
        try (var in = process.outputWriter()) {
            in.write(how);
            in.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return process.onExit().join().exitValue();
    }

    /** Kills the child as kill -9 does, and the processes that it started, such as the guard of its Postgres. */
    void killWithItsChildren() {
        for (var child : children()) {
            child.destroyForcibly();
        }
        kill();
    }

    /** Kills the child as kill -9 does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
