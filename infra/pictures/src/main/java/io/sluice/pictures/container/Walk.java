package io.sluice.pictures.container;

import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.container.Inspection.Refused;
import org.jspecify.annotations.Nullable;

/**
 * The result of walking through a container.
 *
 * @param width in pixels; 0 when the walk ended before
 * @param height in pixels; 0 when the walk ended before
 * @param bytesPerPixel memory that decoding takes
 * @param problem why the walk ended early; null when it came to the end
 */
record Walk(
        int width, int height, int bytesPerPixel, @Nullable Refused problem) {
    /** Bytes per pixel of the decoded picture, which is the least that a decoder needs. */
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
