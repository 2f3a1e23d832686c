package io.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Answers each path with what it was told to, in order; the last answer stays. */
final class FakeGateway implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Queue<Reply>> replies = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final List<String> accepted = new ArrayList<>();

    private Reply otherwise = new Reply(404, sent -> "{\"title\":\"Not found\"}");

    private record Reply(int status, UnaryOperator<String> body) {}

    FakeGateway() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            var call = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            synchronized (this) {
                calls.add(body.isEmpty() ? call : call + " " + body);
                tokens.add(
                        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "none"));
                accepted.add(
                        Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Accept"), "none"));
                var queue = replies.getOrDefault(exchange.getRequestURI().getPath(), new ArrayDeque<>());
                var reply = queue.size() > 1 ? queue.remove() : queue.peek();
                var answer = reply == null ? otherwise : reply;
                var bytes = answer.body().apply(body).getBytes(UTF_8);
                if (exchange.getRequestURI().getPath().endsWith(":batch")) {
                    exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
                }
                if (answer.status() == 429) {
                    exchange.getResponseHeaders().set("Retry-After", "1");
                }
                exchange.sendResponseHeaders(answer.status(), bytes.length);
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
        server.start();
    }

    FakeGateway answering(String path, int status, String body) {
        replies.computeIfAbsent(path, any -> new ArrayDeque<>()).add(new Reply(status, sent -> body));
        return this;
    }

    /** Answers 202 with what it makes of the body, whatever it was told before. */
    FakeGateway answering(String path, UnaryOperator<String> body) {
        replies.put(path, new ArrayDeque<>(List.of(new Reply(202, body))));
        return this;
    }

    /** Answers the paths that have no answer of their own. */
    synchronized void answeringEverything(int status, String body) {
        otherwise = new Reply(status, sent -> body);
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    /** {@return the authorization of each call} */
    synchronized List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** {@return what each call accepts} */
    synchronized List<String> accepted() {
        return List.copyOf(accepted);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
