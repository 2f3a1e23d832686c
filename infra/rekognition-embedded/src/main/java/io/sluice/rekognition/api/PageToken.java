package io.sluice.rekognition.api;

import io.sluice.rekognition.protocol.ApiError;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Says after which entry the next page begins. Entries that were there all the time are on one page exactly. */
final class PageToken {
    /** The list of all collections. */
    static final String COLLECTIONS = "collections";

    private static final String SEPARATOR = "\n";

    private PageToken() {}

    /** {@return the list of the faces of a collection} */
    static String facesOf(String collectionId) {
        return "faces of " + collectionId;
    }

    /** {@return the token for the page after this entry of a list} */
    static String of(String list, String last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list.hashCode() + SEPARATOR + last).getBytes(StandardCharsets.UTF_8));
    }

    /** {@return the last entry of the page before; a token of another list is refused} */
    static String read(String list, String token) {
        var mark = list.hashCode() + SEPARATOR;
        return decoded(token)
                .filter(text -> text.startsWith(mark))
                .map(text -> text.substring(mark.length()))
                .orElseThrow(ApiError.INVALID_PAGINATION_TOKEN::rejection);
    }

    private static Optional<String> decoded(String token) {
        try {
            return Optional.of(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
