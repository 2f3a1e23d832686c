package io.sluice.client.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.sluice.client.TestServer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Signs users in as the gateway does, with the password {@code right}: a refresh token counts once. Every other call needs
 * the latest access token. It keeps what it was asked for.
 */
final class SignInServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestServer server;
    private final List<String> calls = new ArrayList<>();
    private int sessions;
    private boolean isOpen;
    private boolean isRefreshing = true;
    private int status = 200;
    private String valid = "";
    private String refresh = "";

    SignInServer() throws IOException {
        server = TestServer.answering(this::answer);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        var sent = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"));
        switch (path) {
            case "/api/login" -> {
                calls.add("login");
                session(exchange, JSON.readTree(body).path("password").asText().equals("right"));
            }
            case "/api/v1/login/refresh" -> {
                calls.add("refresh");
                var token = JSON.readTree(body).path("refresh_token").asText();
                session(exchange, isRefreshing && token.equals(refresh));
            }
            default -> {
                calls.add(path + " " + sent.orElse("-"));
                var right = sent.isEmpty() ? isOpen : sent.get().equals("Bearer " + valid);
                var answer = "{\"status\":\"queued\",\"import_id\":\"of %d bytes\"}".formatted(body.length());
                reply(exchange, right ? 200 : 401, right ? answer : "{}");
            }
        }
    }

    private void session(HttpExchange exchange, boolean right) throws IOException {
        if (status != 200 || !right) {
            reply(exchange, right ? status : 401, "{\"code\":\"NO\"}");
            return;
        }
        sessions++;
        valid = "access-" + sessions;
        refresh = "refresh-" + sessions;
        reply(exchange, 200, """
                {"access_token":"%s","token_type":"bearer","expires_in":900,"refresh_token":"%s"}
                """.formatted(valid, refresh));
    }

    private static void reply(HttpExchange exchange, int status, String body) throws IOException {
        if (status == 401) {
            exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer");
        }
        var bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    URI url() {
        return server.url();
    }

    /** From now on the access token is refused. */
    synchronized void endAccess() {
        valid = "none";
    }

    /** From now on no refresh token is accepted. */
    synchronized void endSessions() {
        isRefreshing = false;
        endAccess();
    }

    /** From now on right logins and refreshes are answered with this status. */
    synchronized void answerSignIns(int another) {
        status = another;
    }

    /** From now on calls without a token are answered. */
    synchronized void open() {
        isOpen = true;
    }

    /** {@return what it was asked since the last time} */
    synchronized List<String> calls() {
        var since = List.copyOf(calls);
        calls.clear();
        return since;
    }

    @Override
    public void close() {
        server.close();
    }
}
