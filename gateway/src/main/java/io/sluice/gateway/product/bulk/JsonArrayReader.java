package io.sluice.gateway.product.bulk;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the items of a body that is one JSON array. It separates them by brackets and quotes alone. So an item that is
 * not valid JSON does not affect the items after it, and at most the limit of an item's bytes is kept.
 */
final class JsonArrayReader implements ItemReader {
    private static final String TOO_SHORT = "the body ends before its array does";

    private final BodyBytes body;
    private long item;
    private boolean over;

    JsonArrayReader(BodyBytes body) {
        this.body = body;
    }

    @Override
    public @Nullable Item next() throws IOException {
        if (over) {
            return null;
        }
        item++;
        body.begin();
        body.skipSpace();
        var before = body.next();
        return item == 1 ? first(before) : following(before);
    }

    private @Nullable Item first(int before) throws IOException {
        if (before == '[') {
            body.skipSpace();
            return body.peek() == ']' ? following(body.next()) : value();
        }
        return broken(before == BodyBytes.END ? TOO_SHORT : "a JSON array begins with [");
    }

    private @Nullable Item following(int before) throws IOException {
        return switch (before) {
            case ']' -> end();
            case ',' -> value();
            case BodyBytes.END -> broken(TOO_SHORT);
            default -> broken("a comma or ] is missing before it");
        };
    }

    private @Nullable Item end() throws IOException {
        over = true;
        body.skipSpace();
        return body.peek() == BodyBytes.END ? null : broken("something follows the end of the array");
    }

    private Item value() throws IOException {
        body.skipSpace();
        var depth = 0;
        var inString = false;
        while (inString || depth > 0 || !endsScalar(body.peek())) {
            var b = body.next();
            if (b == BodyBytes.END) {
                return broken("the body ends within it");
            }
            body.keep(b);
            if (inString && b == '\\') {
                body.keep(body.next());
            } else if (b == '"') {
                inString = !inString;
            } else if (!inString) {
                depth += nesting(b);
            }
            if (depth < 0) {
                return broken("it has a bracket too many");
            }
        }
        return whole();
    }

    private static boolean endsScalar(int b) {
        return b == ',' || b == ']' || BodyBytes.isSpace(b);
    }

    private static int nesting(int b) {
        return switch (b) {
            case '{', '[' -> 1;
            case '}', ']' -> -1;
            default -> 0;
        };
    }

    private Item whole() {
        var tooLong = body.overflowed();
        var json = body.take();
        if (tooLong) {
            return new Item.TooLong(item);
        }
        return json.length == 0 ? broken("an item is missing") : new Item.Whole(item, json);
    }

    private Item broken(String reason) {
        over = true;
        return new Item.Broken(item, reason);
    }

    @Override
    public void close() {
        body.close();
    }
}
