package io.sluice.gateway.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.gateway.principal.Principal;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobStatus;
import io.sluice.web.problem.ProblemException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobCancelTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Principal CALLER = Principal.anonymous("127.0.0.1");

    private final List<String> stopped = new ArrayList<>();
    private final JobCancel cancellation = new JobCancel(List.of(new Stoppable("redrive"), new Stoppable("import")));

    @Test
    void stopsAJobWhoseKindCanBeStopped() {
        var canceled = cancellation.cancel(job("redrive", JobStatus.RETRYING), CALLER);

        assertThat(canceled.status()).isEqualTo(JobStatus.CANCELED);
        assertThat(stopped).containsExactly("redrive:1");
    }

    @Test
    void saysWhichKindsCanBeStopped() {
        assertThatThrownBy(() -> cancellation.cancel(job("product", JobStatus.QUEUED), CALLER))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code())
                                .isEqualTo(GatewayProblem.JOB_NOT_CANCELABLE.name()))
                .hasMessageContaining("A job of the kind product cannot be stopped")
                .hasMessageContaining("import, redrive");
    }

    @ParameterizedTest
    @EnumSource(
            value = JobStatus.class,
            names = {"SUCCEEDED", "FAILED", "DEAD", "SUPERSEDED"})
    void refusesAJobThatHasEnded(JobStatus end) {
        assertThatThrownBy(() -> cancellation.cancel(job("import", end), CALLER))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(GatewayProblem.JOB_OVER.name()))
                .hasMessageContaining("has ended with the status " + end.wireName());
        assertThat(stopped).isEmpty();
    }

    @Test
    void aCanceledJobStaysCanceled() {
        var canceled = job("import", JobStatus.CANCELED);

        assertThat(cancellation.cancel(canceled, CALLER)).isEqualTo(canceled);
        assertThat(stopped).isEmpty();
    }

    private static Job job(String kind, JobStatus status) {
        return Job.of("1", kind, status, NOW);
    }

    private final class Stoppable implements CancelableJobs {
        private final String kind;

        private Stoppable(String kind) {
            this.kind = kind;
        }

        @Override
        public String kind() {
            return kind;
        }

        @Override
        public Job cancel(Job job, Principal caller) {
            stopped.add(job.kind() + ":" + job.jobId());
            return job.withStatus(JobStatus.CANCELED, null, NOW);
        }
    }
}
