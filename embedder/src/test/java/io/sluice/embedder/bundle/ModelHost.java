package io.sluice.embedder.bundle;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stub of a host of model files. As real hosts do, it redirects, announces hashes, answers range requests, and may
 * close the connection early.
 */
final class ModelHost implements AutoCloseable {
    /** The requests: each a path and the first byte. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final AtomicInteger hangUps = new AtomicInteger();
    /** Every answer breaks off after this many bytes. */
    final AtomicInteger most = new AtomicInteger(Integer.MAX_VALUE);

    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> announced = new ConcurrentHashMap<>();
    private final HttpServer server;

    ModelHost() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/resolve/", this::sendElsewhere);
        server.createContext("/cdn/", this::serve);
        server.start();
    }

    void serves(String path, byte[] bytes) {
        files.put(path, bytes);
    }

    void announces(String path, String sha256) {
        announced.put(path, sha256);
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/resolve/" + path);
    }

    private void sendElsewhere(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring("/resolve/".length());
        var hash = announced.get(path);
        if (hash != null) {
            exchange.getResponseHeaders().set("X-Linked-ETag", '"' + hash + '"');
        }
        exchange.getResponseHeaders().set("Location", "/cdn/" + path);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private void serve(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath().substring("/cdn/".length());
        var range = exchange.getRequestHeaders().getFirst("Range");
        asked.add(path + (range == null ? "" : " " + range));
        var bytes = files.get(path);
        if (bytes == null) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        var from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from >= bytes.length) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + bytes.length);
            exchange.sendResponseHeaders(416, -1);
            exchange.close();
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, bytes.length - 1, bytes.length));
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
        var end = hangUps.getAndUpdate(left -> Math.max(0, left - 1)) > 0 ? (from + bytes.length) / 2 : bytes.length;
        end = (int) Math.min(end, (long) from + most.get());
        exchange.getResponseBody().write(Arrays.copyOfRange(bytes, from, end));
        exchange.getResponseBody().flush();
        // closes the connection when fewer bytes were sent than announced
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    /** {@return a started host} */
    static ModelHost start() {
        try {
            return new ModelHost();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
