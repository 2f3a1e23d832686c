package io.sluice.embedder.model;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

/** Opens the files of models on the class path. */
final class ClassPath {
    private ClassPath() {}

    static InputStream open(String resource) throws IOException {
        return find(resource).openStream();
    }

    /** {@return the number of bytes of the file} */
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
