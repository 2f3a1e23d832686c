package io.sluice.journal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The file format of the journal: a header, then frames. A frame is {@code [mark][length][crc32c of the body][body]}.
 * The body holds entries of {@code [length][bytes]}. Numbers are big-endian and have 32 bits. One disk flush writes one
 * frame.
 */
final class Frame {
    private static final int MARK = 0xF1A4_E5ED;
    private static final int PREFIX = 3 * Integer.BYTES;
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private Frame() {}

    static ByteBuffer of(List<byte[]> entries) {
        var length =
                entries.stream().mapToInt(entry -> Integer.BYTES + entry.length).reduce(0, Math::addExact);
        var frame = ByteBuffer.allocate(Math.addExact(PREFIX, length))
                .putInt(MARK)
                .putInt(length)
                .putInt(0);
        entries.forEach(entry -> frame.putInt(entry.length).put(entry));
        return frame.flip().putInt(2 * Integer.BYTES, crc(MemorySegment.ofBuffer(frame.slice(PREFIX, length))));
    }

    /** {@return the end of the undamaged frame that begins at this position; empty when none begins there} */
    static OptionalLong end(MemorySegment file, long position) {
        if (file.byteSize() - position < PREFIX || file.get(INT, position) != MARK) {
            return OptionalLong.empty();
        }
        long length = file.get(INT, position + Integer.BYTES);
        var body = position + PREFIX;
        if (length < 0 || length > file.byteSize() - body) {
            return OptionalLong.empty();
        }
        var sound = file.get(INT, position + 2L * Integer.BYTES) == crc(file.asSlice(body, length));
        return sound ? OptionalLong.of(body + length) : OptionalLong.empty();
    }

    /** Passes the entries of an undamaged frame to the reader. */
    static void read(MemorySegment file, long position, long end, Consumer<byte[]> reader) {
        var next = position + PREFIX;
        while (next < end) {
            var length = file.get(INT, next);
            reader.accept(file.asSlice(next + Integer.BYTES, length).toArray(ValueLayout.JAVA_BYTE));
            next += Integer.BYTES + length;
        }
    }

    private static int crc(MemorySegment body) {
        var crc = new CRC32C();
        crc.update(body.asByteBuffer());
        return (int) crc.getValue();
    }
}
