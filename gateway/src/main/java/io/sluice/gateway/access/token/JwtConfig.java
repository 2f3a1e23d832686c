package io.sluice.gateway.access.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micronaut.context.annotation.ConfigurationProperties;
import org.jspecify.annotations.Nullable;

/**
 * The signature of access tokens, under {@code sluice.jwt}.
 *
 * @param secret signs access tokens; required, 32 bytes or more, the same at every gateway of a deployment. Another
 *     secret ends all access tokens; refresh tokens and API keys stay valid
 */
@ConfigurationProperties("sluice.jwt")
public record JwtConfig(@Nullable String secret) {
    /** HS256 needs a key as long as its hash (RFC 7518, 3.2). */
    private static final int MIN_BYTES = 32;

    public JwtConfig {
        if (secret == null || secret.getBytes(UTF_8).length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "sluice.jwt.secret (SLUICE_JWT_SECRET) must be a secret of %d bytes or more, %s: set it to the output of `openssl rand -base64 32`, the same at every gateway"
                            .formatted(MIN_BYTES, secret == null ? "is not set" : "is shorter"));
        }
    }

    @Override
    public String toString() {
        return "JwtConfig[]";
    }
}
