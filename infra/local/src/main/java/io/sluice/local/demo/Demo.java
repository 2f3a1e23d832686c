package io.sluice.local.demo;

import io.sluice.client.SluiceClient;
import io.sluice.client.http.Credentials;
import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The demo. It sends the sample catalog by the synchronous call, by the asynchronous call with pictures, and through Kafka.
 * Then it searches the catalog by text and by picture, and imports two spreadsheets. It checks everything it prints.
 */
public final class Demo {
    private final URI gateway;
    private final Credentials credentials;
    private final String kafka;
    private final PrintStream out;
    private final Duration patience;

    /**
     * Prepares the demo of a running Sluice.
     *
     * @param credentials of an admin or a producer
     * @param kafka bootstrap servers
     * @param patience how long the catalog may take to become searchable
     */
    public Demo(URI gateway, Credentials credentials, String kafka, PrintStream out, Duration patience) {
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
            out.println("Every hit above was checked against the ledger. Importing two spreadsheets of companies:");
            new Spreadsheets(sluice, out, patience).run();
        } catch (IOException e) {
            throw new DemoFailedException("the gateway at " + gateway + " cannot be reached: " + e.getMessage());
        }
        out.println("Every row above is in Postgres, or was rejected with its reason.");
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private static double since(long started) {
        return Duration.ofNanos(System.nanoTime() - started).toMillis() / 1000.0;
    }
}
