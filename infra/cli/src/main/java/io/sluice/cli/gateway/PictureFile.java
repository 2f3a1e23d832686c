package io.sluice.cli.gateway;

import io.sluice.cli.command.CommandFailedException;
import io.sluice.client.http.FilePart;
import java.io.IOException;
import java.nio.file.Path;

/** Finds the picture files that a command line names. The gateway checks their content. */
public final class PictureFile {
    private PictureFile() {}

    /** Returns the file at a path. The verb fails when it cannot be read. */
    public static FilePart at(Path file) {
        try {
            return FilePart.of(file);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s cannot be read (%s)".formatted(file, e.getClass().getSimpleName()));
        }
    }
}
