package io.sluice.gateway.product.search;

import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.net.URI;
import java.time.Duration;

/**
 * Where queries are turned into vectors, under {@code embedder}.
 *
 * @param url the embedder's HTTP server
 * @param timeout how long one query may take there
 */
@ConfigurationProperties("embedder")
record EmbedderConfig(
        @Bindable(defaultValue = "http://127.0.0.1:8081") URI url,
        @Bindable(defaultValue = "10s") Duration timeout) {}
