package io.sluice.embedder.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How readily a thread lets others have its core; 0 is usual, 19 takes only what nobody else wants. */
public final class Niceness {
    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);
    private static final int THIS_THREAD = 0;
    private static final int PRIO_PROCESS = 0;

    private Niceness() {}

    /**
     * Makes the calling thread this nice, for good: only the privileged may take it back. On Linux only, where threads
     * have a niceness of their own; elsewhere, and where the JVM may call no native code, nothing happens. Java's own thread priorities do nothing on Linux.
     *
     * @return whether it was done
     */
    @SuppressWarnings(
            "restricted") // the C library's setpriority has no other door from Java; POSIX fixes its signature
    public static boolean ofThisThread(int niceness) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return false;
        }
        var type = FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
        try {
            var linker = Linker.nativeLinker();
            var setpriority = linker.defaultLookup().find("setpriority").orElseThrow();
            return (int) linker.downcallHandle(setpriority, type).invokeExact(PRIO_PROCESS, THIS_THREAD, niceness) == 0;
        } catch (Throwable e) { // as invokeExact declares; a favor to others is no reason to fail
            LOG.atDebug().setCause(e).log("threads stay as they are");
            return false;
        }
    }
}
