package io.sluice.rekognition.protocol;

import java.util.regex.Pattern;

/** What the protocol allows as a text: its length in characters and its pattern. */
enum TextRule {
    COLLECTION_ID(1, 255, "[a-zA-Z0-9_.\\-]+"),
    EXTERNAL_IMAGE_ID(1, 255, "[a-zA-Z0-9_.\\-:]+"),
    FACE_ID(36, 36, "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"),
    BUCKET(3, 255, "[0-9A-Za-z\\.\\-_]*"),
    OBJECT_NAME(1, 1024, ".+"),
    PAGINATION_TOKEN(0, 255, ".*");

    private static final int MOST_SHOWN = 300;

    private final int min;
    private final int max;
    private final Pattern pattern;

    TextRule(int min, int max, String pattern) {
        this.min = min;
        this.max = max;
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    /** Refuses a text that the protocol does not allow. */
    String check(String path, String text) {
        if (text.length() < min) {
            throw violation(path, text, "Member must have length greater than or equal to " + min);
        }
        if (text.length() > max) {
            throw violation(path, text, "Member must have length less than or equal to " + max);
        }
        if (!pattern.matcher(text).matches()) {
            throw violation(path, text, "Member must satisfy regular expression pattern: " + pattern);
        }
        return text;
    }

    /** {@return the refusal of a value, worded as AWS does} */
    static Rejection violation(String path, Object value, String constraint) {
        var shown = String.valueOf(value);
        return ApiError.INVALID_PARAMETER.rejection(
                "1 validation error detected: Value '%s' at '%s' failed to satisfy constraint: %s"
                        .formatted(shown.substring(0, Math.min(MOST_SHOWN, shown.length())), path, constraint));
    }
}
