package io.sluice.web.value;

import io.sluice.schemas.wire.Sha256;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The name of one state of an answer (RFC 9110, section 8.8.3). The name of an answer in JSON is a weak one, because the
 * same state may be sent compressed or not.
 *
 * @param text as in the header {@code ETag}
 */
public record EntityTag(String text) {
    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]*\")");
    private static final int BYTES = 16;

    /** {@return the name of an answer with this content} */
    public static EntityTag of(byte[] content) {
        var hash = Arrays.copyOf(Sha256.digest().digest(content), BYTES);
        return new EntityTag(
                "W/\"%s\"".formatted(Base64.getUrlEncoder().withoutPadding().encodeToString(hash)));
    }

    /** {@return the name of a file that is always sent as it is: a strong one} */
    public static EntityTag ofFile(String sha256) {
        return new EntityTag('"' + sha256 + '"');
    }

    /**
     * {@return whether a caller has this state already}
     *
     * @param ifNoneMatch the values of the header {@code If-None-Match}, each with one or several tags, or {@code *}
     */
    public boolean isIn(List<String> ifNoneMatch) {
        var own = opaque(text);
        return ifNoneMatch.stream()
                .anyMatch(value -> value.strip().equals("*")
                        || TAG.matcher(value)
                                .results()
                                .anyMatch(tag -> tag.group(1).equals(own)));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
