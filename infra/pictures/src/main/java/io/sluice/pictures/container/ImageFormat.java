package io.sluice.pictures.container;

/** The image formats that Sluice accepts. */
public enum ImageFormat {
    JPEG("image/jpeg"),
    PNG("image/png"),
    WEBP("image/webp"),
    GIF("image/gif");

    private final String mediaType;

    ImageFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** {@return the media type, such as {@code image/jpeg}} */
    public String mediaType() {
        return mediaType;
    }
}
