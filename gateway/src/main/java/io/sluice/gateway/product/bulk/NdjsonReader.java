package io.sluice.gateway.product.bulk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the items of a body with one JSON value on each line. Blank lines count as lines, but are not items. */
final class NdjsonReader implements ItemReader {
    private final BodyBytes body;
    private long line;

    NdjsonReader(BodyBytes body) {
        this.body = body;
    }

    @Override
    public @Nullable Item next() throws IOException {
        body.begin();
        while (body.peek() != BodyBytes.END) {
            line++;
            if (readLine()) {
                return body.overflowed() ? tooLong() : new Item.Whole(line, body.take());
            }
        }
        return null;
    }

    /** {@return whether the line is not blank} */
    private boolean readLine() throws IOException {
        var blank = true;
        for (int b = body.next(); b != '\n' && b != BodyBytes.END; b = body.next()) {
            blank = blank && BodyBytes.isSpace(b);
            if (!blank) {
                body.keep(b);
            }
        }
        return !blank;
    }

    private Item tooLong() {
        var _ = body.take();
        return new Item.TooLong(line);
    }

    @Override
    public void close() {
        body.close();
    }
}
