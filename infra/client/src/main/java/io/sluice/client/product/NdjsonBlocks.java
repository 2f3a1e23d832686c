package io.sluice.client.product;

import java.io.ByteArrayOutputStream;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Joins lines into blocks of 16 KB, because the HTTP client makes a chunk of every block. */
final class NdjsonBlocks implements Iterator<byte[]> {
    private static final int BLOCK = 16 * 1024;

    private final Iterator<byte[]> lines;

    NdjsonBlocks(Iterator<byte[]> lines) {
        this.lines = lines;
    }

    @Override
    public boolean hasNext() {
        return lines.hasNext();
    }

    @Override
    public byte[] next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        var block = new ByteArrayOutputStream();
        while (lines.hasNext() && block.size() < BLOCK) {
            block.writeBytes(lines.next());
            block.write('\n');
        }
        return block.toByteArray();
    }
}
