package io.sluice.gateway.idempotency;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What was sent with a call, in short: the fields as they were read and the files' bytes, so that neither the boundary of a
 * multipart form nor its encoding matters.
 *
 * @param sha256 in lower-case hex
 */
public record Fingerprint(String sha256) {

    /** {@return the fingerprint of these parts, in this order} */
    public static Fingerprint of(byte[]... parts) {
        var digest = newDigest();
        for (var part : parts) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            digest.update(part);
        }
        return new Fingerprint(HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
