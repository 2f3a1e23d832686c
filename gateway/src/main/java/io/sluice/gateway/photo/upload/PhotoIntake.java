package io.sluice.gateway.photo.upload;

import io.sluice.gateway.intake.Intake;
import io.sluice.gateway.photo.intake.KnownPhotos;
import io.sluice.gateway.photo.intake.PhotoEvents;
import io.sluice.schemas.photo.PhotoSaved;
import io.sluice.web.problem.ProblemException;
import io.sluice.web.problem.WebProblem;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Accepts one photo: checks the picture, stores it, and publishes its event and its job. Of the same photo it accepts
 * one at a time, so that the second one knows whether the first is accepted.
 */
@Singleton
final class PhotoIntake {
    private final PhotoStorage storage;
    private final KnownPhotos known;
    private final PhotoQueue queue;
    private final PhotoEvents events;
    /** The photos that this gateway is accepting now. */
    private final Map<String, CountDownLatch> accepting = new ConcurrentHashMap<>();

    PhotoIntake(PhotoStorage storage, KnownPhotos known, PhotoQueue queue, PhotoEvents events) {
        this.storage = storage;
        this.known = known;
        this.queue = queue;
        this.events = events;
    }

    /**
     * Accepts a file. Blocks until Kafka has the photo's event and job.
     *
     * @return the answer for a queued photo or a duplicate
     * @throws ProblemException when the file is refused, or a store or Kafka fails. Kafka may have the event
     *     nevertheless; sending the file again does no harm
     */
    UploadAnswer accept(String owner, Arrived file) {
        var photoId = file.photoId();
        var done = new CountDownLatch(1);
        try {
            for (var other = accepting.putIfAbsent(photoId, done);
                    other != null;
                    other = accepting.putIfAbsent(photoId, done)) {
                other.await();
            }
            return known.have(photoId) ? UploadAnswer.duplicate(photoId, file.name()) : acceptNew(owner, file);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(WebProblem.TOO_BUSY, "The gateway is stopping.", e);
        } finally {
            accepting.remove(photoId, done);
            done.countDown();
        }
    }

    private UploadAnswer acceptNew(String owner, Arrived file) {
        var picture = storage.check(file.bytes());
        var place = queue.enter();
        try {
            var photo = new PhotoSaved(
                    file.photoId(), owner, file.name(), storage.store(owner, file.sha256(), picture), null);
            var accepted = Intake.await(events.save(photo));
            accepted.outcome().cancel(false);
            place.keep();
            return UploadAnswer.queued(file.photoId(), accepted.jobId(), file.name());
        } finally {
            place.leave();
        }
    }
}
