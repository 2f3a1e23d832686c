package io.sluice.rekognition.face;

/**
 * A face that was seen in a picture.
 *
 * @param box where it is
 * @param likeness whom it shows
 * @param quarterTurns by how many quarter turns with the clock it is turned
 * @param confidence that it is a face, in percent
 * @param brightness 0 to 100
 * @param sharpness 0 to 100: how large it is in pixels
 */
public record Face(
        Box box, Likeness likeness, int quarterTurns, double confidence, double brightness, double sharpness) {}
