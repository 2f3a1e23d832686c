package io.sluice.client.photo;

import io.sluice.client.http.UrlText;
import java.util.Locale;

/** A file that the gateway has of a photo. */
public enum Rendition {
    /** The file that was uploaded. */
    CONTENT,
    /** A JPEG whose longest side is 1,920 pixels at most. */
    PREVIEW,
    /** A JPEG whose longest side is 400 pixels at most. */
    THUMBNAIL;

    /** {@return the path of this file of a photo at the gateway} */
    public String path(String photoId) {
        return Photos.PHOTOS + "/" + UrlText.encoded(photoId) + "/" + name().toLowerCase(Locale.ROOT);
    }
}
