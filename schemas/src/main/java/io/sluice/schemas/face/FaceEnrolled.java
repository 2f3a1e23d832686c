package io.sluice.schemas.face;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.wire.StoredObject;
import java.time.Instant;

/**
 * A user wants to be found in photos, and gives a picture of their face for it. It replaces the user's earlier picture.
 *
 * @param userId id of the account, at most {@value #MAX_USER} characters
 * @param selfie the picture, stored before this event is written. Nothing else names the same object
 * @param consentedAt when the user agreed that their face is compared with the faces in photos
 */
public record FaceEnrolled(String userId, StoredObject selfie, Instant consentedAt) implements EntityEvent {
    public static final int MAX_USER = 255;

    public FaceEnrolled {
        Checks.text("user_id", userId, MAX_USER);
        Checks.required("selfie", selfie);
        Checks.required("consented_at", consentedAt);
    }

    @Override
    public String key() {
        return userId;
    }
}
