package io.sluice.client.photo;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.client.http.UnexpectedAnswerException;
import java.util.Arrays;
import java.util.Locale;

/** How far a photo is. */
public enum PhotoStatus {
    /** The gateway has accepted it. */
    QUEUED,
    /** Its preview and its thumbnail are made. */
    PREPARED,
    /** Its faces have been looked for too. */
    RECOGNIZED,
    /** It could not be prepared. Its job says why. */
    FAILED;

    /** {@return the word for it in JSON} */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether its preview and its thumbnail are made} */
    public boolean isPrepared() {
        return this == PREPARED || this == RECOGNIZED;
    }

    static PhotoStatus of(JsonNode photo) {
        var word = photo.path("status").asText();
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(word))
                .findFirst()
                .orElseThrow(() -> new UnexpectedAnswerException("a photo", photo));
    }
}
