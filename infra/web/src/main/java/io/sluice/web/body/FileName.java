package io.sluice.web.body;

import io.sluice.schemas.text.VisibleText;

/** Cleans the name of an uploaded file, to show it to people. */
public final class FileName {
    private static final String NAMELESS = "file";
    private static final int MAX = 255;

    private FileName() {}

    /**
     * Returns the name without folders and hidden characters, at most 255 characters; {@code file} when it is empty. A
     * hidden character can make {@code gpj.exe} look like {@code exe.jpg}.
     */
    public static String of(String sent) {
        var name = VisibleText.withoutHidden(
                        sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1))
                .strip();
        var length = Math.min(MAX, name.codePointCount(0, name.length()));
        return name.isEmpty() ? NAMELESS : name.substring(0, name.offsetByCodePoints(0, length));
    }
}
