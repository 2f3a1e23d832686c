package io.sluice.client.http;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A file to send in a form. */
public sealed interface FilePart permits FileInMemory, FileOnDisk {
    /** The media type of any file. */
    String ANY = "application/octet-stream";

    /** {@return its name, without a folder} */
    String fileName();

    /** {@return its media type; the gateway checks the content itself} */
    String mediaType();

    /**
     * Returns the file at a path. Its media type comes from its name. A regular file is read while it is sent; anything
     * else, such as a pipe, is read now.
     *
     * @throws IOException when there is no such file, or it cannot be read
     */
    static FilePart of(Path path) throws IOException {
        var mediaType = Objects.requireNonNullElse(Files.probeContentType(path), ANY);
        if (!Files.isReadable(path)) {
            throw new FileNotFoundException(path.toString());
        }
        return Files.isRegularFile(path)
                ? new FileOnDisk(path, mediaType)
                : new FileInMemory(String.valueOf(path.getFileName()), mediaType, Files.readAllBytes(path));
    }
}
