package io.sluice.web.body;

/**
 * What a body may have at most. A call that takes more, or less, than the defaults says so.
 *
 * @param bodyBytes bytes of the whole body, whatever its content type
 * @param parts parts of a multipart form
 * @param textBytes bytes of a part that is a text
 * @param fileBytes bytes of a part that is a file
 * @param headerBytes bytes of the headers of one part
 */
public record FormLimits(long bodyBytes, int parts, int textBytes, long fileBytes, int headerBytes) {
    /** Room for any field that our forms know, and for some that they do not. */
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

    /** {@return these limits, with at most so many parts} */
    public FormLimits withParts(int most) {
        return new FormLimits(bodyBytes, most, textBytes, fileBytes, headerBytes);
    }

    /** {@return these limits, with at most so many bytes a text} */
    public FormLimits withTextBytes(int most) {
        return new FormLimits(bodyBytes, parts, most, fileBytes, headerBytes);
    }

    /** {@return these limits, with at most so many bytes a file} */
    public FormLimits withFileBytes(long most) {
        return new FormLimits(bodyBytes, parts, textBytes, most, headerBytes);
    }

    /** {@return these limits, with at most so many bytes of headers a part} */
    public FormLimits withHeaderBytes(int most) {
        return new FormLimits(bodyBytes, parts, textBytes, fileBytes, most);
    }
}
