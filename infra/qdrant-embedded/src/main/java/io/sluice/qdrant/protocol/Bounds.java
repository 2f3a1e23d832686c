package io.sluice.qdrant.protocol;

import com.google.protobuf.Message;

/** The bounds of names and numbers that hold for every request. */
public final class Bounds {
    private static final int LONGEST_NAME = 255;

    private Bounds() {}

    /** Refuses a request whose collection name is not valid, or whose timeout is zero. */
    public static void require(Message request) {
        var fields = request.getDescriptorForType();
        var name = fields.findFieldByName("collection_name");
        if (name != null) {
            requireName("collection_name", (String) request.getField(name));
        }
        var timeout = fields.findFieldByName("timeout");
        if (timeout != null && request.hasField(timeout)) {
            requirePositive("timeout", (Long) request.getField(timeout));
        }
    }

    /** Refuses a text that is not a valid name of a collection or alias. */
    public static void requireName(String field, String name) {
        var length = name.codePointCount(0, name.length());
        if (length < 1 || length > LONGEST_NAME) {
            throw Rejection.invalidField(
                    field, "value \"%s\" invalid, must be from 1 to %d characters".formatted(name, LONGEST_NAME));
        }
        requireNone(field, name, "/\0");
    }

    /** Refuses a name with any of these characters. */
    public static void requireNone(String field, String name, String barred) {
        name.chars().filter(c -> barred.indexOf(c) >= 0).findFirst().ifPresent(c -> {
            throw Rejection.invalidField(
                    field, "collection name cannot contain \"%s\" char".formatted(Character.toString(c)));
        });
    }

    /** {@return an unsigned number of a request, or the largest int when it is larger} */
    public static int clamp(long unsigned) {
        return unsigned < 0 || unsigned > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) unsigned;
    }

    /** {@return the limit, or {@code ifAbsent} when the request has none; zero is refused} */
    public static int limit(String field, boolean present, long value, long ifAbsent) {
        if (present) {
            requirePositive(field, value);
        }
        return clamp(present ? value : ifAbsent);
    }

    /** Refuses zero. */
    public static void requirePositive(String field, long value) {
        if (value == 0) {
            throw Rejection.invalidField(field, "value 0 invalid, must be 1 or larger");
        }
    }
}
