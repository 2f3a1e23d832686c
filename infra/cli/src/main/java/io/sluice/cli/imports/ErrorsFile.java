package io.sluice.cli.imports;

import io.sluice.client.imports.RejectedRowsFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/** The file for the rejected rows of an import. */
final class ErrorsFile {
    private final Path path;

    /** A file at the path that the user named, which is overwritten. Its format is that of its name. */
    ErrorsFile(Path given) {
        this.path = given;
    }

    /** {@return a new file beside the imported one, in the format of the imported one} */
    static ErrorsFile beside(Path imported, boolean wasWorkbook) {
        var name = Objects.requireNonNull(imported.getFileName()).toString();
        var dot = name.lastIndexOf('.');
        var stem = (dot > 0 ? name.substring(0, dot) : name) + "-errors";
        var suffix = (wasWorkbook ? RejectedRowsFormat.XLSX : RejectedRowsFormat.CSV).suffix();
        var path = imported.resolveSibling(stem + suffix);
        for (var n = 2; Files.exists(path); n++) {
            path = imported.resolveSibling("%s-%d%s".formatted(stem, n, suffix));
        }
        return new ErrorsFile(path);
    }

    RejectedRowsFormat format() {
        return RejectedRowsFormat.of(path);
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
