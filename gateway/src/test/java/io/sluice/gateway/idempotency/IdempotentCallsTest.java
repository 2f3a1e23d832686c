package io.sluice.gateway.idempotency;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.gateway.job.JobLookup;
import io.sluice.jobs.board.JobBoard;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import io.sluice.web.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class IdempotentCallsTest {
    private static final Fingerprint CONTENT = Fingerprint.of("content".getBytes(UTF_8));
    private static final Fingerprint OTHER = Fingerprint.of("other".getBytes(UTF_8));

    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final IdempotentCalls calls = new IdempotentCalls(id -> Optional.ofNullable(jobs.get(id)));

    @Test
    void letsTheFirstCallCreateTheJobAndGivesItToTheNext() {
        var first = first();
        make(CONTENT.sha256());
        first.release().run();

        assertThat(calls.claim("job", "p", CONTENT))
                .isEqualTo(new Claim.Repeated(Objects.requireNonNull(jobs.get("job"))));
        assertThat(calls.beingAnswered()).isZero();
    }

    @Test
    void refusesOtherCallsWhileTheFirstIsBeingAnswered() {
        var first = first();
        make(CONTENT.sha256());

        refused(CONTENT, 409, "IDEMPOTENCY_KEY_IN_USE");
        refused(OTHER, 422, "IDEMPOTENCY_KEY_REUSED");

        first.release().run();
        assertThat(calls.claim("job", "p", CONTENT)).isInstanceOf(Claim.Repeated.class);
    }

    @Test
    void refusesAnotherContentForGood() {
        make(CONTENT.sha256());

        refused(OTHER, 422, "IDEMPOTENCY_KEY_REUSED");
        assertThat(calls.beingAnswered()).isZero();
    }

    @Test
    void letsACallBeSentAgainWhenItCreatedNoJob() {
        first().release().run();

        assertThat(calls.claim("job", "p", OTHER)).isInstanceOf(Claim.First.class);
    }

    @Test
    void recognizesItsJobWhenOnlyAProcessorHasReportedIt() {
        make(null);

        assertThat(calls.claim("job", "p", CONTENT)).isInstanceOf(Claim.Repeated.class);
    }

    @Test
    void refusesAnotherProductForAJobThatOnlyAProcessorHasReported() {
        make(null);

        assertThatThrownBy(() -> calls.claim("job", "another", OTHER))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        thrown -> assertThat(thrown.problem().code()).isEqualTo("IDEMPOTENCY_KEY_REUSED"));
    }

    @Test
    void looksAgainForAJobCreatedBeforeTheClaim() {
        var looks = new ArrayDeque<Optional<Job>>();
        make(CONTENT.sha256());
        looks.add(Optional.empty());
        looks.add(Optional.ofNullable(jobs.get("job")));
        var racing = new IdempotentCalls(id -> looks.remove());

        assertThat(racing.claim("job", "p", CONTENT)).isInstanceOf(Claim.Repeated.class);
        assertThat(racing.beingAnswered()).isZero();
    }

    @Test
    void releasesTheClaimWhenTheLookupOfTheJobFails() {
        var looks = new ArrayDeque<Optional<Job>>();
        looks.add(Optional.empty());
        var failing = new IdempotentCalls(id -> looks.remove());

        assertThatThrownBy(() -> failing.claim("job", "p", CONTENT)).isInstanceOf(NoSuchElementException.class);
        assertThat(failing.beingAnswered()).isZero();
    }

    @Test
    void refusesACallWhileJobsAreBeingRead() {
        var isRead = new AtomicBoolean();
        var board = new JobBoard(1_000, id -> Optional.ofNullable(jobs.get(id)));
        var jobsBeingRead = new JobLookup(board, isRead::get, Clock.systemUTC());
        var starting = new IdempotentCalls(jobsBeingRead::known);

        assertThatThrownBy(() -> starting.claim("job", "p", CONTENT))
                .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                    assertThat(thrown.problem().status()).isEqualTo(503);
                    assertThat(thrown.problem().code()).isEqualTo("JOBS_UNAVAILABLE");
                });
        assertThat(starting.beingAnswered()).isZero();

        make(CONTENT.sha256());
        assertThat(starting.claim("job", "p", CONTENT)).isInstanceOf(Claim.Repeated.class);
        isRead.set(true);
        assertThat(starting.claim("new", "p", CONTENT)).isInstanceOf(Claim.First.class);
    }

    @Test
    void distinguishesPartsByTheirEnds() {
        assertThat(Fingerprint.of(new byte[] {1, 2}, new byte[] {3}))
                .isNotEqualTo(Fingerprint.of(new byte[] {1}, new byte[] {2, 3}));
        assertThat(CONTENT.sha256()).matches("[0-9a-f]{64}");
    }

    private Claim.First first() {
        return (Claim.First) calls.claim("job", "p", CONTENT);
    }

    private void make(@Nullable String fingerprint) {
        var job = Job.of("job", "product", JobStatus.QUEUED, Instant.EPOCH);
        jobs.put("job", job.withSubject("p").withFingerprint(fingerprint));
    }

    private void refused(Fingerprint content, int status, String code) {
        assertThatThrownBy(() -> calls.claim("job", "p", content))
                .isInstanceOfSatisfying(ProblemException.class, thrown -> {
                    assertThat(thrown.problem().status()).isEqualTo(status);
                    assertThat(thrown.problem().code()).isEqualTo(code);
                    assertThat(thrown.problem().jobId()).isEqualTo("job");
                });
    }
}
