package io.sluice.gateway.idempotency;

import io.sluice.schemas.wire.Sha256;
import java.nio.ByteBuffer;

/**
 * A hash of the content of a call: the parsed fields and the bytes of the files. The format of the body, such as the
 * boundary of a multipart form, does not change the hash.
 *
 * @param sha256 the hash in lower-case hex
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
