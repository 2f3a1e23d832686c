package io.sluice.embedder;

import io.sluice.runtime.FailureCode;

/** The ways in which a product cannot be embedded. What fails in a store has that store's code. */
public enum EmbedderFailure implements FailureCode {
    /** The image has no bytes. Have the sender store it, and send the product again. */
    IMAGE_EMPTY,
    /** The image has more bytes than are taken. Have the sender make it smaller. */
    IMAGE_TOO_LARGE,
    /** The image is none of JPEG, PNG, WebP and GIF. Have the sender convert it. */
    IMAGE_FORMAT_UNSUPPORTED,
    /** The image's container is damaged. Have the sender store it again. */
    IMAGE_MALFORMED,
    /** The image is cut off. Have the sender store it again. */
    IMAGE_TRUNCATED,
    /** The image has more pixels than are taken. Have the sender make it smaller. */
    IMAGE_TOO_MANY_PIXELS,
    /** The image is coded so that decoding it would take minutes. Have the sender store it anew. */
    IMAGE_TOO_COMPLEX,
    /** The image's container is whole, and its pixels do not decode. Have the sender make the file anew. */
    IMAGE_UNDECODABLE,
    /**
     * The image was not decoded within the limit, three times. Look at the machine: is it starved? Then raise {@code
     * embedder.decode-limit}, and send the product again. Else have the sender make the file anew.
     */
    IMAGE_TOO_SLOW,
}
