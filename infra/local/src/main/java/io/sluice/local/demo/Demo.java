package io.sluice.local.demo;

import io.sluice.client.SluiceClient;
import io.sluice.client.accounts.Me;
import io.sluice.client.http.Answer;
import io.sluice.client.http.Credentials;
import io.sluice.schemas.text.VisibleLines;
import java.io.Console;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The demo. It sends the sample catalog by the synchronous call, by the asynchronous call with pictures, and through Kafka.
 * Then it searches the catalog by text and by picture, uploads photos, imports two spreadsheets, reads the gallery, and
 * looks for a person by a selfie. It checks everything it prints.
 */
public final class Demo {
    private final URI gateway;
    private final Credentials credentials;
    private final String kafka;
    private final VisibleLines out;
    private final Duration patience;

    /**
     * Prepares the demo of a running Sluice.
     *
     * @param credentials of an admin or a producer
     * @param kafka bootstrap servers
     * @param patience how long the catalog may take to become searchable
     */
    public Demo(URI gateway, Credentials credentials, String kafka, VisibleLines out, Duration patience) {
        this.gateway = gateway;
        this.credentials = credentials;
        this.kafka = kafka;
        this.out = out;
        this.patience = patience;
    }

    /**
     * Runs the demo.
     *
     * @throws DemoFailedException when something is not as expected
     */
    public void run() throws DemoFailedException, InterruptedException {
        var started = System.nanoTime();
        out.println("Drawing the sample catalog ...");
        var catalog = new SampleCatalog();
        try (var sluice = new SluiceClient(gateway, credentials)) {
            out.println("Sending " + catalog.all().size() + " products, by three ways at once:");
            new Intake(sluice, kafka, patience).run(catalog, new Progress(out, isTerminal()));
            out.printf(
                    "All %d are searchable, after %.1f s. Searching:%n",
                    catalog.all().size(), since(started));
            new Searches(sluice, catalog, out).run();
            out.println("Every hit above was checked against the ledger.");
            var role = role(sluice);
            var gallery = gallery(sluice, role);
            if (gallery.isPresent()) {
                gallery.get().upload();
            }
            out.println("Importing two spreadsheets of companies:");
            new Spreadsheets(sluice, out, patience).run();
            out.println("Every row above is in Postgres, or was rejected with its reason.");
            if (gallery.isPresent()) {
                var photos = gallery.get();
                photos.show();
                if (role.equals("admin")) {
                    new PersonSearch(sluice, gateway, out, patience)
                            .run(photos.selfie(), photos.showing(photos.selfie()));
                }
            }
        } catch (IOException e) {
            throw new DemoFailedException("the gateway at " + gateway + " cannot be reached: " + e.getMessage());
        }
    }

    /** {@return the gallery of the caller; empty for an API key, which has no photos} */
    private Optional<PhotoGallery> gallery(SluiceClient sluice, String role) {
        var isPerson = !role.isEmpty() && !role.equals("producer");
        if (!isPerson) {
            out.println("Photos belong to people, so the demo leaves them out: the caller is not signed in as a user.");
        }
        return isPerson ? Optional.of(new PhotoGallery(sluice, out, patience)) : Optional.empty();
    }

    /** {@return the role of the caller; empty when the gateway does not know the caller} */
    private static String role(SluiceClient sluice) throws IOException {
        return sluice.users().me() instanceof Answer.Success<Me>(var _, var me) ? me.role() : "";
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private static double since(long started) {
        return Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
    }
}
