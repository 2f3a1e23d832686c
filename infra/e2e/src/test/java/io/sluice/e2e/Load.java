package io.sluice.e2e;

import io.sluice.local.client.SluiceClient;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that post one product after the other, with and without pictures, and go on when the server is gone. What was
 * answered 2xx is accepted; the fate of a call that broke off is unknown, as it is for any client.
 */
final class Load implements AutoCloseable {
    private final URI gateway;
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private volatile boolean running = true;

    Load(URI gateway, int threads) {
        this.gateway = gateway;
        for (int i = 0; i < threads; i++) {
            clients.execute(this::post);
        }
    }

    private void post() {
        try (var sluice = new SluiceClient(gateway)) {
            while (running) {
                var number = next.getAndIncrement();
                var id = "load-" + number;
                try {
                    var answer = number % 4 == 0
                            ? sluice.saveProduct(Products.fields(id), Products.picture(number))
                            : sluice.saveProduct(Products.fields(id));
                    if (answer.isSuccess()) {
                        accepted.add(id);
                    }
                } catch (IOException e) {
                    pause();
                }
            }
        }
    }

    /** A client whose call broke off does not try again at once. */
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

    /** Stops the clients; calls under way come to their end. */
    @Override
    public void close() {
        running = false;
        clients.close();
    }
}
