package io.sluice.gateway.access.login;

import io.sluice.stores.accounts.Passwords;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Hashes passwords on half of the cores, so that logins leave the others to everything else. The calls wait in a queue
 * of limited length.
 */
@Singleton
public final class PasswordChecks implements AutoCloseable {
    /** Fewer than the wrong logins that one address may send in a minute: those that are checked now count too. */
    private static final int MOST_AT_ONCE = 8;

    private static final int LONGEST_QUEUE = 100;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Passwords passwords;
    private final ThreadPoolExecutor threads;
    private final Duration longestWait;

    @Inject
    PasswordChecks(Passwords passwords) {
        this(
                passwords,
                Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, MOST_AT_ONCE),
                LONGEST_QUEUE,
                LONGEST_WAIT);
    }

    PasswordChecks(Passwords passwords, int atOnce, int longestQueue, Duration longestWait) {
        this.passwords = passwords;
        this.longestWait = longestWait;
        this.threads = new ThreadPoolExecutor(
                atOnce,
                atOnce,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(longestQueue),
                Thread.ofPlatform().daemon().name("password-", 1).factory());
    }

    /**
     * Does work that checks a password, when its turn has come.
     *
     * @return its result
     * @throws ProblemException {@code TOO_BUSY} when too many calls wait; the work may still be done then
     */
    <T> T inTurn(Callable<T> work) {
        return run(work);
    }

    /**
     * {@return the hash of the password}
     *
     * @throws ProblemException {@code TOO_BUSY} when too many calls wait
     */
    public String hash(String password) {
        return run(() -> passwords.hash(password));
    }

    private <T> T run(Callable<T> work) {
        try {
            var running = threads.submit(work);
            try {
                return running.get(longestWait.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                running.cancel(false);
                throw tooBusy(e);
            }
        } catch (RejectedExecutionException e) {
            throw tooBusy(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException thrown
                    ? thrown
                    : new IllegalStateException("a password could not be checked", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw tooBusy(e);
        }
    }

    private static ProblemException tooBusy(Exception cause) {
        return new ProblemException(
                WebProblem.TOO_BUSY, "Too many passwords are being checked; send it again in a moment.", cause);
    }

    @Override
    @PreDestroy
    public void close() {
        threads.shutdownNow();
    }
}
