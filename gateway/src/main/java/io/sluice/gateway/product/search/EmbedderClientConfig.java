package io.sluice.gateway.product.search;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;

/**
 * The embedder, which turns queries into vectors, under {@code embedder}.
 *
 * @param url URL of the embedder's HTTP server
 * @param timeout how long one call of the embedder may take
 */
@ConfigurationProperties("embedder")
record EmbedderClientConfig(
        @Bindable(defaultValue = "http://127.0.0.1:8081") URI url,
        @Bindable(defaultValue = "10s") Duration timeout) {}
