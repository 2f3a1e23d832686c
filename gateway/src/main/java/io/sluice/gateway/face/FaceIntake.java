package io.sluice.gateway.face;

import io.micronaut.http.HttpRequest;
import io.sluice.gateway.erasure.ErasedOwners;
import io.sluice.gateway.problem.GatewayProblem;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.web.body.SubmissionReader;
import io.sluice.web.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Accepts a selfie: checks it, stores it, and publishes its event and its job. */
@Singleton
final class FaceIntake {
    private final SubmissionReader bodies;
    private final FaceForm form;
    private final SelfieStorage storage;
    private final FaceEvents events;
    private final ErasedOwners erased;
    private final Clock clock;

    FaceIntake(
            SubmissionReader bodies,
            FaceForm form,
            SelfieStorage storage,
            FaceEvents events,
            ErasedOwners erased,
            Clock clock) {
        this.bodies = bodies;
        this.form = form;
        this.storage = storage;
        this.events = events;
        this.erased = erased;
        this.clock = clock;
    }

    /**
     * Accepts the selfie in the body of a request. Blocks until Kafka has the event and the job.
     *
     * @return the enrolment, whose job ends when the face is enrolled
     * @throws ProblemException when the selfie is refused, or a store or Kafka fails
     */
    FaceEvents.Accepted enroll(HttpRequest<?> request, String userId) {
        var accepted = bodies.read(request, FaceForm.FIELDS, (submission, errors) -> {
            var picture = form.read(submission, errors);
            return events.enroll(new FaceEnrolled(userId, storage.store(userId, picture), clock.instant()));
        });
        if (erased.contain(userId)) {
            var _ = events.delete(userId);
            throw new ProblemException(GatewayProblem.UNAUTHENTICATED, "Your account was deleted during the upload.");
        }
        return accepted;
    }
}
