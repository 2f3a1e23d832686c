package io.sluice.gateway.job;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpResponse;
import io.sluice.schemas.job.Job;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a caller waits for a job (RFC 7240: {@code Prefer: wait=N} or {@code respond-async}).
 *
 * @param time zero: not at all
 * @param applied what to say in {@code Preference-Applied}; null when no preference was honored
 */
public record Wait(Duration time, @Nullable String applied) {
    /** The header that says which preference was honored. */
    private static final String PREFERENCE_APPLIED = "Preference-Applied";

    /** The header that a preference comes in. */
    public static final String PREFER = "Prefer";

    private static final String ASYNC = "respond-async";
    private static final String WAIT = "wait=";
    private static final int MAX_DIGITS = 9;

    /**
     * Reads a request's preference; one that makes no sense is ignored, as the RFC says.
     *
     * @param usual how long this call waits when nothing is preferred
     * @param max the longest that can be had; who asks for more gets this, and is told
     */
    public static Wait preferred(HttpHeaders headers, Duration usual, Duration max) {
        for (var header : headers.getAll(PREFER)) {
            for (var preference : header.split("[,;]", -1)) {
                var wait = preferred(preference.strip().toLowerCase(Locale.ROOT), max);
                if (wait.isPresent()) {
                    return wait.get();
                }
            }
        }
        return new Wait(usual, null);
    }

    private static Optional<Wait> preferred(String preference, Duration max) {
        if (preference.equals(ASYNC)) {
            return Optional.of(new Wait(Duration.ZERO, ASYNC));
        }
        var seconds = preference.startsWith(WAIT)
                ? preference.substring(WAIT.length()).replace("\"", "").strip()
                : "";
        if (seconds.isEmpty()
                || seconds.length() > MAX_DIGITS
                || !seconds.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        var time = Math.min(Long.parseLong(seconds), max.toSeconds());
        return Optional.of(new Wait(Duration.ofSeconds(time), WAIT + time));
    }

    /**
     * Waits and answers, telling which preference was honored.
     *
     * @param over the answer when the job is over in time
     * @param accepted the body of the answer when it is not: 202 with the job's place
     */
    public MutableHttpResponse<?> answer(
            String jobId,
            CompletableFuture<Job> outcome,
            Function<Job, MutableHttpResponse<?>> over,
            Supplier<?> accepted) {
        var response = await(outcome)
                .<MutableHttpResponse<?>>map(over)
                .orElseGet(() -> HttpResponse.accepted(URI.create("/api/v1/jobs/" + jobId))
                        .body(accepted.get()));
        return applied == null ? response : response.header(PREFERENCE_APPLIED, applied);
    }

    /**
     * {@return the job when it is over in time; blocks, and then waits no more} Who does not wait is told nothing, even
     * when the job is over already: the call then always gives the same answer.
     */
    public Optional<Job> await(CompletableFuture<Job> outcome) {
        try {
            if (time.isZero()) {
                return Optional.empty();
            }
            return Optional.of(outcome.get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | CancellationException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a waiter failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            outcome.cancel(false);
        }
    }
}
