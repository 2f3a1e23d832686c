package io.sluice.web.body;

import java.io.InputStream;

/** One part of a multipart form that is read while it arrives. */
public sealed interface FormPart {
    /** {@return the name of the form field} */
    String name();

    /** A part that is a text, read completely. */
    record Text(String name, String value) implements FormPart {}

    /**
     * A part that is a file.
     *
     * @param fileName the name that the sender gave; may be empty
     * @param bytes the content. The caller reads it before it asks for the next part, which skips the unread rest.
     *     Reading fails with an {@link java.io.IOException} when the body ends too early
     */
    record File(String name, String fileName, InputStream bytes) implements FormPart {}

    /**
     * A part that the call does not take. The next part skips its content.
     *
     * @param isFile whether the sender gave it a file name
     */
    record Other(String name, boolean isFile) implements FormPart {}
}
