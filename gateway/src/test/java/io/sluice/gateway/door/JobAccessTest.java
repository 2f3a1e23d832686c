package io.sluice.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.gateway.principal.Principal;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.accounts.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobAccessTest {
    private static final Principal USER = new Principal("id-of-ada", "ada", Role.USER, "10.0.0.1");

    private final JobAccess closed = new JobAccess(new DoorConfig(false, List.of()));
    private final JobAccess open = new JobAccess(new DoorConfig(true, List.of()));

    @Test
    void openProducersShareTheJobsOfProductsWithAllCallers() {
        var job = job(JobKind.PRODUCT);

        assertThat(open.permits(USER, job)).isTrue();
        assertThat(open.permits(Principal.anonymous("10.0.0.1"), job)).isTrue();
        assertThat(closed.permits(USER, job)).isFalse();
        assertThat(closed.permits(Principal.anonymous("10.0.0.1"), job)).isFalse();
    }

    @Test
    void openProducersShareNothingThatHasAnOwner() {
        var job = job(JobKind.PRODUCT).withOwner("id-of-ada");

        assertThat(open.permits(USER, job)).isTrue();
        assertThat(open.permits(Principal.anonymous("id-of-ada"), job)).isFalse();
        assertThat(open.permits(new Principal("id-of-bob", "ada", Role.PRODUCER, "10.0.0.1"), job))
                .isFalse();
    }

    @Test
    void aCallerWithoutAnAccountOwnsNothing() {
        var job = job("photo").withOwner(Principal.ANONYMOUS);

        assertThat(open.permits(Principal.anonymous("10.0.0.1"), job)).isFalse();
    }

    private static Job job(String kind) {
        return Job.of("j-1", kind, JobStatus.QUEUED, Instant.EPOCH);
    }
}
