package io.sluice.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/** Reads a journal to its end. Accepts an incomplete last frame and refuses a damaged one before the end. */
final class JournalReader {
    private JournalReader() {}

    /** {@return the length of the undamaged part, which is the whole file unless its last frame is incomplete} */
    static long read(Path file, Owner owner, Consumer<byte[]> reader) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ);
                var arena = Arena.ofConfined()) {
            var bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            if (!owner.wrote(bytes)) {
                throw new IOException(file + " is not a journal of this server's format");
            }
            long position = Owner.HEADER_LENGTH;
            for (var end = Frame.end(bytes, position); end.isPresent(); end = Frame.end(bytes, position)) {
                Frame.read(bytes, position, end.getAsLong(), reader);
                position = end.getAsLong();
            }
            requireNothingSoundAfter(position, bytes, file);
            return position;
        }
    }

    private static void requireNothingSoundAfter(long damage, MemorySegment bytes, Path file) throws IOException {
        for (var position = damage + 1; position < bytes.byteSize(); position++) {
            if (Frame.end(bytes, position).isPresent()) {
                throw new IOException(
                        ("%s is corrupt: the record at byte %d is damaged, yet undamaged ones follow from byte %d"
                                        + " on, so this is not an interrupted write. Restore a backup, or move the file away to"
                                        + " start empty and fill the server again from its source")
                                .formatted(file, damage, position));
            }
        }
    }
}
