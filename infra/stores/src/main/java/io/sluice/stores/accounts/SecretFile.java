package io.sluice.stores.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads and writes files that only their owner may read. */
public final class SecretFile {
    private static final Logger log = LoggerFactory.getLogger(SecretFile.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private SecretFile() {}

    /**
     * Reads the secret. If other users could read or change the file, they cannot from now on.
     *
     * @throws IOException when the file cannot be read; when there is none, a {@link java.nio.file.NoSuchFileException}
     */
    public static String read(Path file) throws IOException {
        if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(file))) {
            narrow(file);
        }
        return Files.readString(file).strip();
    }

    private static void narrow(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, OWNER_ONLY);
            log.atWarn().addKeyValue("file", file).log("Other users could use a secret file; now only its owner can");
        } catch (FileSystemException e) {
            log.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("reason", e.getReason())
                    .log("Other users can use a secret file, and its permissions cannot be changed");
        }
    }

    /**
     * Writes the secret and a line end. The file is complete on disk, or as it was before. No other user of the machine
     * can read it at any moment.
     */
    public static void write(Path file, String secret) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder, FOLDER);
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
