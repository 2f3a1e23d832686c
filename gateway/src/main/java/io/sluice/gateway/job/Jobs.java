package io.sluice.gateway.job;

import io.sluice.schemas.job.Job;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds jobs: on the board, or on the disk when the board has forgotten them. */
@Singleton
public final class Jobs {
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** A job accepted by another gateway a moment ago is on its way here. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

    private final JobBoard board;
    private final JobTracker tracker;

    Jobs(JobBoard board, JobTracker tracker) {
        this.board = board;
        this.tracker = tracker;
    }

    /** {@return the job, if it is known here by now} */
    public Optional<Job> known(String id) {
        return board.find(id).or(() -> tracker.find(id));
    }

    /** {@return the job} When it is not known it may be on its way, and this waits for it a moment. */
    Optional<Job> find(String id) {
        return known(id)
                .or(() -> UUID.matcher(id).matches()
                        ? new Wait(ON_ITS_WAY, null).await(board.whenKnown(id))
                        : Optional.empty());
    }
}
