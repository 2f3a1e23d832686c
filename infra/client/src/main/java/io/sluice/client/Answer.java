package io.sluice.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.sluice.schemas.job.JobStatus;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a call was answered.
 *
 * @param status HTTP status
 * @param body the JSON body; a missing node when there was none
 * @param retryAfter how long to wait before the next try; zero when the gateway does not say
 */
public record Answer(int status, JsonNode body, Duration retryAfter) {
    /** {@return whether the status is 2xx} */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** {@return whether it tells of a job, or an import, that is not over} */
    public boolean isOpen() {
        return Stream.of(JobStatus.values())
                .filter(status -> !status.isTerminal())
                .anyMatch(status -> status.wireName().equals(text("status")));
    }

    /** {@return one line for a person: the problem's detail and the fields it names} */
    public String problem() {
        var line = new StringBuilder("HTTP " + status);
        var fields = body.path("errors");
        // the detail of a problem that names its fields is those fields again
        for (var member : fields.isEmpty() ? List.of("code", "title", "detail") : List.of("code", "title")) {
            if (body.hasNonNull(member)) {
                line.append(", ").append(body.get(member).asText());
            }
        }
        fields.forEach(error -> line.append("; ")
                .append(error.path("field").asText())
                .append(' ')
                .append(error.path("message").asText()));
        return line.toString();
    }

    /** {@return the text of a member, empty when it is missing} */
    public String text(String member) {
        return body.path(member).asText("");
    }
}
