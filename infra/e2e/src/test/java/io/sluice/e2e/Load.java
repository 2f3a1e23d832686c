package io.sluice.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.client.SluiceClient;
import io.sluice.client.http.Answer;
import io.sluice.client.product.LineAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Clients that post products, with and without pictures, in single and in bulk calls. They go on while the server is
 * down. A product whose call was answered 2xx is accepted. When a connection broke, the client does not know whether
 * the product was accepted.
 */
final class Load implements AutoCloseable {
    private final Supplier<SluiceClient> connect;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean running = true;

    /** @param connect makes a client for each thread */
    Load(Supplier<SluiceClient> connect, int threads) {
        this.connect = connect;
        for (int i = 0; i < threads; i++) {
            clients.execute(this::post);
        }
    }

    private void post() {
        try (var sluice = connect.get()) {
            while (running) {
                var number = next.getAndIncrement();
                try {
                    accepted.addAll(send(sluice, number));
                } catch (IOException e) {
                    pause();
                }
            }
        }
    }

    /** {@return the ids of the products that were accepted} */
    private static List<String> send(SluiceClient sluice, int number) throws IOException {
        var id = "load-" + number;
        return switch (number % 4) {
            case 0 -> accepted(id, sluice.products().save(Products.fields(id), Products.picture(number)));
            case 1 -> sendMany(sluice, id);
            default -> accepted(id, sluice.products().save(Products.fields(id)));
        };
    }

    private static List<String> sendMany(SluiceClient sluice, String prefix) throws IOException {
        var lines = Stream.of("a", "b", "c")
                .map(suffix -> Products.json(prefix + suffix).getBytes(UTF_8))
                .toList();
        var accepted = new ArrayList<String>();
        var _ = sluice.bulk().save(lines, answer -> {
            if (answer instanceof LineAnswer.Accepted line) {
                accepted.add(line.productId());
            }
        });
        return accepted;
    }

    private static List<String> accepted(String id, Answer<?> answer) {
        return answer.isSuccess() ? List.of(id) : List.of();
    }

    /** Makes a client wait before its next call when its connection broke. */
    private void pause() {
        try {
            if (clients.awaitTermination(50, TimeUnit.MILLISECONDS)) {
                running = false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    /** {@return the ids of products whose call was answered 2xx} */
    Set<String> accepted() {
        return Set.copyOf(accepted);
    }

    int count() {
        return accepted.size();
    }

    /** Stops the clients and waits for the calls under way. */
    @Override
    public void close() {
        running = false;
        clients.close();
    }
}
