package io.sluice.stores.qdrant;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The connection to Qdrant.
 *
 * @param url URL of its gRPC port; {@code https} means TLS
 * @param apiKey not set for a server that needs none
 * @param timeout longest wait for the answer to one call
 */
@ConfigurationProperties("qdrant")
public record QdrantConfig(
        @Bindable(defaultValue = "http://127.0.0.1:6334") String url,
        @Nullable String apiKey,
        @Bindable(defaultValue = "10s") Duration timeout) {
    private static final Pattern URL = Pattern.compile("https?://([\\w.-]+|\\[[0-9a-fA-F:.]+])(:\\d{1,5})?/?");
    private static final int DEFAULT_PORT = 6334;

    public QdrantConfig {
        if (!URL.matcher(url).matches()) {
            throw new IllegalArgumentException(
                    "qdrant.url (QDRANT_URL) must be http://host:port or https://host:port, is '" + url + "'");
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("qdrant.timeout must be 1 ms or more, is " + timeout);
        }
    }

    /** {@return the defaults, for the server at this URL} */
    public static QdrantConfig of(String url) {
        return new QdrantConfig(url, null, Duration.ofSeconds(10));
    }

    boolean isTls() {
        return url.startsWith("https:");
    }

    String host() {
        return URI.create(url).getHost();
    }

    int port() {
        var port = URI.create(url).getPort();
        return port < 0 ? DEFAULT_PORT : port;
    }

    @Override
    public String toString() {
        return "QdrantConfig[" + url + "]";
    }
}
