package io.sluice.web.body;

/**
 * The largest request body that a call accepts. A call starts from {@link #ofBody} and changes single limits.
 *
 * @param bodyBytes bytes of the whole body, whatever its content type
 * @param parts parts of a multipart form
 * @param textBytes bytes of one part that is a text
 * @param fileBytes bytes of one part that is a file
 * @param headerBytes bytes of the headers of one part
 */
public record FormLimits(long bodyBytes, int parts, int textBytes, long fileBytes, int headerBytes) {
    /** Enough parts for every field of our forms, and for some unknown fields. */
    public static final int MANY_PARTS = 100;

    private static final int PARTS = 20;
    private static final int TEXT_BYTES = 16 * 1024;
    private static final int HEADER_BYTES = 4 * 1024;

    public FormLimits {
        if (bodyBytes < 1 || parts < 1 || textBytes < 1 || fileBytes < 1 || headerBytes < 1) {
            throw new IllegalArgumentException("every limit of a form must be 1 or more");
        }
    }

    /** {@return the limits of a form of a few short texts: 20 parts, 16 KB a text, 4 KB of headers a part} */
    public static FormLimits ofBody(long bodyBytes) {
        return new FormLimits(bodyBytes, PARTS, TEXT_BYTES, bodyBytes, HEADER_BYTES);
    }

    /** {@return these limits with another maximum number of parts} */
    public FormLimits withParts(int most) {
        return new FormLimits(bodyBytes, most, textBytes, fileBytes, headerBytes);
    }

    /** {@return these limits with another maximum size of a text} */
    public FormLimits withTextBytes(int most) {
        return new FormLimits(bodyBytes, parts, most, fileBytes, headerBytes);
    }
}
