package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sluice.runtime.json.JsonCodec;
import io.sluice.schemas.embed.EmbedRequest;
import io.sluice.schemas.embed.EmbedResponse;
import io.sluice.schemas.embed.ModelInfo;
import io.sluice.testkit.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A stub of the embedder that answers each text and each image with a different vector. */
final class EmbedderStub implements AutoCloseable {
    static final int DIMENSION = 8;

    final List<EmbedRequest> asked = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile boolean sharedSpace;

    private final ObjectMapper mapper = JsonCodec.newMapper();
    private final HttpServer server;

    EmbedderStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/embed", this::embed);
        server.createContext("/model", exchange -> answer(exchange, model()));
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private ModelInfo model() {
        return new ModelInfo("stub", "stub-1", Map.of("text", DIMENSION, "image", DIMENSION), sharedSpace);
    }

    private void embed(HttpExchange exchange) throws IOException {
        var request = mapper.readValue(exchange.getRequestBody(), EmbedRequest.class);
        asked.add(request);
        var texts = request.texts().stream()
                .map(text -> Samples.unit(text.hashCode(), DIMENSION))
                .toList();
        var images = request.images().stream()
                .map(image -> Samples.unit(image.hashCode(), DIMENSION))
                .toList();
        answer(exchange, new EmbedResponse("stub", "stub-1", texts, images));
    }

    private void answer(HttpExchange exchange, Object body) throws IOException {
        var bytes = status == 200 ? mapper.writeValueAsBytes(body) : "{}".getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
