package io.sluice.gateway.access.login;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The tokens of a user who has signed in.
 *
 * @param accessToken sent with each request as {@code Authorization: Bearer}
 * @param tokenType always {@code bearer}
 * @param expiresIn seconds for which the access token is valid
 * @param refreshToken gives the next two tokens, once, within 30 days
 */
@Schema(name = "Tokens")
record TokenAnswer(String accessToken, String tokenType, long expiresIn, String refreshToken) {
    @Override
    public String toString() {
        return "TokenAnswer[]";
    }
}
