package io.sluice.cli;

import io.sluice.local.Logs;
import io.sluice.local.Up;
import io.sluice.local.demo.Demo;
import io.sluice.stack.Endpoints;
import io.sluice.stack.StackConfig;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Start everything, send a sample catalogue through it and find it again.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(names = "--once", description = "End afterwards: 0 when every hit was right, 1 when not.")
    private boolean once;

    @Option(
            names = "--running",
            description = "Tour the Sluice that SLUICE_URL or the data folder names, instead of starting one.")
    private boolean running;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "How long the catalogue may take to become searchable; 120 by default.")
    private int patience = 120;

    DemoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        if (running) {
            tour(shell.gateway(), String.valueOf(shell.kafka().get("bootstrap.servers")));
            return 0;
        }
        var config = StackConfig.from(shell.environment());
        Logs.toFile(config.dataDir(), "sluice");
        var run = new UntilStopped(shell.out());
        if (once) {
            return run.run(progress -> start(config, progress), this::tour, Up::close) ? 0 : 1;
        }
        run.stayUp(
                progress -> start(config, progress),
                up -> {
                    tour(up);
                    sayWhatNext(up);
                },
                Up::close);
        return 0;
    }

    private Up start(StackConfig config, Consumer<String> progress) {
        return Up.start(config, shell.environment(), progress);
    }

    private void tour(Up up) throws Exception {
        tour(URI.create(up.url()), up.endpoints().get(Endpoints.KAFKA));
    }

    private void tour(URI gateway, String kafka) throws Exception {
        new Demo(gateway, kafka, shell.out(), Duration.ofSeconds(patience)).run();
    }

    private void sayWhatNext(Up up) {
        var url = up.url();
        var kafka = up.endpoints().get(Endpoints.KAFKA);
        var postgres = up.endpoints().get(Endpoints.POSTGRES);
        shell.out().println();
        shell.out().println("Sluice is up at " + url + " until you press Ctrl-C. Try, from another terminal:");
        shell.out().println("  ./sluice search 'something to sit on'");
        shell.out().println("  ./sluice index --id my-1 --name 'Blue teapot' --description 'Holds two cups'");
        shell.out().println("  ./sluice topics read products.v1 --last 3");
        shell.out().println("  curl '" + url + "/api/v1/search?q=teapot'");
        shell.out().println("Kafka is at " + kafka + ", Postgres at " + postgres + " (user postgres).");
    }
}
