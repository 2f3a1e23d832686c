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
 * How long a call waits for its job before it answers (RFC 7240: {@code Prefer: wait=N} or {@code respond-async}).
 *
 * @param time zero when the call does not wait
 * @param applied the value of the header {@code Preference-Applied}; null when no preference was honored
 */
public record Wait(Duration time, @Nullable String applied) {
    /** The answer's header with the preference that was honored. */
    private static final String PREFERENCE_APPLIED = "Preference-Applied";

    /** The request header with the preference. */
    public static final String PREFER = "Prefer";

    private static final String ASYNC = "respond-async";
    private static final String WAIT = "wait=";
    private static final int MAX_DIGITS = 9;

    /**
     * Reads a request's preference. An invalid preference is ignored, as the RFC says.
     *
     * @param usual how long this call waits when the request has no preference
     * @param max the longest wait. A caller that asks for more gets this wait, and the answer's header says so
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
     * Waits for the job and makes the answer, with the honored preference in its header.
     *
     * @param over makes the answer when the job ends in time
     * @param accepted makes the body when it does not: a 202 with the job's path in {@code Location}
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
     * Blocks until the job has ended or the time is over, then cancels {@code outcome}. Returns the job when it ended
     * in time. With a time of zero the result is always empty, even when the job has already ended, so that such a call
     * always gives the same answer.
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
            throw new IllegalStateException("waiting for a job failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            outcome.cancel(false);
        }
    }
}
