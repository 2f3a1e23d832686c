package io.sluice.client.deadletters;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A dead letter as the gateway describes it. A text that is not known is empty.
 *
 * @param id {@code partition-offset} in its topic
 * @param body the whole answer; {@code headers}, the value and {@code history} are there when one letter was asked for
 */
public record DeadLetter(String id, JsonNode body) {
    static DeadLetter of(JsonNode body) {
        return new DeadLetter(body.isTextual() ? body.asText() : body.path("id").asText(), body);
    }

    /** {@return the key of the record, shortened and with visible control characters; empty when it has none} */
    public String key() {
        return text("key");
    }

    /** {@return the failure code} */
    public String code() {
        return text("code");
    }

    /** {@return why the record failed, in words} */
    public String message() {
        return text("message");
    }

    /** {@return how often the record was tried} */
    public long attempts() {
        return body.path("attempts").asLong();
    }

    /** {@return when the record was given up, ISO 8601} */
    public String failedAt() {
        return text("failed_at");
    }

    /** {@return how often it was sent back} */
    public long redrives() {
        return body.path("redrives").asLong();
    }

    /** {@return {@code open}, {@code redriven}, {@code mended}, {@code discarded} or {@code expired}} */
    public String state() {
        return text("state");
    }

    /** {@return the job of the record} */
    public String jobId() {
        return text("job_id");
    }

    private String text(String member) {
        return body.path(member).asText("");
    }
}
