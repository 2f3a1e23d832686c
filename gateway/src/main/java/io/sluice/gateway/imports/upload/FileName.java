package io.sluice.gateway.imports.upload;

/** Cleans the name of an uploaded file, to show it to people. */
final class FileName {
    private static final String NAMELESS = "file";
    private static final int MAX = 255;

    private FileName() {}

    /**
     * {@return the name without folders and control characters, at most 255 characters; {@code file} when it is empty}
     */
    static String of(String sent) {
        var name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1)
                .replaceAll("[\\p{Cntrl}\\p{Cs}]", "")
                .strip();
        var length = Math.min(MAX, name.codePointCount(0, name.length()));
        return name.isEmpty() ? NAMELESS : name.substring(0, name.offsetByCodePoints(0, length));
    }
}
