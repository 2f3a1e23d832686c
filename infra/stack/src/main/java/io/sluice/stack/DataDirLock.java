package io.sluice.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock on a data folder, so that only one stack uses it at a time. The operating system releases the lock when the
 * process ends, even after a kill.
 */
final class DataDirLock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DataDirLock.class);

    private final FileChannel channel;

    private DataDirLock(FileChannel channel) {
        this.channel = channel;
    }

    static DataDirLock acquire(Path dataDir) {
        try {
            DataFolder.make(dataDir)
                    .ifPresent(notice ->
                            log.atWarn().addKeyValue("folder", dataDir).log(notice));
            var file = dataDir.resolve(DataFolder.LOCK);
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                var owner = Files.readString(file, UTF_8).strip();
                channel.close();
                throw new StackException(
                        "The data folder %s is in use by another Sluice (process %s): stop that one, or set SLUICE_DATA_DIR to another folder"
                                .formatted(dataDir, owner));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)), 0);
            return new DataDirLock(channel);
        } catch (IOException e) {
            throw new StackException(
                    "The data folder %s cannot be written (%s): set SLUICE_DATA_DIR to a folder that you may write to"
                            .formatted(dataDir, e),
                    e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
