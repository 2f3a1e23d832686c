package io.sluice.runtime.process;

import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;

/**
 * SIGTERM and Ctrl-C as something to wait for. A JVM's own answer is to run the shutdown hooks while everything else still
 * runs, which crashes native code under way; so the signals are taken over, the service is closed in good order, and only
 * then the JVM exits.
 *
 * <p>The JDK's only way to do this is {@code sun.misc.Signal}, which javac warns of and cannot be told not to; hence
 * reflection.
 */
public final class Signals {
    private static final int KILLED_BY_INT = 130;

    private Signals() {}

    /**
     * Takes over SIGTERM and SIGINT. The second Ctrl-C ends the process at once.
     *
     * @return the signal's name, when it comes
     */
    public static CompletableFuture<String> stopRequested() {
        var requested = new CompletableFuture<String>();
        onSignal("TERM", () -> requested.complete("TERM"));
        onSignal("INT", () -> {
            if (!requested.complete("INT")) {
                System.err.println(
                        "Ended at once by the second Ctrl-C; what was under way is done again at the next start.");
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
            throw new IllegalStateException("this JVM lets nobody answer SIG" + name, e);
        }
    }
}
