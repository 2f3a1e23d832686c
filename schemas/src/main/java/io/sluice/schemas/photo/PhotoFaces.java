package io.sluice.schemas.photo;

import io.sluice.schemas.event.Checks;
import io.sluice.schemas.event.EntityEvent;
import io.sluice.schemas.event.InvalidEventException;
import java.util.HashSet;
import java.util.List;

/**
 * The faces that were found in a photo; none is a result too. It tells neither whose faces they are nor what they look
 * like.
 *
 * @param photoId at most {@value PhotoSaved#MAX_ID} characters
 * @param owner id of the account that uploaded the photo
 * @param faceModelVersion the model that found the faces, as its provider names it
 * @param faces in the order in which the provider gave them; each face has an id of its own
 */
public record PhotoFaces(String photoId, String owner, String faceModelVersion, List<Face> faces)
        implements EntityEvent {
    private static final int MAX_NAME = 255;

    public PhotoFaces {
        Checks.text("photo_id", photoId, PhotoSaved.MAX_ID);
        Checks.text("owner", owner, PhotoSaved.MAX_OWNER);
        Checks.text("face_model_version", faceModelVersion, MAX_NAME);
        faces = List.copyOf(Checks.required("faces", faces));
        var ids = new HashSet<String>();
        for (var face : faces) {
            if (!ids.add(face.faceId())) {
                throw new InvalidEventException("faces", "must not contain a face_id twice");
            }
        }
    }

    /**
     * A face in a photo.
     *
     * @param faceId the provider's id
     * @param confidence that this is a face, in percent
     */
    public record Face(String faceId, Box box, double confidence) {
        public Face {
            Checks.text("face_id", faceId, MAX_NAME);
            Checks.required("box", box);
            finite("confidence", confidence);
        }
    }

    /** Where a face is, in shares of the upright picture's width and height. It may reach beyond the picture. */
    public record Box(double left, double top, double width, double height) {
        public Box {
            finite("left", left);
            finite("top", top);
            finite("width", width);
            finite("height", height);
        }
    }

    private static void finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidEventException(field, "must be a finite number");
        }
    }

    @Override
    public String key() {
        return photoId;
    }
}
