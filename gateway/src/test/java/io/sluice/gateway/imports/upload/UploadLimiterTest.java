package io.sluice.gateway.imports.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.limits.RateLimits;
import io.sluice.gateway.principal.Principal;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import io.sluice.web.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UploadLimiterTest {
    private static final Principal HER = Principal.anonymous("10.0.0.1");
    private static final Principal HIM = Principal.anonymous("10.0.0.2");
    private static final Duration ANY = Duration.ofSeconds(1);

    private final JobBoard board = new JobBoard(1_000, id -> Optional.empty());
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");
    private final RateLimits limits = RateLimits.inMemory(((InstantSource) () -> now).withZone(ZoneOffset.UTC));
    private final UploadLimiter limiter = new UploadLimiter(board, new UploadLimitsConfig(3, 2, ANY), limits);

    @Test
    void limitsTheImportsOfEachCallerPerMinute() {
        for (var id : List.of("1", "2", "3")) {
            take(id, HER);
            now = now.plusSeconds(10);
        }

        refused(() -> take("4", HER), "TOO_MANY_IMPORTS_A_MINUTE");
        take("5", HIM);

        now = now.plusSeconds(31);
        take("6", HER);
        refused(() -> take("7", HER), "TOO_MANY_IMPORTS_A_MINUTE");
    }

    @Test
    void doesNotCountRefusedUploads() {
        for (int i = 0; i < 10; i++) {
            limiter.enter("refused-" + i, from(HER)).close();
        }

        take("taken", HER);
    }

    @Test
    void limitsUploadsAndOpenImportsTogether() {
        var uploading = limiter.enter("uploading");
        board.update(job("open", JobStatus.PROCESSING));
        refused(() -> limiter.enter("third"), "TOO_MANY_IMPORTS_AT_ONCE");

        board.update(job("uploading", JobStatus.QUEUED));
        board.update(job("open", JobStatus.SUCCEEDED));
        limiter.enter("third").close();

        uploading.close();
        limiter.enter("third").close();
        board.update(job("other", JobStatus.RETRYING));
        refused(() -> limiter.enter("third"), "TOO_MANY_IMPORTS_AT_ONCE");
    }

    @Test
    void admitsARepeatedCallWhenTheLimitIsReached() {
        for (var id : List.of("1", "2", "3")) {
            take(id, HER);
        }
        for (var id : List.of("1", "2", "3")) {
            board.update(job(id, JobStatus.PROCESSING));
        }
        refused(() -> limiter.enter("4"), "TOO_MANY_IMPORTS_AT_ONCE");
        refused(() -> limiter.enter("4", from(HER)), "TOO_MANY_IMPORTS_A_MINUTE");

        limiter.enter("2", from(HER)).close();
    }

    @Test
    void doesNotCountARepeatedCall() {
        board.update(job("open", JobStatus.PROCESSING));
        for (var i = 0; i < 10; i++) {
            limiter.enter("open", from(HER)).close();
        }
        board.update(job("open", JobStatus.SUCCEEDED));

        for (var id : List.of("1", "2", "3")) {
            take(id, HER);
        }
        refused(() -> limiter.enter("4", from(HER)), "TOO_MANY_IMPORTS_A_MINUTE");
    }

    @Test
    void doesNotCountWhatIsRefusedBecauseTooManyAreOpen() {
        board.update(job("first", JobStatus.PROCESSING));
        board.update(job("second", JobStatus.PROCESSING));
        for (var i = 0; i < 10; i++) {
            refused(() -> limiter.enter("third", from(HER)), "TOO_MANY_IMPORTS_AT_ONCE");
        }
        board.update(job("first", JobStatus.SUCCEEDED));

        take("third", HER);
    }

    @Test
    void admitsOneUploadPerKeyAtATime() {
        var first = limiter.enter("by-key", from(HER));
        assertThatThrownBy(() -> limiter.enter("by-key", from(HER)))
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo("IDEMPOTENCY_KEY_IN_USE");
                    assertThat(refused.problem().jobId()).isEqualTo("by-key");
                });

        first.close();
        limiter.enter("by-key", from(HER)).close();
    }

    private void take(String id, Principal caller) {
        try (var permit = limiter.enter(id, from(caller))) {
            permit.count();
        }
    }

    private static HttpRequest<?> from(Principal caller) {
        return HttpRequest.POST("/api/v1/imports", "").setAttribute("sluice.principal", caller);
    }

    private static void refused(Runnable entry, String code) {
        assertThatThrownBy(entry::run)
                .asInstanceOf(type(ProblemException.class))
                .satisfies(refused -> {
                    assertThat(refused.problem().code()).isEqualTo(code);
                    assertThat(refused.problem().status()).isEqualTo(429);
                });
    }

    private Job job(String id, JobStatus status) {
        now = now.plusMillis(1);
        return Job.of(id, JobKind.IMPORT, status, now).withSubject(id);
    }
}
