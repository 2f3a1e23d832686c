package io.sluice.gateway.access.erasure;

import io.sluice.gateway.intake.Intake;
import io.sluice.schemas.job.JobError;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.job.JobStatus;
import io.sluice.stores.accounts.Erasure;
import io.sluice.stores.letters.Letter;
import java.time.Clock;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes the steps of the job of one erasure, each stage once. After a crash another gateway publishes them again;
 * that changes nothing.
 */
final class ErasureJob {
    private static final String BEGUN = "account-erased";

    private final Erasure erasure;
    private final Intake intake;
    private final Clock clock;
    private final Set<String> published = new HashSet<>();
    private @Nullable String waitsFor;

    ErasureJob(Erasure erasure, Intake intake, Clock clock) {
        this.erasure = erasure;
        this.intake = intake;
        this.clock = clock;
    }

    static JobEvent queued(Erasure erasure) {
        return JobEvent.queued(erasure.jobId(), JobKind.USER_ERASURE, erasure.requestedAt())
                .withSubject(erasure.owner().toString());
    }

    void begun() {
        if (!published.contains(BEGUN)) {
            publish(queued(erasure));
        }
        stage(BEGUN, Map.of());
    }

    void stage(String stage, Map<String, Long> counts) {
        if (!published.contains(stage)) {
            publish(event(stage, JobStatus.PROCESSING).withCounts(counts));
            published.add(stage);
        }
    }

    /** Says which dead letter the erasure waits for. While it waits for none, the job says nothing of it. */
    void waitsFor(Optional<Letter> letter) {
        var id = letter.map(ErasureJob::words).orElse(null);
        if (id != null && !id.equals(waitsFor)) {
            var record = letter.orElseThrow().record();
            publish(event("waiting", JobStatus.RETRYING)
                    .withError(new JobError(
                            record.reason().code(),
                            "The dead letter %s has a deletion that failed. Mend its cause, then send it back:"
                                            .formatted(id)
                                    + " ./sluice dead-letters redrive " + id)));
        } else if (id == null && waitsFor != null) {
            publish(event(BEGUN, JobStatus.PROCESSING)); // the error is gone
        }
        waitsFor = id;
    }

    private static String words(Letter letter) {
        var id = letter.record().id();
        return id.topic() + " " + id.id();
    }

    /** Says until when topics keep what an erasure cannot remove itself, and ends the job. */
    void ended(Map<String, Long> counts) {
        ErasureReceipt.stages(clock.instant()).forEach(stage -> stage(stage, Map.of()));
        publish(event("erased", JobStatus.SUCCEEDED).withCounts(counts));
    }

    private JobEvent event(String stage, JobStatus outcome) {
        return JobEvent.of(erasure.jobId(), JobKind.USER_ERASURE, stage, outcome, clock.instant())
                .withSubject(erasure.owner().toString());
    }

    private void publish(JobEvent step) {
        var _ = Intake.await(intake.writeJobEvent(step));
    }
}
