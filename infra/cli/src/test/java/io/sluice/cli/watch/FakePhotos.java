package io.sluice.cli.watch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A gateway that takes photos as ours does: the same bytes are the same photo. It can refuse, and it can be away. */
final class FakePhotos implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> accepted = new HashMap<>();
    private final List<List<String>> uploads = new ArrayList<>();
    private final List<String> tokens = new ArrayList<>();
    private final Queue<Reply> next = new ArrayDeque<>();
    private final Map<String, String> jobs = new HashMap<>();
    private final Map<String, String> statuses = new HashMap<>();
    private Predicate<String> isRejected = content -> false;
    private Predicate<String> isPostponed = content -> false;
    private Predicate<String> breaksOff = content -> false;
    private Predicate<String> isTokenGood = token -> true;
    private Runnable whileUploading = () -> {};
    private boolean losesAnswers;
    private boolean isAway;

    /** @param retryAfter a header; null for none */
    private record Reply(int status, String body, @Nullable String retryAfter) {}

    private record Part(String fileName, String content) {}

    FakePhotos() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                answer(exchange);
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** {@return the contents of the photos that it has accepted, each of them once} */
    synchronized List<String> photos() {
        return accepted.keySet().stream().sorted().toList();
    }

    /** {@return the names of the files of each upload that it has answered} */
    synchronized List<List<String>> uploads() {
        return List.copyOf(uploads);
    }

    synchronized List<String> tokens() {
        return List.copyOf(tokens);
    }

    /** Refuses the next upload. */
    synchronized FakePhotos refusing(int status, String body, @Nullable String retryAfter) {
        next.add(new Reply(status, body, retryAfter));
        return this;
    }

    synchronized void rejecting(Predicate<String> contents) {
        isRejected = contents;
    }

    synchronized void postponing(Predicate<String> contents) {
        isPostponed = contents;
    }

    synchronized void acceptingTokens(Predicate<String> good) {
        isTokenGood = good;
    }

    /** Does this after it has accepted an upload, and before it answers. */
    synchronized void whileUploading(Runnable action) {
        whileUploading = action;
    }

    synchronized void losingAnswers(boolean loses) {
        losesAnswers = loses;
    }

    synchronized void away(boolean away) {
        isAway = away;
    }

    /** Sets the status of the job of a photo, which is queued until then. */
    synchronized void jobOf(String content, String status) {
        jobs.put(job(content), status);
    }

    /** Sets the status of a photo; without one it is unknown. */
    synchronized void photoIs(String content, String status) {
        statuses.put(photo(content), status);
    }

    /** Breaks the connection of each upload that has such a photo in it. */
    synchronized void breakingOff(Predicate<String> contents) {
        breaksOff = contents;
    }

    synchronized void forget() {
        uploads.clear();
        tokens.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        var path = exchange.getRequestURI().getPath();
        Reply reply;
        Runnable action = () -> {};
        synchronized (this) {
            if (isAway) {
                return;
            }
            var token = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Authorization"), "none");
            tokens.add(token);
            if (path.equals("/api/v1/login/refresh")) {
                reply = ok("{\"access_token\":\"new\",\"refresh_token\":\"r2\",\"expires_in\":900}");
            } else if (!isTokenGood.test(token)) {
                reply = new Reply(401, "{\"title\":\"Who are you?\"}", null);
            } else if (path.equals("/api/v1/me")) {
                reply = ok("{\"username\":\"ann\",\"role\":\"user\"}");
            } else if (path.startsWith("/api/v1/jobs/")) {
                reply = jobWithId(path.substring("/api/v1/jobs/".length()));
            } else if (path.startsWith("/api/v1/photos/")) {
                reply = photoWithId(path.substring("/api/v1/photos/".length()));
            } else if (parts(exchange, body).stream().map(Part::content).anyMatch(breaksOff)) {
                return;
            } else {
                reply = next.isEmpty() ? upload(parts(exchange, body)) : next.remove();
                action = whileUploading;
                if (losesAnswers) {
                    return;
                }
            }
        }
        action.run();
        send(exchange, reply);
    }

    private static Reply ok(String body) {
        return new Reply(200, body, null);
    }

    private Reply jobWithId(String id) {
        var status = jobs.getOrDefault(id, "queued");
        return status.equals("unknown")
                ? new Reply(404, "{\"title\":\"Not found\"}", null)
                : ok("{\"job_id\":\"%s\",\"status\":\"%s\",\"error\":{\"code\":\"BROKEN\",\"message\":\"cut off\"}}"
                        .formatted(id, status));
    }

    private Reply upload(List<Part> parts) {
        uploads.add(parts.stream().map(Part::fileName).toList());
        var answers = JSON.createArrayNode();
        for (var part : parts) {
            var answer = answers.addObject().put("file_name", part.fileName());
            if (isRejected.test(part.content()) || isPostponed.test(part.content())) {
                answer.put("status", "rejected")
                        .putObject("error")
                        .put("code", "NOT_GOOD")
                        .put("message", "no good: " + part.fileName())
                        .put("retryable", isPostponed.test(part.content()));
            } else {
                answer.put("status", accepted.containsKey(part.content()) ? "duplicate" : "queued")
                        .put("photo_id", photo(part.content()))
                        .put("job_id", job(part.content()));
                accepted.put(part.content(), part.fileName());
            }
        }
        var isAll = parts.stream().map(Part::content).allMatch(isRejected);
        return new Reply(
                isAll ? 422 : 202,
                JSON.createObjectNode().set("photos", answers).toString(),
                null);
    }

    private Reply photoWithId(String id) {
        return statuses.containsKey(id)
                ? ok("{\"photo_id\":\"%s\",\"status\":\"%s\"}".formatted(id, statuses.get(id)))
                : new Reply(404, "{\"title\":\"Not found\"}", null);
    }

    private static String photo(String content) {
        return "p-" + Integer.toHexString(content.hashCode());
    }

    private static String job(String content) {
        return "j-" + Integer.toHexString(content.hashCode());
    }

    private static List<Part> parts(HttpExchange exchange, byte[] body) {
        var type = Objects.requireNonNull(exchange.getRequestHeaders().getFirst("Content-Type"));
        var boundary = "--" + type.substring(type.indexOf("boundary=") + "boundary=".length());
        var parts = new ArrayList<Part>();
        for (var part : new String(body, ISO_8859_1).split(Pattern.quote(boundary), -1)) {
            var blank = part.indexOf("\r\n\r\n");
            if (blank > 0) {
                var header = new String(part.substring(0, blank).getBytes(ISO_8859_1), UTF_8);
                var name = header.replaceAll("(?s).*filename=\"([^\"]*)\".*", "$1");
                parts.add(new Part(name, part.substring(blank + 4, part.length() - 2)));
            }
        }
        return parts;
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", reply.retryAfter());
        }
        var bytes = reply.body().getBytes(UTF_8);
        exchange.sendResponseHeaders(reply.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
