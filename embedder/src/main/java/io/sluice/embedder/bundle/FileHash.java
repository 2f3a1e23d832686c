package io.sluice.embedder.bundle;

import io.sluice.schemas.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Computes the SHA-256 of files that are too large to read into memory. */
final class FileHash {
    private static final int CHUNK = 1 << 20;

    private FileHash() {}

    /** {@return the hash of a file's bytes in hex; takes about half a second for both networks of ViT-B/32} */
    static String of(Path file) {
        var digest = Sha256.digest();
        try (var in = Files.newInputStream(file)) {
            var chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                digest.update(chunk, 0, read);
            }
        } catch (IOException e) {
            throw JsonFile.unreadable(file, e);
        }
        return Sha256.hex(digest.digest());
    }
}
