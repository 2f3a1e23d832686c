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
    /** The image's container is whole, and its pixels do not decode. Have the sender make the file anew. */
    IMAGE_UNDECODABLE,
}
