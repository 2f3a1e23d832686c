package io.sluice.cli.local;

import io.sluice.cli.command.CommandContext;
import io.sluice.cli.command.ExitCode;
import io.sluice.cli.session.Caller;
import io.sluice.client.http.Credentials;
import io.sluice.local.Logs;
import io.sluice.local.Up;
import io.sluice.local.access.AdminPassword;
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
        description = "Start everything; index and search a sample catalog, upload photos, import two spreadsheets.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<ExitCode> {
    private final CommandContext context;

    @Option(names = "--once", description = "stop afterwards; exit code 0 when everything was as expected, else 1")
    private boolean once;

    @Option(
            names = "--running",
            description = "use the Sluice that SLUICE_URL or the data folder names, instead of starting one")
    private boolean running;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            description = "how long the catalog may take to become searchable; ${DEFAULT-VALUE} by default")
    private int patience = 120;

    public DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public ExitCode call() throws Exception {
        if (running) {
            tour(
                    context.gateway(),
                    Caller.of(context).credentials(),
                    String.valueOf(context.kafka().get("bootstrap.servers")));
            return ExitCode.SUCCESS;
        }
        var config = StackConfig.from(context.environment());
        Logs.toFile(config.dataDir(), "sluice").ifPresent(context::printNotice);
        var run = new UntilStopped(context.out());
        if (once) {
            return run.run(progress -> start(config, progress), this::tour, Up::close)
                    ? ExitCode.SUCCESS
                    : ExitCode.FAILED;
        }
        run.stayUp(
                progress -> start(config, progress),
                up -> {
                    tour(up);
                    sayWhatNext(up);
                },
                Up::close);
        return ExitCode.SUCCESS;
    }

    private Up start(StackConfig config, Consumer<String> progress) {
        return Up.start(config, context.environment(), progress);
    }

    private void tour(Up up) throws Exception {
        var gateway = URI.create(up.url());
        tour(
                gateway,
                AdminPassword.credentials(gateway, context.dataDir()),
                up.endpoints().get(Endpoints.KAFKA));
    }

    private void tour(URI gateway, Credentials credentials, String kafka) throws Exception {
        new Demo(gateway, credentials, kafka, context.out(), Duration.ofSeconds(patience)).run();
    }

    private void sayWhatNext(Up up) {
        var url = up.url();
        var kafka = up.endpoints().get(Endpoints.KAFKA);
        var postgres = up.endpoints().get(Endpoints.POSTGRES);
        context.out().println();
        context.out().println("Sluice is up at " + url + " until you press Ctrl-C. Try, from another terminal:");
        context.out().println("  ./sluice search 'something to sit on'");
        context.out().println("  ./sluice index --id my-1 --name 'Blue teapot' --description 'Holds two cups'");
        context.out().println("  ./sluice users list");
        context.out().println("  ./sluice topics read products.v1 --last 3");
        context.out().println("  curl '" + url + "/api/v1/search?q=teapot'");
        context.out().println("Kafka is at " + kafka + ", Postgres at " + postgres + " (user postgres).");
    }
}
