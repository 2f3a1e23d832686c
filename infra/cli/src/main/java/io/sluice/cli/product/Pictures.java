package io.sluice.cli.product;

import io.sluice.cli.CommandFailedException;
import io.sluice.client.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Picture files, as they are: whether one is a picture is for the gateway to say. */
final class Pictures {
    private Pictures() {}

    static Picture read(Path file) {
        try {
            var type = Objects.requireNonNullElse(Files.probeContentType(file), "application/octet-stream");
            var name = Objects.requireNonNull(file.getFileName(), "a file has a name")
                    .toString();
            return new Picture(name, type, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new CommandFailedException(
                    "%s cannot be read (%s)".formatted(file, e.getClass().getSimpleName()));
        }
    }
}
