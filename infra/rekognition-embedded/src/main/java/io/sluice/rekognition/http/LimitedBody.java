package io.sluice.rekognition.http;

import io.sluice.rekognition.protocol.ApiError;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The body of a request. A longer one than this server takes is refused while it is read. */
final class LimitedBody extends FilterInputStream {
    private long left;

    LimitedBody(InputStream body, long most) {
        super(body);
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        var next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var read = super.read(buffer, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int read) {
        left -= read;
        if (left < 0) {
            throw ApiError.IMAGE_TOO_LARGE.rejection();
        }
    }

    /** Leaves the rest to the handler, which reads it so that the connection can be used again. */
    @Override
    public void close() {}
}
