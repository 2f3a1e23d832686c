package io.sluice.cli.progress;

import io.sluice.cli.CommandFailedException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Tries again while the gateway is away or cannot take anything, less and less often, for a bounded time. */
public final class Patience {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final URI gateway;
    private final Duration bound;
    private final Consumer<String> notices;

    /**
     * @param gateway its address, for people
     * @param bound how long a call is tried again after it failed, however long the first try took
     * @param notices is told once when a call has to be tried again
     */
    public Patience(URI gateway, Duration bound, Consumer<String> notices) {
        this.gateway = gateway;
        this.bound = bound;
        this.notices = notices;
    }

    /** One try. */
    public interface Attempt<T> {
        T make() throws IOException;
    }

    /** {@return what the attempt gives once it succeeds}; who throws an {@link IOException} wants another. */
    public <T> T until(Attempt<T> attempt) {
        var deadline = Long.MAX_VALUE;
        for (var wait = FIRST; ; wait = min(wait.multipliedBy(2), LONGEST)) {
            try {
                return attempt.make();
            } catch (IOException e) {
                if (wait.equals(FIRST)) {
                    deadline = System.nanoTime() + bound.toNanos();
                }
                if (System.nanoTime() + wait.toNanos() > deadline) {
                    throw new CommandFailedException("gave up after %d s: %s".formatted(bound.toSeconds(), message(e)));
                }
                if (wait.equals(FIRST)) {
                    notices.accept("%s; trying again for up to %d s".formatted(message(e), bound.toSeconds()));
                }
            }
            LockSupport.parkNanos(wait.toNanos());
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private String message(IOException e) {
        var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return "the gateway at %s did not take it (%s)".formatted(gateway, why);
    }
}
