package io.sluice.stores.vectors;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How Qdrant is reached.
 *
 * @param url of its gRPC port; {@code https} means TLS
 * @param apiKey absent for a server that asks for none
 * @param timeout longest wait for the answer to one call
 */
@ConfigurationProperties("qdrant")
public record QdrantConfig(
        @Bindable(defaultValue = "http://127.0.0.1:6334") URI url,
        @Nullable String apiKey,
        @Bindable(defaultValue = "10s") Duration timeout) {
    private static final int DEFAULT_PORT = 6334;

    public QdrantConfig {
        var scheme = String.valueOf(url.getScheme());
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw new IllegalArgumentException(
                    "qdrant.url (QDRANT_URL) must be http://host:port or https://host:port, is " + url);
        }
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("qdrant.timeout must be 1 ms or more, is " + timeout);
        }
    }

    /** {@return the defaults, for the server at this URL} */
    public static QdrantConfig of(String url) {
        return new QdrantConfig(URI.create(url), null, Duration.ofSeconds(10));
    }

    boolean isTls() {
        return url.getScheme().equals("https");
    }

    int port() {
        return url.getPort() < 0 ? DEFAULT_PORT : url.getPort();
    }

    @Override
    public String toString() {
        return "QdrantConfig[" + url + "]";
    }
}
