package io.sluice.stores.face;

import java.util.Collection;

/** Which indexed faces are a user's. */
public interface FaceMatches {
    /**
     * A face that the provider finds similar to the one a user is enrolled with.
     *
     * @param faceId a face of any image
     * @param userId whose face it may be
     * @param enrolledFaceId the face that the user was enrolled with when the provider was asked
     * @param similarity in percent
     */
    record Match(String faceId, String userId, String enrolledFaceId, float similarity) {}

    /**
     * Writes matches, and announces each user whose matches have changed in the same transaction, see {@link
     * io.sluice.stores.photo.PhotoLedger#CHANGED}. A match whose face is not kept any more, or whose user is not enrolled
     * with that face any more, is left out.
     *
     * @param threshold the least similarity that was asked for
     */
    void save(Collection<Match> matches, float threshold);
}
