package io.sluice.pictures.decode;

/** The bytes are not an image that can be used, or, when {@link #TOO_SLOW}, were not one in time. The message is fit for whoever sent them. */
public final class ImageRefusedException extends RuntimeException {
    /** The code of a file whose container is whole and whose pixels do not decode. */
    public static final String UNDECODABLE = "IMAGE_UNDECODABLE";

    /** The code of a file that the decoder was given up on. */
    public static final String TOO_SLOW = "IMAGE_TOO_SLOW";

    private final String code;

    /**
     * Says why.
     *
     * @param code an {@link io.sluice.pictures.container.Inspection.Code}'s name, {@link #UNDECODABLE} or {@link #TOO_SLOW}
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
