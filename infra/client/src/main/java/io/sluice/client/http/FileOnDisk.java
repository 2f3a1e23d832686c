package io.sluice.client.http;

import java.nio.file.Path;

/** A file that is read while it is sent. */
public record FileOnDisk(Path path, String mediaType) implements FilePart {
    @Override
    public String fileName() {
        return String.valueOf(path.getFileName());
    }
}
