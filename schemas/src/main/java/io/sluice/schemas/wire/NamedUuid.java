package io.sluice.schemas.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Makes ids from names, so that the same thing has the same id, whichever process makes it: UUIDv5 (RFC 9562, 5.5). */
public final class NamedUuid {
    /** The namespace of Sluice; it must never change. */
    public static final UUID SLUICE = UUID.fromString("6b1f0c1e-52a5-5c0b-9d6b-5a1f3ad7c1f4");

    private static final int VERSION_5 = 0x50;
    private static final int VARIANT = 0x80;

    private NamedUuid() {}

    /** {@return the UUIDv5 of the name in the namespace} */
    public static UUID of(UUID space, String name) {
        var spaceBytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(space.getMostSignificantBits())
                .putLong(space.getLeastSignificantBits())
                .array();
        var digest = sha1();
        digest.update(spaceBytes);
        var hash = digest.digest(name.getBytes(UTF_8));
        hash[6] = (byte) ((hash[6] & 0x0f) | VERSION_5);
        hash[8] = (byte) ((hash[8] & 0x3f) | VARIANT);
        var bits = ByteBuffer.wrap(hash);
        return new UUID(bits.getLong(), bits.getLong());
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
