package io.sluice.cli.gateway;

import io.sluice.cli.command.CommandFailedException;
import io.sluice.client.http.FilePart;
import java.io.IOException;
import java.nio.file.Path;

/** Picture files, as they are: whether one is a picture is for the gateway to say. */
public final class PictureFile {
    private PictureFile() {}

    /** {@return the file} A file that cannot be read ends the verb. */
    public static FilePart at(Path file) {
        try {
            return FilePart.of(file);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s cannot be read (%s)".formatted(file, e.getClass().getSimpleName()));
        }
    }
}
