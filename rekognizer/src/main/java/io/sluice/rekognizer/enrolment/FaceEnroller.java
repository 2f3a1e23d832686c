package io.sluice.rekognizer.enrolment;

import io.sluice.rekognizer.FaceServiceException;
import io.sluice.rekognizer.FaceThreshold;
import io.sluice.rekognizer.RekognizerFailure;
import io.sluice.rekognizer.index.FaceForgetter;
import io.sluice.rekognizer.index.ImageIndexer;
import io.sluice.rekognizer.search.FaceSearcher;
import io.sluice.runtime.Failure.Fatal;
import io.sluice.runtime.Outcome;
import io.sluice.runtime.Received;
import io.sluice.schemas.face.FaceEnrolled;
import io.sluice.schemas.photo.PhotoFaces.Face;
import io.sluice.schemas.wire.Sha256;
import io.sluice.stores.face.FaceEnrolments;
import io.sluice.stores.face.FaceEnrolments.Enrolment;
import io.sluice.stores.face.FaceResults.Kept;
import io.sluice.stores.face.ImageHolder;

/**
 * Enrols users by their selfies, and forgets them. A selfie must show exactly one usable face. Until a new one is accepted
 * the user stays enrolled with the former one: the new one is held as a candidate.
 */
final class FaceEnroller {
    private final SelfieRenderer renderer;
    private final ImageIndexer indexer;
    private final FaceSearcher searcher;
    private final FaceForgetter forgetter;
    private final Users users;

    /** What the enroller knows of users, and how alike faces must be. */
    record Users(FaceEnrolments enrolments, FaceThreshold threshold) {}

    FaceEnroller(
            SelfieRenderer renderer,
            ImageIndexer indexer,
            FaceSearcher searcher,
            FaceForgetter forgetter,
            Users users) {
        this.renderer = renderer;
        this.indexer = indexer;
        this.searcher = searcher;
        this.forgetter = forgetter;
        this.users = users;
    }

    /** Handles one record. Throws what the stores, the provider and the decoder throw. */
    Outcome handle(Received<FaceEnrolled> received) {
        var enrolled = received.event();
        return enrolled == null ? deleted(received.key(), received.version()) : saved(enrolled, received.version());
    }

    private Outcome deleted(String userId, long version) {
        if (!users.enrolments().delete(userId, version)) {
            return Outcome.superseded();
        }
        forgetter.forget(ImageHolder.candidate(userId), version);
        forgetter.forget(ImageHolder.enrolment(userId), version);
        return Outcome.done();
    }

    private Outcome saved(FaceEnrolled enrolled, long version) {
        var userId = enrolled.userId();
        if (isOld(userId, version)) {
            return refused(enrolled, version);
        }
        try {
            var image = renderer.render(enrolled.selfie());
            return saved(enrolled, version, image);
        } catch (FaceServiceException e) {
            if (e.failure() instanceof Fatal) {
                refused(enrolled, version);
            }
            throw e;
        }
    }

    private Outcome saved(FaceEnrolled enrolled, long version, byte[] image) {
        var userId = enrolled.userId();
        var candidate = indexer.index(ImageHolder.candidate(userId), version, Sha256.of(image), () -> image);
        if (candidate.isEmpty()) {
            return refused(enrolled, version);
        }
        var enrolment = enrolment(enrolled, version, candidate.get());
        if (!users.enrolments().save(enrolment, users.threshold().threshold())) {
            return refused(enrolled, version);
        }
        if (indexer.index(ImageHolder.enrolment(userId), version, enrolment.sha256(), () -> image)
                .isEmpty()) {
            return refused(enrolled, version);
        }
        forgetter.forget(ImageHolder.candidate(userId), version);
        searcher.search(enrolment);
        return Outcome.done();
    }

    private static Enrolment enrolment(FaceEnrolled enrolled, long version, Kept image) {
        return new Enrolment(
                enrolled.userId(),
                version,
                onlyFace(image).faceId(),
                image.sha256(),
                image.modelVersion(),
                enrolled.selfie(),
                enrolled.consentedAt());
    }

    private static Face onlyFace(Kept image) {
        return switch (image.faces().size()) {
            case 0 ->
                throw refusal(
                        RekognizerFailure.NO_FACE_FOUND,
                        "the picture shows no face that can be recognized; send one that shows your face from the front,"
                                + " in good light and large enough");
            case 1 -> image.faces().getFirst();
            default ->
                throw refusal(
                        RekognizerFailure.SEVERAL_FACES,
                        "the picture shows %d faces; send one that shows only yours"
                                .formatted(image.faces().size()));
        };
    }

    private static FaceServiceException refusal(RekognizerFailure code, String detail) {
        return new FaceServiceException(new Fatal(code, detail));
    }

    /** Nothing stays of a selfie that is not accepted. */
    private Outcome refused(FaceEnrolled enrolled, long version) {
        users.enrolments().refuse(enrolled.userId(), enrolled.selfie());
        forgetter.forget(ImageHolder.candidate(enrolled.userId()), version);
        return Outcome.superseded();
    }

    private boolean isOld(String userId, long version) {
        return users.enrolments()
                .find(userId)
                .filter(known -> known.version() > version)
                .isPresent();
    }
}
