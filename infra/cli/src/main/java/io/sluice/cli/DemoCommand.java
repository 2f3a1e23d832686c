package io.sluice.cli;

import io.sluice.local.Logs;
import io.sluice.local.Up;
import io.sluice.local.demo.Demo;
import io.sluice.stack.Endpoints;
import io.sluice.stack.StackConfig;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Start everything, send a sample catalogue through it and find it again.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Shell shell;

    @Option(names = "--once", description = "End afterwards: 0 when every hit was right, 1 when not.")
    private boolean once;

    DemoCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws Exception {
        var config = StackConfig.from(shell.environment());
        Logs.toFile(config.dataDir(), "sluice");
        if (once) {
            try (var up = start(config)) {
                tour(up);
            }
            return 0;
        }
        new UntilStopped(shell)
                .run(
                        () -> start(config),
                        up -> {
                            tour(up);
                            sayWhatNext(up);
                        },
                        Up::close);
        return 0;
    }

    private Up start(StackConfig config) {
        return Up.start(config, shell.environment(), shell.out()::println);
    }

    private void tour(Up up) throws Exception {
        new Demo(URI.create(up.url()), up.endpoints().get(Endpoints.KAFKA), shell.out(), PATIENCE).run();
    }

    private void sayWhatNext(Up up) {
        shell.out()
                .printf(
                        """

                Sluice is up at %1$s until you press Ctrl-C. Try, from another terminal:
                  ./sluice search "something to sit on"
                  ./sluice index --id my-1 --name "Blue teapot" --description "Holds two cups"
                  ./sluice topics read products.v1 --last 3
                  curl '%1$s/api/v1/search?q=teapot'
                Kafka is at %2$s, Postgres at %3$s (user postgres).
                """,
                        up.url(),
                        up.endpoints().get(Endpoints.KAFKA),
                        up.endpoints().get(Endpoints.POSTGRES));
    }
}
