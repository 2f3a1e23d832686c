package io.sluice.gateway.photo.intake;

import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.intake.JobIds;
import io.sluice.runtime.EventPublisher.Position;
import io.sluice.runtime.SluiceConfig;
import io.sluice.schemas.Topics;
import io.sluice.schemas.job.Job;
import io.sluice.schemas.job.JobEvent;
import io.sluice.schemas.job.JobKind;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.schemas.wire.EntityVersion;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Publishes the events of photos as {@link Intake} does, each with a job that belongs to the photo's owner. */
@Singleton
public final class PhotoEvents {
    private final Intake intake;
    private final RecentPhotos recent;
    private final JobIds ids;
    private final Clock clock;
    private final int epoch;

    PhotoEvents(Intake intake, RecentPhotos recent, JobIds ids, Clock clock, SluiceConfig config) {
        this.intake = intake;
        this.recent = recent;
        this.ids = ids;
        this.clock = clock;
        this.epoch = config.epoch();
    }

    /**
     * An accepted change of a photo.
     *
     * @param version of the photo after the change
     * @param outcome completes when the job has ended; a caller that does not wait for it must cancel it
     */
    public record Accepted(String jobId, String photoId, long version, CompletableFuture<Job> outcome) {}

    /**
     * Saves a photo whose object is stored.
     *
     * @return the change, once it is accepted; fails with a {@link io.sluice.web.problem.ProblemException}
     */
    public CompletableFuture<Accepted> save(PhotoSaved photo) {
        return publish(photo.photoId(), photo.owner(), photo);
    }

    /** {@return the deletion, once it is accepted; fails with a {@link io.sluice.web.problem.ProblemException}} */
    public CompletableFuture<Accepted> delete(String photoId, String owner) {
        return publish(photoId, owner, null);
    }

    private CompletableFuture<Accepted> publish(String photoId, String owner, @Nullable PhotoSaved photo) {
        var jobId = ids.next();
        var at = clock.instant();
        return intake.accept(Topics.PHOTOS, photoId, photo, jobId, position -> {
                    var version = version(position);
                    recent.note(photoId, new RecentPhotos.Change(version, photo != null));
                    return JobEvent.queued(jobId, JobKind.PHOTO, at)
                            .withSubject(photoId)
                            .withOwner(owner)
                            .withVersion(version);
                })
                .thenApply(change -> new Accepted(jobId, photoId, version(change.position()), change.outcome()));
    }

    private long version(Position position) {
        return EntityVersion.of(epoch, position.offset());
    }
}
