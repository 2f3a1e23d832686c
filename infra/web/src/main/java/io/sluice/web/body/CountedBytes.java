package io.sluice.web.body;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** A stream that counts the bytes read from it. The watcher can stop the reading by throwing an exception. */
public final class CountedBytes extends FilterInputStream {
    private final LongConsumer watcher;
    private long count;

    /** @param watcher called after each read with the number of bytes read so far */
    public CountedBytes(InputStream bytes, LongConsumer watcher) {
        super(bytes);
        this.watcher = watcher;
    }

    @Override
    public int read() throws IOException {
        var one = super.read();
        add(one < 0 ? 0 : 1);
        return one;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        var read = super.read(into, offset, length);
        add(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long max) throws IOException {
        var skipped = super.skip(max);
        add(skipped);
        return skipped;
    }

    private void add(long more) {
        count += more;
        watcher.accept(count);
    }
}
