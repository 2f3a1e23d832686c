package io.sluice.embedder.bundle;

import io.sluice.schemas.wire.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** SHA-256 of files that are larger than should be held. */
final class FileHash {
    private static final int CHUNK = 1 << 20;

    private FileHash() {}

    /** {@return the hash of a file's bytes; some half a second for ViT-B/32's two networks} */
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
