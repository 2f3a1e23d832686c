package io.sluice.gateway.product.search;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.sluice.gateway.image.ImageGuard;
import io.sluice.gateway.product.image.ImageField;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.embed.EmbedRequest;
import io.sluice.schemas.embed.EmbedResponse;
import io.sluice.schemas.embed.ModelInfo;
import io.sluice.web.problem.ProblemException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Calls the embedder over HTTP. Each call blocks. */
@Singleton
final class EmbedderClient implements AutoCloseable {
    private static final int OK = 200;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final HttpClient http;
    private final URI url;
    private final Duration timeout;
    private final ObjectMapper mapper;

    EmbedderClient(EmbedderClientConfig config, JsonCodec codec) {
        this.url = config.url();
        this.timeout = config.timeout();
        this.mapper = codec.mapper();
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /** {@return one vector for each text and image of the request} */
    EmbedResponse embed(EmbedRequest request) {
        return call(to("/embed").POST(BodyPublishers.ofByteArray(json(request))), EmbedResponse.class);
    }

    /** {@return the model that the embedder uses} */
    ModelInfo model() {
        return call(to("/model").GET(), ModelInfo.class);
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(url.resolve(path))
                .timeout(timeout)
                .header("Content-Type", MediaType.APPLICATION_JSON)
                .header("Accept", MediaType.APPLICATION_JSON);
    }

    private <T> T call(HttpRequest.Builder request, Class<T> type) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() != OK) {
                throw refused(response.statusCode(), response.body());
            }
            return mapper.readValue(response.body(), type);
        } catch (IOException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    /**
     * The gateway has checked the query before. So the embedder refuses only a picture that it cannot decode, and its
     * answer has the reason.
     */
    private ProblemException refused(int status, byte[] body) throws IOException {
        if (status < CLIENT_ERROR || status >= SERVER_ERROR) {
            return unavailable(new IOException("the embedder answered " + status));
        }
        var problem = mapper.readTree(body);
        var reason = problem.at("/errors/0/message").asText();
        return reason.isEmpty()
                ? new ProblemException(
                        SearchProblem.QUERY_REFUSED, "The embedder cannot turn this query into a vector.")
                : new ProblemException(ImageGuard.refusal(
                        HttpStatus.UNPROCESSABLE_ENTITY, problem.path("code").asText(), ImageField.NAME, reason));
    }

    private static ProblemException unavailable(Exception cause) {
        return new ProblemException(
                SearchProblem.EMBEDDER_UNAVAILABLE,
                "The query cannot be turned into a vector now; try again in a moment.",
                cause);
    }

    private byte[] json(EmbedRequest request) {
        try {
            return mapper.writeValueAsBytes(request);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("cannot be written as JSON", e);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        http.shutdownNow();
    }
}
