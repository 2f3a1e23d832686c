package io.sluice.runtime.process;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/**
 * Lets a program wait for SIGTERM and Ctrl-C. By default a JVM runs its shutdown hooks while all threads still run,
 * which crashes native code. So this class handles the signals, the service closes its parts in order, and only then
 * the JVM exits.
 *
 * <p>The JDK's only way to do this is {@code sun.misc.Signal}. Javac warns about that class, and the warning cannot be
 * suppressed, so this class uses reflection.
 */
public final class Signals {
    private static final int KILLED_BY_INT = 130;

    private Signals() {}

    /**
     * Handles SIGTERM and SIGINT from now on. A second Ctrl-C ends the process at once.
     *
     * @return a future that completes with the signal's name when a signal comes
     */
    public static CompletableFuture<String> stopRequested() {
        var requested = new CompletableFuture<String>();
        onSignal("TERM", () -> requested.complete("TERM"));
        onSignal("INT", () -> {
            if (!requested.complete("INT")) {
                System.err.println(
                        "Ended at once by the second Ctrl-C. Unfinished work is done again at the next start.");
                Runtime.getRuntime().halt(KILLED_BY_INT);
            }
        });
        return requested;
    }

    private static void onSignal(String name, Runnable answer) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handler = Class.forName("sun.misc.SignalHandler");
            var proxy = Proxy.newProxyInstance(
                    handler.getClassLoader(),
                    new Class<?>[] {handler},
                    (self, method, args) -> switch (method.getName()) {
                        case "handle" -> {
                            answer.run();
                            yield null;
                        }
                        case "equals" -> args != null && self == args[0];
                        case "hashCode" -> System.identityHashCode(self);
                        default -> "answer to SIG" + name;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not let a program handle SIG" + name, e);
        }
    }
}
