package io.sluice.rekognition.face;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * The ids of the faces of one picture in one collection. They are UUIDs of version 5, so the same picture has the same ids
 * in it whenever it is indexed. With another external image id it counts as another picture, as in the real service.
 */
public final class FaceIds {
    private static final UUID NAMESPACE = UUID.fromString("9d1f7f0e-0d0c-5b1a-8f6e-5a3c5b6f5e11");

    private final String picture;

    public FaceIds(String collectionId, byte[] picture, Optional<String> externalImageId) {
        this.picture = String.join("\n", collectionId, hash("SHA-256", picture), externalImageId.orElse(""));
    }

    /** {@return the id of the picture} */
    public String imageId() {
        return uuid("image\n" + picture);
    }

    /** {@return the id of the face in this box} */
    public String faceId(Box box) {
        return uuid("face\n" + picture + '\n' + box.words());
    }

    private static String uuid(String name) {
        var bytes = name.getBytes(StandardCharsets.UTF_8);
        var named = ByteBuffer.allocate(2 * Long.BYTES + bytes.length)
                .putLong(NAMESPACE.getMostSignificantBits())
                .putLong(NAMESPACE.getLeastSignificantBits())
                .put(bytes);
        var hash = ByteBuffer.wrap(digest("SHA-1", named.array()));
        var high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x5000L;
        var low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }

    static String hash(String algorithm, byte[] content) {
        return HexFormat.of().formatHex(digest(algorithm, content));
    }

    private static byte[] digest(String algorithm, byte[] content) {
        try {
            return MessageDigest.getInstance(algorithm).digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
