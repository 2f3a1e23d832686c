package io.sluice.cli.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.cli.command.CommandFailedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps a second watcher away. The lock ends with its process, however that ends. */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock. The verb fails when another watcher has it. */
    static FolderLock take(Path file) throws IOException {
        var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (isTaken(channel)) {
                channel.truncate(0);
                channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)), 0);
                return new FolderLock(channel);
            }
            var owner = ByteBuffer.allocate(20);
            channel.read(owner, 0);
            throw new CommandFailedException(
                    "another watcher%s works on this folder: end that one first (its lock is %s)"
                            .formatted(process(new String(owner.array(), 0, owner.position(), UTF_8)), file));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String process(String owner) {
        return owner.matches("[0-9]+\n") ? ", process " + owner.strip() + "," : "";
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by another watcher of this process
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
