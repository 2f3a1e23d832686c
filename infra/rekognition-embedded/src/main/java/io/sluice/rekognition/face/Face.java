package io.sluice.rekognition.face;

import io.sluice.pictures.face.FacePoint;
import java.util.List;

/**
 * A face that was seen in a picture.
 *
 * @param box where it is
 * @param likeness whom it shows
 * @param roll by how many degrees it is turned with the clock, -180 to 180
 * @param marks left eye, right eye, nose, and left and right corner of the mouth, as the viewer sees them; empty when only
 *     the box is known
 * @param confidence that it is a face, in percent
 * @param brightness 0 to 100
 * @param sharpness 0 to 100: how large it is in pixels
 */
public record Face(
        Box box,
        Likeness likeness,
        double roll,
        List<FacePoint> marks,
        double confidence,
        double brightness,
        double sharpness) {
    private static final int QUARTER = 90;
    private static final int QUARTERS = 4;

    public Face {
        marks = List.copyOf(marks);
    }

    /** {@return by about how many quarter turns with the clock it is turned, 0 to 3} */
    public int quarterTurns() {
        return Math.floorMod(Math.round(roll / QUARTER), QUARTERS);
    }
}
