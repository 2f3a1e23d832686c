package io.sluice.pictures.container;

/** What a look at an image's bytes found. */
public sealed interface Inspection {
    /**
     * A whole image of a format taken in, within the limits.
     *
     * @param width in pixels, from the header
     * @param height in pixels, from the header
     * @param bytesPerPixel memory that decoding takes at full size, by how the file is coded
     */
    record Accepted(ImageFormat format, int width, int height, int bytesPerPixel) implements Inspection {}

    /**
     * Something else.
     *
     * @param reason in words fit for whoever sent it
     */
    record Refused(Code code, String reason) implements Inspection {}

    /** Why an image is refused. Codes are contract. */
    enum Code {
        /** No bytes at all. */
        IMAGE_EMPTY,
        /** More bytes than allowed. */
        IMAGE_TOO_LARGE,
        /** Not a JPEG, PNG, WebP or GIF by its first bytes. */
        IMAGE_FORMAT_UNSUPPORTED,
        /** Starts like an image, and its header makes no sense. */
        IMAGE_MALFORMED,
        /** Ends before its end marker. */
        IMAGE_TRUNCATED,
        /** More pixels than allowed. */
        IMAGE_TOO_MANY_PIXELS,
        /** Coded so that its few bytes would take minutes to decode. */
        IMAGE_TOO_COMPLEX,
    }
}
