package io.sluice.embedder.platform;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets the niceness of threads, which is their priority on Linux: 0 is usual, and 19 uses only time that no other
 * thread wants.
 */
public final class Niceness {
    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);
    private static final int THIS_THREAD = 0;
    private static final int PRIO_PROCESS = 0;

    private Niceness() {}

    /**
     * Sets the niceness of the calling thread. Only a privileged process can lower it again. Works on Linux only, where
     * each thread has its own niceness; elsewhere, and when the JVM may not call native code, nothing happens. Java's
     * own thread priorities have no effect on Linux.
     *
     * @return whether it was done
     */
    @SuppressWarnings(
            "restricted") // Java has no other way to call setpriority of the C library; POSIX fixes its signature
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
        } catch (Throwable e) { // as invokeExact declares; a priority that stays the same is no reason to fail
            LOG.atDebug().setCause(e).log("cannot set the niceness of a thread");
            return false;
        }
    }
}
