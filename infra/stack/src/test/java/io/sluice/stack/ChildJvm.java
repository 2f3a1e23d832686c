package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM with this test's class path, that says when it is ready and can be killed. */
final class ChildJvm implements AutoCloseable {
    static final String READY = "READY ";

    private final Process process;
    private final String address;

    private ChildJvm(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static ChildJvm start(Class<?> main, List<String> args) {
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
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(READY)) {
                    Thread.ofPlatform().daemon().start(() -> out.lines().forEach(rest -> {}));
                    return new ChildJvm(process, line.substring(READY.length()));
                }
                System.out.println("child: " + line);
            }
            throw new IllegalStateException(main.getSimpleName() + " ended before it was ready");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the child said after its ready word. */
    String address() {
        return address;
    }

    int port() {
        return Integer.parseInt(address.replaceFirst("^.*:(\\d+).*$", "$1"));
    }

    /** As kill -9 does. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
