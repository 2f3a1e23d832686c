package io.sluice.stores.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.schemas.wire.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Makes secrets that cannot be guessed, and their hashes. SHA-256 is enough for 256 random bits; a slow hash is for
 * passwords, which people choose.
 */
public final class Secrets {
    /** The characters of a secret: 256 bits in base64url. */
    public static final int LENGTH = 43;

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** {@return a new secret} */
    public static String next() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** {@return what is stored of a secret} */
    public static byte[] hash(String secret) {
        return Sha256.digest().digest(secret.getBytes(UTF_8));
    }
}
