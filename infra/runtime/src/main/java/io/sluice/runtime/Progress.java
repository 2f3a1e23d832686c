package io.sluice.runtime;

/**
 * How a handler says that it has durably done a part of a long record. When the process is killed later, the record is
 * not suspected of having killed it. Handlers of short records need not say anything.
 */
public final class Progress {
    private static final ScopedValue<Runnable> LISTENER = ScopedValue.newInstance();

    private Progress() {}

    /** A part is done: every in-sync replica has it. Called in the thread in which the handler was called. */
    public static void made() {
        if (LISTENER.isBound()) {
            LISTENER.get().run();
        }
    }

    /** Does some work and passes on the progress that it makes. */
    public static <X extends Throwable> void listen(Runnable listener, Task<X> work) throws X {
        ScopedValue.where(LISTENER, listener).call(() -> {
            work.run();
            return true;
        });
    }

    /** Work that may fail. */
    @FunctionalInterface
    public interface Task<X extends Throwable> {
        /** Does the work. */
        void run() throws X;
    }
}
