package io.sluice.embedder.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

/** Files that come with a model's jar. */
final class ClassPath {
    private ClassPath() {}

    static InputStream open(String resource) throws IOException {
        return find(resource).openStream();
    }

    /** {@return how many bytes {@link #open} will give} */
    static long size(String resource) throws IOException {
        return find(resource).openConnection().getContentLengthLong();
    }

    private static URL find(String resource) throws IOException {
        var url = ClassPath.class.getResource(resource);
        if (url == null) {
            throw new FileNotFoundException("not on the class path: " + resource);
        }
        return url;
    }
}
