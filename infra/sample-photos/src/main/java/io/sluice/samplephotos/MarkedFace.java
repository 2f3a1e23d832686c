package io.sluice.samplephotos;

import java.awt.geom.Rectangle2D;

/**
 * A face that was found by its marker.
 *
 * @param marker tells who it is
 * @param quarterTurns by how many quarter turns with the clock the face is turned: 0 when it is upright
 * @param x of the middle of the face, in pixels from the left
 * @param y of the middle of the face, in pixels from the top
 * @param side of the marker with its white ring, in pixels
 */
public record MarkedFace(FaceMarker marker, int quarterTurns, double x, double y, double side) {
    /** {@return the box around the face, which may reach beyond the picture} */
    public Rectangle2D box() {
        var isLying = quarterTurns % 2 == 1;
        var width = side * (isLying ? FaceMarker.FACE_HEIGHT : FaceMarker.FACE_WIDTH);
        var height = side * (isLying ? FaceMarker.FACE_WIDTH : FaceMarker.FACE_HEIGHT);
        return new Rectangle2D.Double(x - width / 2, y - height / 2, width, height);
    }
}
