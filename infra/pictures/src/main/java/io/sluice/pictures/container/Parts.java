package io.sluice.pictures.container;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Parts of a file, and bytes of our own between them, in the order in which a decoder gets them. */
final class Parts {
    private final byte[] file;
    private final List<ByteBuffer> list = new ArrayList<>();
    private int end = -1;

    Parts(Bytes content) {
        this.file = content.array();
    }

    byte[] file() {
        return file;
    }

    List<ByteBuffer> list() {
        return List.copyOf(list);
    }

    /** Begins anew. */
    void clear() {
        list.clear();
        end = -1;
    }

    /** Adds bytes of the file, which must be there. Neighbors become one part. */
    Parts add(long from, long count) {
        if (end == from) {
            var last = list.getLast();
            last.limit(last.limit() + (int) count);
        } else {
            list.add(ByteBuffer.wrap(file, (int) from, (int) count));
        }
        end = (int) (from + count);
        return this;
    }

    /** Adds bytes that are not in the file. */
    Parts add(byte[] bytes) {
        list.add(ByteBuffer.wrap(bytes));
        end = -1;
        return this;
    }

    Parts addAll(Parts others) {
        list.addAll(others.list);
        end = -1;
        return this;
    }

    /** {@return how many bytes all parts have together} */
    int size() {
        return list.stream().mapToInt(ByteBuffer::remaining).sum();
    }

    /** {@return all parts as one file} */
    byte[] joined() {
        var joined = ByteBuffer.allocate(size());
        list.forEach(part -> joined.put(part.duplicate()));
        return joined.array();
    }
}
