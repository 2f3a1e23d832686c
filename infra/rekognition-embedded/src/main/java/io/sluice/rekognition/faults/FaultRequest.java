package io.sluice.rekognition.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sluice.rekognition.protocol.ApiError;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The JSON with which a test sets faults. Every member may be left out; {@code {}} ends all faults. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record FaultRequest(
        @Nullable Double tps,
        @Nullable Long latencyMs,
        @Nullable String error,
        @Nullable Double share) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /**
     * Reads the JSON.
     *
     * @throws IllegalArgumentException when it is not valid; the message says why
     */
    public static Faults read(InputStream body) throws IOException {
        try {
            return JSON.readValue(body, FaultRequest.class).faults();
        } catch (JsonProcessingException notJson) {
            throw new IllegalArgumentException(notJson.getOriginalMessage(), notJson);
        }
    }

    private Faults faults() {
        if (share != null && error == null) {
            throw new IllegalArgumentException("share needs an error");
        }
        return new Faults(
                tps == null ? OptionalDouble.empty() : OptionalDouble.of(tps),
                Duration.ofMillis(latencyMs == null ? 0 : latencyMs),
                Optional.ofNullable(error).map(FaultRequest::known),
                share == null ? 1 : share);
    }

    private static ApiError known(String name) {
        return ApiError.named(name)
                .orElseThrow(() -> new IllegalArgumentException(name + " is not an error of Rekognition"));
    }
}
