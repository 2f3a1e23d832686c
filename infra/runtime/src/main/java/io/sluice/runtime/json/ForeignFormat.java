package io.sluice.runtime.json;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Recognizes a value in another format than JSON by its first bytes, to tell its writer which one it is. It is asked
 * only about values that cannot be read, and knows only formats whose first bytes begin no JSON in UTF-8.
 */
final class ForeignFormat {
    private static final int SCHEMA_ID = 5;

    private ForeignFormat() {}

    /** {@return what the value is instead of JSON in UTF-8; empty when its first bytes do not say it} */
    static Optional<String> of(byte[] value) {
        if (begins(value, 0xFF, 0xFE) || begins(value, 0xFE, 0xFF) || isUtf16(value)) {
            return Optional.of("the value is text in UTF-16 or UTF-32; send JSON in UTF-8");
        }
        if (begins(value, 0x1F, 0x8B)) {
            return Optional.of("the value is gzip; let the producer compress (compression.type), and send plain JSON");
        }
        if (begins(value, 0x28, 0xB5, 0x2F, 0xFD)) {
            return Optional.of("the value is zstd; let the producer compress (compression.type), and send plain JSON");
        }
        if (begins(value, 'O', 'b', 'j', 1)) {
            return Optional.of("the value is an Avro file; send JSON");
        }
        if (begins(value, 0xC3, 0x01)) {
            return Optional.of("the value is Avro (single-object encoding); send JSON");
        }
        return value.length >= SCHEMA_ID && value[0] == 0 ? Optional.of(framed(value)) : Optional.empty();
    }

    /** A schema registry's serializer writes a zero, the id of the schema in four bytes, and then the value. */
    private static String framed(byte[] value) {
        var id = ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
        var isJson = value.length > SCHEMA_ID && value[SCHEMA_ID] == '{';
        return "the value begins with a schema registry's magic byte and schema id " + Integer.toUnsignedString(id)
                + (isJson ? "; send the JSON without these five bytes" : ", so it is Avro or Protobuf; send JSON");
    }

    /** JSON begins with an ASCII character, which in UTF-16 has a zero on one side. */
    private static boolean isUtf16(byte[] value) {
        return value.length >= 4
                && ((value[0] == 0 && value[1] == '{' && value[2] == 0)
                        || (value[0] == '{' && value[1] == 0)
                        || (value[0] == 0 && value[1] == 0 && value[2] == 0 && value[3] == '{'));
    }

    private static boolean begins(byte[] value, int... first) {
        if (value.length < first.length) {
            return false;
        }
        for (int i = 0; i < first.length; i++) {
            if ((value[i] & 0xFF) != first[i]) {
                return false;
            }
        }
        return true;
    }
}
