package io.sluice.client.deadletters;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The letters of one dead-letter topic that have one failure code. A time is ISO 8601; a text that is not known is empty.
 *
 * @param topic the dead-letter topic, without the prefix of the deployment
 * @param pipeline the processor that gave the records up
 * @param code the failure code
 * @param counts how many letters have each state
 * @param oldest when the oldest of them failed
 * @param newest when the newest of them failed
 * @param lastHour how many failed within the last hour
 * @param sample one of the letters
 */
public record DeadLetterGroup(
        String topic,
        String pipeline,
        String code,
        Counts counts,
        String oldest,
        String newest,
        long lastHour,
        DeadLetter sample) {

    /** How many letters have each state. */
    public record Counts(long open, long redriven, long mended, long discarded, long expired) {
        /** {@return how many letters have the state with this name; 0 when there is no such state} */
        public long of(String state) {
            return switch (state) {
                case "open" -> open;
                case "redriven" -> redriven;
                case "mended" -> mended;
                case "discarded" -> discarded;
                case "expired" -> expired;
                default -> 0;
            };
        }

        private static Counts of(JsonNode body) {
            return new Counts(
                    body.path("open").asLong(),
                    body.path("redriven").asLong(),
                    body.path("mended").asLong(),
                    body.path("discarded").asLong(),
                    body.path("expired").asLong());
        }
    }

    static DeadLetterGroup of(JsonNode body) {
        return new DeadLetterGroup(
                body.path("topic").asText(),
                body.path("pipeline").asText(),
                body.path("code").asText(),
                Counts.of(body),
                body.path("oldest").asText(""),
                body.path("newest").asText(""),
                body.path("last_hour").asLong(),
                DeadLetter.of(body.path("sample")));
    }
}
