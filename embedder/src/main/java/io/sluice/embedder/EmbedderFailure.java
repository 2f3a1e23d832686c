package io.sluice.embedder;

import io.sluice.runtime.FailureCode;

/** Reasons why a product cannot be embedded, or a photo not prepared. A failure of a store has a code of that store. */
public enum EmbedderFailure implements FailureCode {
    /** The image has no bytes. Have the sender store it, and send the product or the photo again. */
    IMAGE_EMPTY,
    /** The image has more bytes than the limit. Have the sender make it smaller. */
    IMAGE_TOO_LARGE,
    /** The image is none of JPEG, PNG, WebP and GIF. Have the sender convert it. */
    IMAGE_FORMAT_UNSUPPORTED,
    /** The structure of the image file is damaged. Have the sender store it again. */
    IMAGE_MALFORMED,
    /** The image file ends too early. Have the sender store it again. */
    IMAGE_TRUNCATED,
    /** The image has more pixels than the limit. Have the sender make it smaller. */
    IMAGE_TOO_MANY_PIXELS,
    /** Decoding the image would take minutes because of its encoding. Have the sender encode it again. */
    IMAGE_TOO_COMPLEX,
    /**
     * The structure of the image file is intact, but its pixels cannot be decoded. Have the sender create the file
     * again.
     */
    IMAGE_UNDECODABLE,
    /**
     * The image was not decoded within the limit in three attempts. When the machine is overloaded, raise
     * {@code embedder.decode-limit} and send the product or the photo again. Otherwise have the sender create the file again.
     */
    IMAGE_TOO_SLOW,
}
