package io.sluice.testkit;

import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A server that is started once in a JVM, by its first user, and closed when the JVM ends. */
final class Shared<T extends AutoCloseable> {
    private final String name;
    private final Function<Path, T> start;
    private @Nullable T started;

    Shared(String name, Function<Path, T> start) {
        this.name = name;
        this.start = start;
    }

    synchronized T get() {
        if (started == null) {
            var part = start.apply(TestStack.newFolder(name));
            started = part;
            Runtime.getRuntime().addShutdownHook(new Thread(() -> close(part), "stop-test-" + name));
        }
        return started;
    }

    private void close(T part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("the test's " + name + " did not stop cleanly: " + e);
        }
    }
}
