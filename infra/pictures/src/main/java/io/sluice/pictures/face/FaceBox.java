package io.sluice.pictures.face;

/** Where a face is, in shares of the picture's width and height. */
public record FaceBox(double left, double top, double width, double height) {
    /** {@return the shared area of two boxes as a share of the area that they cover together, 0 to 1} */
    double overlapWith(FaceBox other) {
        var across = Math.min(left + width, other.left + other.width) - Math.max(left, other.left);
        var down = Math.min(top + height, other.top + other.height) - Math.max(top, other.top);
        if (across <= 0 || down <= 0) {
            return 0;
        }
        var shared = across * down;
        return shared / (width * height + other.width * other.height - shared);
    }
}
