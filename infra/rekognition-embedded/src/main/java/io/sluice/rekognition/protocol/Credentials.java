package io.sluice.rekognition.protocol;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, by the header Authorization of AWS Signature Version 4. No signature is checked, because this server knows no
 * secret. Two access key ids show how the real service answers wrong credentials: {@value #WRONG} is not recognized, and
 * what {@value #FORGED} signs does not match.
 *
 * @param region that the caller has signed for
 */
public record Credentials(String region) {
    /** The access key id that is never recognized. */
    public static final String WRONG = "wrong";

    /** The access key id whose signature never matches. */
    public static final String FORGED = "forged";

    private static final Pattern HEADER =
            Pattern.compile("AWS4-HMAC-SHA256 Credential=([^/,\\s]+)/\\d{8}/([^/,\\s]+)/([^/,\\s]+)/aws4_request,\\s*"
                    + "SignedHeaders=[^,\\s]+,\\s*Signature=\\p{XDigit}{64}");

    /**
     * Reads the header.
     *
     * @param acceptedKeyId the only access key id that is accepted; null to accept any but the two above
     */
    public static Credentials of(@Nullable String header, @Nullable String acceptedKeyId) {
        if (header == null) {
            throw ApiError.MISSING_AUTHENTICATION_TOKEN.rejection();
        }
        var parts = HEADER.matcher(header);
        if (!parts.matches()) {
            throw ApiError.INCOMPLETE_SIGNATURE.rejection();
        }
        var keyId = parts.group(1);
        if (keyId.equals(WRONG) || (acceptedKeyId != null && !keyId.equals(acceptedKeyId))) {
            throw ApiError.UNRECOGNIZED_CLIENT.rejection();
        }
        if (keyId.equals(FORGED)) {
            throw ApiError.INVALID_SIGNATURE.rejection();
        }
        if (!parts.group(3).equals("rekognition")) {
            throw ApiError.INVALID_SIGNATURE.rejection(
                    "Credential should be scoped to correct service: 'rekognition'.");
        }
        return new Credentials(parts.group(2));
    }
}
