package io.sluice.stores.vectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.qdrant.client.PointIdFactory;
import io.qdrant.client.grpc.Common.PointId;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Ids of points: UUIDv5 (RFC 9562, 5.5) of the product id, in a name space that is the UUIDv5 of the index's name. So
 * the same product is always the same point, whoever writes it.
 */
final class PointIds {
    /** Sluice's own name space; it must never change. */
    private static final UUID SLUICE = UUID.fromString("6b1f0c1e-52a5-5c0b-9d6b-5a1f3ad7c1f4");

    private static final int VERSION_5 = 0x50;
    private static final int VARIANT = 0x80;

    private PointIds() {}

    static PointId of(String index, String productId) {
        return PointIdFactory.id(uuid(index, productId));
    }

    static UUID uuid(String index, String productId) {
        return version5(version5(SLUICE, index), productId);
    }

    static UUID version5(UUID space, String name) {
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
