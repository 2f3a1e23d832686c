package io.sluice.gateway.face;

import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.intake.JobIds;
import io.sluice.runtime.EventPublisher.Position;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.wire.EntityVersion;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Publishes the events of faces as {@link Intake} does, each with a job that belongs to the user. */
@Singleton
final class FaceEvents {
    private final Intake intake;
    private final JobIds ids;
    private final Clock clock;
    private final int epoch;

    FaceEvents(Intake intake, JobIds ids, Clock clock, SluiceConfig config) {
        this.intake = intake;
        this.ids = ids;
        this.clock = clock;
        this.epoch = config.epoch();
    }

    /**
     * An accepted change of a face.
     *
     * @param version of the user's face
     */
    record Accepted(String jobId, long version) {}

    /**
     * Enrolls a face whose picture is stored. Blocks until Kafka has the event and the job.
     *
     * @throws io.sluice.web.problem.ProblemException when Kafka does not answer
     */
    Accepted enroll(FaceEnrolled face) {
        return publish(face.userId(), face);
    }

    /** Deletes the user's face, also one whose enrolment is not handled yet. As {@link #enroll} otherwise. */
    Accepted delete(String userId) {
        return publish(userId, null);
    }

    private Accepted publish(String userId, @Nullable FaceEnrolled face) {
        var jobId = ids.next();
        var at = clock.instant();
        var accepted = Intake.await(intake.accept(
                Topics.FACE_ENROLMENTS,
                userId,
                face,
                jobId,
                position -> JobEvent.queued(jobId, JobKind.FACE_ENROLMENT, at)
                        .withSubject(userId)
                        .withOwner(userId)
                        .withVersion(version(position))));
        accepted.outcome().cancel(false);
        return new Accepted(jobId, version(accepted.position()));
    }

    private long version(Position position) {
        return EntityVersion.of(epoch, position.offset());
    }
}
