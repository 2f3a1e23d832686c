package io.sluice.bench;

import io.sluice.bench.harness.Samples;
import io.sluice.client.SluiceClient;
import io.sluice.client.accounts.Login;
import io.sluice.client.accounts.SessionCredentials;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Users who upload photos, and who look at their galleries all the time, twice a second each. */
final class PhotoUsers implements AutoCloseable {
    private static final long BETWEEN_LOOKS_MS = 500;
    private static final int PAGE = 50;
    private static final int SERVER_ERRORS = 500;

    private final List<SluiceClient> clients;
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger failed = new AtomicInteger();
    private volatile Samples seen = new Samples();

    private PhotoUsers(List<SluiceClient> clients) {
        this.clients = clients;
    }

    /** Adds users to a running Sluice, and lets them look at their galleries from now on. */
    static PhotoUsers add(RunningSluice sluice, int count) throws IOException {
        var clients = new ArrayList<SluiceClient>();
        try (var admin = sluice.client()) {
            for (int i = 0; i < count; i++) {
                var login = new Login("bench-" + i, "a long password " + i);
                admin.users().add(login, "user").orElseThrow();
                var credentials = SessionCredentials.signingIn(sluice.gateway(), () -> Optional.of(login));
                clients.add(new SluiceClient(sluice.gateway(), credentials));
            }
        }
        var users = new PhotoUsers(clients);
        clients.forEach(client -> users.readers.execute(() -> users.look(client)));
        return users;
    }

    private void look(SluiceClient client) {
        try {
            while (!readers.isShutdown()) {
                var started = System.nanoTime();
                if (isAnswered(client)) {
                    seen.add((System.nanoTime() - started) / 1e6);
                } else {
                    failed.incrementAndGet();
                }
                TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MS);
            }
        } catch (InterruptedException e) { // the benchmark is over
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAnswered(SluiceClient client) {
        try {
            return client.photos().mine("", PAGE).status() < SERVER_ERRORS;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@return the client of one of the users} */
    SluiceClient client(int number) {
        return clients.get(number % clients.size());
    }

    /** {@return how long the galleries took since the last call, in ms} */
    Samples looks() {
        var looks = seen;
        seen = new Samples();
        return looks;
    }

    /** {@return how many looks at a gallery ended in a server error, or in none} */
    int failed() {
        return failed.get();
    }

    @Override
    public void close() {
        readers.shutdownNow();
        readers.close();
        clients.forEach(SluiceClient::close);
    }
}
