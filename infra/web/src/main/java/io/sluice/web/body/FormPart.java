package io.sluice.web.body;

import java.io.InputStream;

/** One part of a form that is read as it comes. */
public sealed interface FormPart {
    /** {@return the field it is for} */
    String name();

    /** A text, whole. */
    record Text(String name, String value) implements FormPart {}

    /**
     * A file.
     *
     * @param fileName as its sender called it; may be empty
     * @param bytes to be read before the next part is asked for, which drops the rest. Reading fails with an
     *     {@link java.io.IOException} when the body breaks off
     */
    record File(String name, String fileName, InputStream bytes) implements FormPart {}
}
