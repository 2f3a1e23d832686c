package io.sluice.gateway.limits;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts how often one caller uses what a limit is for. */
public record Counter(RateLimit limit, String who) {
    /**
     * Returns the name of its bucket. It has a fixed length and shows neither a name nor an address. It contains the
     * largest number, so a changed limit begins with new buckets.
     */
    String bucket() {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(who.getBytes(StandardCharsets.UTF_8));
            return limit.name() + ":" + limit.perMinute() + ":" + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
