package io.sluice.pictures.container;

import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.container.Inspection.Refused;
import org.jspecify.annotations.Nullable;

/**
 * How far a walk through a container came.
 *
 * @param width in pixels; 0 when the walk did not come to it
 * @param height in pixels; 0 when the walk did not come to it
 * @param bytesPerPixel memory that decoding takes
 * @param problem what stopped it; null when it came to the end
 */
record Walk(
        int width, int height, int bytesPerPixel, @Nullable Refused problem) {
    /** What a decoder needs at least: the picture it gives. */
    static final int RGB = 3;

    static Walk whole(int width, int height) {
        return whole(width, height, RGB);
    }

    static Walk whole(int width, int height, int bytesPerPixel) {
        return width > 0 && height > 0
                ? new Walk(width, height, bytesPerPixel, null)
                : malformed(width, height, "its header says " + width + " x " + height + " pixels");
    }

    static Walk malformed(int width, int height, String why) {
        return refused(width, height, Code.IMAGE_MALFORMED, "the image is damaged: " + why);
    }

    static Walk truncated(int width, int height, String where) {
        return refused(width, height, Code.IMAGE_TRUNCATED, "the image is not complete: it ends " + where);
    }

    static Walk refused(int width, int height, Code code, String reason) {
        return new Walk(width, height, RGB, new Refused(code, reason));
    }
}
