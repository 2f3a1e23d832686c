package io.sluice.pictures.decode;

import io.sluice.pictures.container.Inspection.Code;

/**
 * The bytes are not an image that can be used or, with {@link Code#IMAGE_TOO_SLOW}, could not be decoded in time. The
 * message is for the sender of the image.
 */
public final class ImageRefusedException extends RuntimeException {
    private final Code code;

    /** @param reason in words for the sender of the image */
    public ImageRefusedException(Code code, String reason) {
        super(reason);
        this.code = code;
    }

    /** {@return the reason as a code} */
    public Code code() {
        return code;
    }
}
