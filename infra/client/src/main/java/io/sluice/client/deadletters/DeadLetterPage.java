package io.sluice.client.deadletters;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A part of a list of letters, the newest first.
 *
 * @param next where the list goes on: {@code before} of the next call; empty at the end of the list
 */
public record DeadLetterPage(List<DeadLetter> letters, String next) {
    public DeadLetterPage {
        letters = List.copyOf(letters);
    }

    static DeadLetterPage of(JsonNode body) {
        return new DeadLetterPage(
                body.path("letters").valueStream().map(DeadLetter::of).toList(),
                body.path("next").asText(""));
    }
}
