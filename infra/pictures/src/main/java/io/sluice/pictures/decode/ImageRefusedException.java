package io.sluice.pictures.decode;

/**
 * The bytes are not an image that can be used or, with {@link #TOO_SLOW}, could not be decoded in time. The message is
 * for the sender of the image.
 */
public final class ImageRefusedException extends RuntimeException {
    /** The code of a file whose container is complete and whose pixels do not decode. */
    public static final String UNDECODABLE = "IMAGE_UNDECODABLE";

    /** The code of a file whose decoding took too long. */
    public static final String TOO_SLOW = "IMAGE_TOO_SLOW";

    private final String code;

    /**
     * Refuses an image.
     *
     * @param code the name of an {@link io.sluice.pictures.container.Inspection.Code}, {@link #UNDECODABLE} or {@link
     *     #TOO_SLOW}
     * @param reason in words for the sender of the image
     */
    public ImageRefusedException(String code, String reason) {
        super(reason);
        this.code = code;
    }

    /** {@return the reason as a code} */
    public String code() {
        return code;
    }
}
