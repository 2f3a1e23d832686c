package io.sluice.gateway.photo.file;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The bytes of a file that a caller asks for, by the header {@code Range} (RFC 9110, section 14). */
public sealed interface ByteRange {
    Pattern FORM = Pattern.compile("(?i)bytes\\s*=\\s*(\\d{0,18})\\s*-\\s*(\\d{0,18})\\s*");

    /** All of it. */
    record Whole() implements ByteRange {}

    /**
     * A part.
     *
     * @param first position of the first byte, from 0
     * @param last position of the last byte
     */
    record Part(long first, long last) implements ByteRange {
        /** {@return number of bytes} */
        public long length() {
            return last + 1 - first;
        }

        /** {@return the header {@code Content-Range}} */
        String header(long size) {
            return "bytes " + first + "-" + last + "/" + size;
        }
    }

    /** A part that the file does not have. */
    record Outside() implements ByteRange {
        /** {@return the header {@code Content-Range}} */
        String header(long size) {
            return "bytes */" + size;
        }
    }

    /**
     * Returns what a header asks for. Without a header it is the whole file; also when the header is not a single range
     * of bytes, as the RFC permits.
     */
    static ByteRange of(@Nullable String header, long size) {
        var form = FORM.matcher(header == null ? "" : header);
        if (!form.matches()) {
            return new Whole();
        }
        var first = form.group(1);
        var last = form.group(2);
        if (first.isEmpty()) {
            return last.isEmpty() ? new Whole() : ofLast(Long.parseLong(last), size);
        }
        var begin = Long.parseLong(first);
        var end = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last);
        if (end < begin) {
            return new Whole();
        }
        return begin < size ? new Part(begin, Math.min(end, size - 1)) : new Outside();
    }

    private static ByteRange ofLast(long count, long size) {
        return count == 0 || size == 0 ? new Outside() : new Part(Math.max(0, size - count), size - 1);
    }
}
