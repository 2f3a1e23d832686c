package io.sluice.images;

import io.sluice.images.Inspection.Code;
import io.sluice.images.Inspection.Refused;
import org.jspecify.annotations.Nullable;

/**
 * How far a walk through a container came.
 *
 * @param width in pixels; 0 when the walk did not come to it
 * @param height in pixels; 0 when the walk did not come to it
 * @param problem what stopped it; null when it came to the end
 */
record Walk(int width, int height, @Nullable Refused problem) {
    static Walk whole(int width, int height) {
        return width > 0 && height > 0
                ? new Walk(width, height, null)
                : malformed(width, height, "its header says " + width + " x " + height + " pixels");
    }

    static Walk malformed(int width, int height, String why) {
        return new Walk(width, height, new Refused(Code.IMAGE_MALFORMED, "the image is damaged: " + why));
    }

    static Walk truncated(int width, int height, String where) {
        return new Walk(
                width, height, new Refused(Code.IMAGE_TRUNCATED, "the image is not complete: it ends " + where));
    }
}
