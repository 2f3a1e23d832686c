package io.sluice.stores.face;

import io.sluice.schemas.wire.StoredObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose face may be searched for, the newest version for each user. Each change of a user's matches is announced on
 * {@link io.sluice.stores.photo.PhotoLedger#CHANGED} in its own transaction.
 */
public interface FaceEnrolments {
    /**
     * A user who is enrolled.
     *
     * @param faceId the provider's face of the user
     * @param sha256 of the image that was sent to the provider
     * @param selfie what the user uploaded
     */
    record Enrolment(
            String userId,
            long version,
            String faceId,
            String sha256,
            String modelVersion,
            StoredObject selfie,
            Instant consentedAt) {}

    /**
     * What is known of a user.
     *
     * @param enrolment null when the user is not enrolled
     * @param enrolledAt null when the user is not enrolled
     * @param deletedAt null when the enrolment was not deleted
     */
    record Known(
            long version,
            @Nullable Enrolment enrolment,
            @Nullable Instant enrolledAt,
            @Nullable Instant deletedAt) {}

    /** {@return what is known of the user; empty when the user was never enrolled} */
    Optional<Known> find(String userId);

    /**
     * Enrolls the user, and notes the former selfie to be removed. Matches of another face go. The face matches itself,
     * because the same picture may be a photo too.
     *
     * @return false when there is a newer version; then nothing is changed, but the selfie is noted to be removed
     */
    boolean save(Enrolment enrolment, float threshold);

    /** Notes a selfie that is not accepted to be removed, unless the user is enrolled with it. */
    void refuse(String userId, StoredObject selfie);

    /**
     * Deletes the user's enrolment and matches, and notes the selfie to be removed.
     *
     * @return false when there is a newer version
     */
    boolean delete(String userId, long version);

    /**
     * {@return enrolments, by user id}
     *
     * @param after the ids that follow this one; empty for the first page
     */
    List<Enrolment> all(String after, int limit);

    /** {@return whether anybody is enrolled} */
    boolean isAnyEnrolled();

    /** {@return the enrolments with one of these faces} */
    List<Enrolment> withFaces(Collection<String> faceIds);

    /** {@return enrolments that are due to be searched for once more} */
    List<Enrolment> dueSearches(int limit);

    /** The enrolment was searched for once more. */
    void searchedAgain(Enrolment enrolment);
}
