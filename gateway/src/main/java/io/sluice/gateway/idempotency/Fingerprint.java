package io.sluice.gateway.idempotency;

import io.sluice.schemas.wire.Sha256;
import java.nio.ByteBuffer;

/**
 * What was sent with a call, in short: the fields as they were read and the files' bytes, so that neither the boundary of a
 * multipart form nor its encoding matters.
 *
 * @param sha256 in lower-case hex
 */
public record Fingerprint(String sha256) {

    /** {@return the fingerprint of these parts, in this order} */
    public static Fingerprint of(byte[]... parts) {
        var digest = Sha256.digest();
        for (var part : parts) {
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            digest.update(part);
        }
        return new Fingerprint(Sha256.hex(digest.digest()));
    }
}
