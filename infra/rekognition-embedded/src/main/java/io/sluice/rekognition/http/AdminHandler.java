package io.sluice.rekognition.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.sluice.rekognition.faults.FaultRequest;
import io.sluice.rekognition.faults.Traffic;
import java.io.IOException;
import java.util.Map;

/** {@code POST /_sluice/faults} and {@code GET /_sluice/stats}, for tests. They ask for no credentials. */
final class AdminHandler implements HttpHandler {
    static final String PATH = "/_sluice/";

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final int NO_BODY = -1;

    private final Traffic traffic;

    AdminHandler(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
                case "POST " + PATH + "faults" -> setFaults(exchange);
                case "GET " + PATH + "stats" -> answer(exchange, 200, JSON.writeValueAsBytes(traffic.stats()));
                default -> exchange.sendResponseHeaders(404, NO_BODY);
            }
        }
    }

    private void setFaults(HttpExchange exchange) throws IOException {
        try {
            traffic.set(FaultRequest.read(exchange.getRequestBody()));
            exchange.sendResponseHeaders(204, NO_BODY);
        } catch (IllegalArgumentException notValid) {
            answer(exchange, 400, JSON.writeValueAsBytes(Map.of("message", String.valueOf(notValid.getMessage()))));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }
}
