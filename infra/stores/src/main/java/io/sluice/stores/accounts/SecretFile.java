package io.sluice.stores.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that only their owner may read. */
public final class SecretFile {
    private SecretFile() {}

    /**
     * Writes the secret and a line end. The file is complete on disk, or as it was before. No other user of the machine
     * can read it at any moment.
     */
    public static void write(Path file, String secret) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        // a temporary file has mode 0600 from the beginning
        var draft = Files.createTempFile(folder, ".secret-", ".part");
        try {
            try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap((secret + "\n").getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
