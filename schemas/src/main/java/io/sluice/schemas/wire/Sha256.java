package io.sluice.schemas.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 hashes in the form that events, jobs and references to objects have: 64 lower-case hex digits. */
public final class Sha256 {
    private static final Pattern WRITTEN = Pattern.compile("[0-9a-f]{64}");

    private Sha256() {}

    /** {@return the hash of these bytes} */
    public static String of(byte[] bytes) {
        return hex(digest().digest(bytes));
    }

    /** {@return a digest for content that comes in pieces; {@link #hex} writes its hash} */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** {@return the hash in hex digits} */
    public static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }

    /** {@return whether the text is a hash in this form} */
    public static boolean isOne(String text) {
        return WRITTEN.matcher(text).matches();
    }
}
