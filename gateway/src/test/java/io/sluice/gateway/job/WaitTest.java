package io.sluice.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.simple.SimpleHttpHeaders;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTest {
    private static final Duration USUAL = Duration.ofSeconds(45);
    private static final Duration MAX = Duration.ofSeconds(60);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    wait=10                     | 10 | wait=10
                    wait=0                      | 0  | wait=0
                    wait=3600                   | 60 | wait=60
                    Wait=5                      | 5  | wait=5
                    wait="7"                    | 7  | wait=7
                    respond-async               | 0  | respond-async
                    respond-async, wait=10      | 0  | respond-async
                    handling=lenient; wait=4    | 4  | wait=4
                    return=minimal, wait=4      | 4  | wait=4
                    """)
    void honorsAPreferenceAndSaysSo(String prefer, long seconds, String applied) {
        var wait = preferred(prefer);
        assertThat(wait.time()).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(wait.applied()).isEqualTo(applied);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"wait=soon", "wait=", "wait=-1", "wait=99999999999999999999", "waiting", "''"})
    void ignoresAnInvalidPreference(String prefer) {
        assertThat(preferred(prefer)).isEqualTo(new Wait(USUAL, null));
    }

    @Test
    void stopsWaitingWhenTheTimeIsUp() {
        var never = new CompletableFuture<Job>();

        assertThat(new Wait(Duration.ofMillis(1), null).await(never)).isEmpty();
        assertThat(never).isCancelled();
    }

    @Test
    void returnsNoJobWhenItDoesNotWait() {
        var at = Instant.parse("2026-03-01T10:00:00Z");
        var over = Job.of("a", "product", JobStatus.SUCCEEDED, at);

        assertThat(new Wait(Duration.ZERO, null).await(CompletableFuture.completedFuture(over)))
                .isEmpty();
        assertThat(new Wait(USUAL, null).await(CompletableFuture.completedFuture(over)))
                .contains(over);
    }

    private static Wait preferred(String prefer) {
        var headers = new SimpleHttpHeaders(ConversionService.SHARED);
        headers.add("Prefer", prefer);
        return Wait.preferred(headers, USUAL, MAX);
    }
}
