package io.sluice.pictures.container;

import io.sluice.pictures.container.Inspection.Code;
import io.sluice.pictures.container.Inspection.Refused;

/** The result of walking through a container. Width and height are 0 when the walk ended before them. */
sealed interface Walk {
    /** Bytes per pixel of the decoded picture, which is the least that a decoder needs. */
    int RGB = 3;
    /** The same with alpha. */
    int RGBA = 4;

    int width();

    int height();

    /**
     * The still picture is complete.
     *
     * @param bytesPerPixel memory that decoding takes
     */
    record Whole(int width, int height, int bytesPerPixel, Still still) implements Walk {}

    /** The walk ended early. */
    record Ended(int width, int height, Refused problem) implements Walk {}

    static Walk whole(int width, int height, int bytesPerPixel, Still still) {
        return width > 0 && height > 0
                ? new Whole(width, height, bytesPerPixel, still)
                : malformed(width, height, "its header says " + width + " x " + height + " pixels");
    }

    static Walk malformed(int width, int height, String why) {
        return refused(width, height, Code.IMAGE_MALFORMED, "the image is damaged: " + why);
    }

    static Walk truncated(int width, int height, String where) {
        return refused(width, height, Code.IMAGE_TRUNCATED, "the image is not complete: it ends " + where);
    }

    static Walk refused(int width, int height, Code code, String reason) {
        return new Ended(width, height, new Refused(code, reason));
    }
}
