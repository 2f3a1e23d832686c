package io.sluice.pictures.container;

/** The result of inspecting an image's bytes. */
public sealed interface Inspection {
    /**
     * A complete image of an accepted format, within the limits. More may be in the file, complete or not: the further
     * frames of an animation, or what a camera appends.
     *
     * @param width in pixels, from the header
     * @param height in pixels, from the header
     * @param bytesPerPixel memory that decoding takes at full size; depends on how the file is coded
     * @param still what the decoder gets
     */
    record Accepted(ImageFormat format, int width, int height, int bytesPerPixel, Still still) implements Inspection {
        /** {@return the width in pixels when the picture is upright} */
        public int uprightWidth() {
            return still.orientation().swapsSides() ? height : width;
        }

        /** {@return the height in pixels when the picture is upright} */
        public int uprightHeight() {
            return still.orientation().swapsSides() ? width : height;
        }
    }

    /**
     * The bytes are not such an image.
     *
     * @param reason in words for the sender of the image
     */
    record Refused(Code code, String reason) implements Inspection {}

    /** Why an image is refused: by the inspector, or later by the decoder. Codes are contract. */
    enum Code {
        /** No bytes at all. */
        IMAGE_EMPTY,
        /** More bytes than allowed. */
        IMAGE_TOO_LARGE,
        /** Not a JPEG, PNG, WebP or GIF by its first bytes. */
        IMAGE_FORMAT_UNSUPPORTED,
        /** Begins like an image, but something that the picture needs is damaged. */
        IMAGE_MALFORMED,
        /** A part of the picture is missing. */
        IMAGE_TRUNCATED,
        /** More pixels than allowed. */
        IMAGE_TOO_MANY_PIXELS,
        /** Coded so that a few bytes would take minutes to decode. */
        IMAGE_TOO_COMPLEX,
        /** The container is complete, and its pixels do not decode. Only the decoder finds this. */
        IMAGE_UNDECODABLE,
        /** Was not decoded in time. Only the embedder, which waits for the decoder, finds this. */
        IMAGE_TOO_SLOW,
    }
}
