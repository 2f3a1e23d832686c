package io.sluice.cli.imports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The file for the rejected rows of an import. */
final class ErrorsFile {
    private final Path path;

    /**
     * Chooses the path: a new file beside the imported one, unless the user names another.
     *
     * @param imported the file that was imported
     * @param given the path that the user named, which is overwritten; null when there is none
     */
    ErrorsFile(Path imported, @Nullable Path given) {
        this.path = given == null ? free(imported) : given;
    }

    private static Path free(Path imported) {
        var name = Objects.requireNonNull(imported.getFileName()).toString();
        var dot = name.lastIndexOf('.');
        var stem = (dot > 0 ? name.substring(0, dot) : name) + "-errors";
        var path = imported.resolveSibling(stem + ".csv");
        for (var n = 2; Files.exists(path); n++) {
            path = imported.resolveSibling("%s-%d.csv".formatted(stem, n));
        }
        return path;
    }

    Path path() {
        return path;
    }

    /** Writes the rejected rows into a file. */
    interface Writer {
        void writeTo(Path file) throws IOException;
    }

    /** Writes the file as a whole, or not at all. Returns whether it replaced another file. */
    boolean write(Writer writer) throws IOException {
        var absolute = path.toAbsolutePath();
        var part = Files.createTempFile(absolute.getParent(), ".sluice-", ".part");
        try {
            writer.writeTo(part);
            var wasThere = Files.exists(absolute);
            Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
            return wasThere;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
