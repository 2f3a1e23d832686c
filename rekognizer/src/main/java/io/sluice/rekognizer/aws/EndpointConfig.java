package io.sluice.rekognizer.aws;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Rekognition is.
 *
 * @param endpoint URL of a stand-in for Rekognition; if not set, AWS
 */
@ConfigurationProperties("rekognition")
record EndpointConfig(@Nullable String endpoint) {
    private static final Pattern URL = Pattern.compile("https?://[^\\s/?#]+/?");

    EndpointConfig {
        if (endpoint != null && !URL.matcher(endpoint).matches()) {
            throw new IllegalArgumentException(
                    "rekognition.endpoint must be http://host:port or https://host:port, is '" + endpoint + "'");
        }
    }
}
