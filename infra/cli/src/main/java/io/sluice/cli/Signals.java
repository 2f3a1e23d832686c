package io.sluice.cli;

import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Runs something when the process is told to end, instead of ending it. The JDK's way to do so (module
 * {@code jdk.unsupported}) is reached by reflection: javac warns about it, and that warning cannot be switched off. A
 * shutdown hook would not do: the exit code would be 143, and it would race with the hooks of libraries.
 */
final class Signals {
    private static final List<String> ENDING = List.of("TERM", "INT", "HUP");

    private Signals() {}

    static void onTermination(Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var handle = signal.getMethod("handle", signal, handler);
            var ours = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handler}, (proxy, method, args) -> {
                        action.run();
                        return null;
                    });
            for (var name : ENDING) {
                handle.invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not let us handle signals", e);
        }
    }
}
